import type { Language } from '../../text/language';
import type { Guid } from './facts';

/** Why nothing is written to Jira in a copied environment, and what to do (R-2302). */
export function environmentText(other: Guid, language: Language): string {
  return language === 3084
    ? `Cet environnement semble être une copie\u00a0: la connexion écrit dans Jira pour l’organisation ${other}. Rien n’est écrit dans Jira. Un administrateur confirme le déplacement avec «\u00a0crmjira confirm-environment\u00a0», ou donne à la copie sa propre connexion.`
    : `This environment looks like a copy: the connection writes to Jira for organization ${other}. Nothing is written to Jira. An administrator confirms the move with "crmjira confirm-environment", or gives the copy a connection of its own.`;
}
