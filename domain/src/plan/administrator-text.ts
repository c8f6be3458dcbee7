/** Stands in a task that was planned for somebody who may not own it; in both languages, as nobody knows who finds it. */
export const taskOfAnother =
  'The user or team whom this task is for may not own activities: it was left with the integration account. / L’utilisateur ou l’équipe à qui cette tâche est destinée ne peut pas être propriétaire d’activités : elle est restée au compte d’intégration.';
/** Stands in a task for the administrator that no person could be given. */
export const taskOfNobody =
  'No user could be given this task: the address of crmjira_AdministratorMailbox is not that of an enabled user who may own activities.';
