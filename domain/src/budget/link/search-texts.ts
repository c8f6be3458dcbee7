import type { Language } from '../../text/language';

/** The answer to a search for projects where the environment does not allow it (`crmjira_ProjectPicker`). */
export function searchOffText(language: Language): string {
  return language === 3084
    ? 'La recherche parmi les projets de Jira n’est pas activée ici. Entrez la clé du projet.'
    : 'Searching the projects of Jira is not switched on here. Enter the key of the project.';
}

/** The answer to a search while Jira is away. Nobody tries it again: whoever searches does, or goes round it. */
export function searchAwayText(language: Language): string {
  return language === 3084 ? 'Jira ne répond pas pour l’instant.' : 'Jira does not answer just now.';
}
