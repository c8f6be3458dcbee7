/** Stands in a task for the administrator that no person could be given. */
export const taskOfNobody =
  'No user could be given this task: the address of crmjira_AdministratorMailbox is not that of an enabled user who may own activities.';
