// Written by `npm run generate` from DeleteTime.1033.resx and DeleteTime.3084.resx. Change these, not this file.
export const deleteTimeTexts = {
  title: { 1033: 'Delete this time record?', 3084: 'Supprimer cette feuille de temps?' },
  worklogStays: { 1033: 'Worklog {id} stays in Jira unless you tick:', 3084: 'Le journal de travail {id} reste dans Jira, sauf si vous cochez\u00a0:' },
  worklogGoes: { 1033: 'Worklog {id} is removed from Jira unless you clear:', 3084: 'Le journal de travail {id} est retiré de Jira, sauf si vous décochez\u00a0:' },
  remove: { 1033: 'Also remove it from Jira', 3084: 'Le retirer aussi de Jira' },
  delete: { 1033: 'Delete', 3084: 'Supprimer' },
  cancel: { 1033: 'Cancel', 3084: 'Annuler' },
  removing: { 1033: 'Worklog {id} is being removed from Jira.', 3084: 'Le journal de travail {id} est en cours de retrait de Jira.' },
  deleting: { 1033: 'The time record is being deleted.', 3084: 'La feuille de temps est en cours de suppression.' },
  deleted: { 1033: 'The time record is deleted.', 3084: 'La feuille de temps est supprimée.' },
  notRemoved: { 1033: 'The worklog could not be removed from Jira.', 3084: 'Le journal de travail n’a pas pu être retiré de Jira.' },
  waits: { 1033: 'The integration has not answered for some minutes. The worklog will be removed when it answers.', 3084: 'L’intégration ne répond pas depuis quelques minutes. Le journal de travail sera retiré dès son retour.' },
  notAllowed: { 1033: 'You do not have the privilege to delete this time record.', 3084: 'Vous n’avez pas le privilège de supprimer cette feuille de temps.' },
  notDeleted: { 1033: 'The time record could not be deleted. Try again in a moment.', 3084: 'La feuille de temps n’a pas pu être supprimée. Réessayez dans un instant.' },
  kept: { 1033: 'The time record is kept.', 3084: 'La feuille de temps est conservée.' },
  stays: { 1033: 'You can close this window now.', 3084: 'Vous pouvez maintenant fermer cette fenêtre.' },
} as const;
