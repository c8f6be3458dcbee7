/** Stands in a task that was planned for somebody who may not own it; in both languages, as nobody knows who finds it. */
export const taskOfAnother =
  'The user or team whom this task is for may not own activities: it was left with the integration account. / L’utilisateur ou l’équipe à qui cette tâche est destinée ne peut pas être propriétaire d’activités : elle est restée au compte d’intégration.';
/** Stands in a task for the administrator that no person could be given; in both languages, as the others of an administrator. */
export const taskOfNobody =
  'No user could be given this task: the address of crmjira_AdministratorMailbox is not that of an enabled user who may own activities. / Cette tâche n’a pu être attribuée à personne\u00a0: l’adresse de crmjira_AdministratorMailbox n’est pas celle d’un utilisateur actif qui peut être propriétaire d’activités.';

/** Asks the administrator to look at work that was logged after the end. */
export function lateWorkTexts(
  reference: string,
  projectKey: string,
  hasOwner: boolean,
): { readonly subject: string; readonly description: string } {
  const lines = [
    `Jira reports other figures for ${projectKey} than when the project was completed. Mapping and final report were updated; the closed opportunity was not.`,
    `Jira donne pour ${projectKey} d’autres chiffres qu’à l’achèvement du projet. Le lien budgétaire et le rapport final ont été mis à jour; l’opportunité fermée ne l’a pas été.`,
    ...(hasOwner ? [] : [taskOfNobody]),
  ];
  return {
    subject: `Review work logged after completion / Vérifier le travail consigné après l’achèvement\u00a0: ${reference}`,
    description: lines.join('\n'),
  };
}
