import type { Language } from '../../text/language';

export type LinkRefusal =
  | 'closed'
  | 'no-argument'
  | 'no-project'
  | 'not-offered'
  | 'project-archived'
  | 'project-taken'
  | 'no-amount'
  | 'already-linked';

/** Why a Jira project was not linked, and what to do. @param project key or id as it was given */
export function linkRefusedText(refusal: LinkRefusal, project: string, language: Language): string {
  const en: Readonly<Record<LinkRefusal, string>> = {
    closed: 'No project was linked: the opportunity is closed. Reopen it first.',
    'no-argument': 'No project was linked: give the key or the id of the Jira project.',
    'no-project': `No project was linked: Jira has no project ${project}, or the integration account may not see it.`,
    'not-offered': `No project was linked: ${project} is not offered for linking. An administrator of the integration can link it, and whoever administers the project in Jira can offer it.`,
    'project-archived': `No project was linked: ${project} is archived in Jira. Restore it first.`,
    'project-taken': `No project was linked: ${project} belongs to another opportunity. Choose another project, or ask an administrator to delete its mapping there first.`,
    'no-amount': 'No project was linked: enter the Budget Amount or the Project Budget first.',
    'already-linked': `${project} was not linked: this opportunity has a Jira project. An administrator can delete its mapping first.`,
  };
  const fr: Readonly<Record<LinkRefusal, string>> = {
    closed: 'Aucun projet n’a été lié\u00a0: l’opportunité est fermée. Rouvrez-la d’abord.',
    'no-argument': 'Aucun projet n’a été lié\u00a0: indiquez la clé ou l’identifiant du projet Jira.',
    'no-project': `Aucun projet n’a été lié\u00a0: Jira n’a pas de projet ${project}, ou le compte d’intégration ne peut pas le voir.`,
    'not-offered': `Aucun projet n’a été lié\u00a0: ${project} n’est pas offert pour un lien. Un administrateur de l’intégration peut le lier, et l’administrateur du projet dans Jira peut l’offrir.`,
    'project-archived': `Aucun projet n’a été lié\u00a0: ${project} est archivé dans Jira. Restaurez-le d’abord.`,
    'project-taken': `Aucun projet n’a été lié\u00a0: ${project} appartient à une autre opportunité. Choisissez un autre projet, ou demandez à un administrateur d’y supprimer d’abord son lien.`,
    'no-amount': 'Aucun projet n’a été lié\u00a0: saisissez d’abord le montant du budget ou le budget du projet.',
    'already-linked': `${project} n’a pas été lié\u00a0: cette opportunité a un projet Jira. Un administrateur peut d’abord supprimer son lien.`,
  };
  return (language === 3084 ? fr : en)[refusal];
}
