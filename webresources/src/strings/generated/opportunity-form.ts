// Written by `npm run generate` from OpportunityForm.1033.resx and OpportunityForm.3084.resx. Change these, not this file.
export const opportunityFormTexts = {
  tooSmall: { 1033: 'Must be greater than {amount}', 3084: 'Doit être supérieur à {amount}' },
  notChecked: { 1033: 'The stage could not be checked; nothing was changed. Try again in a moment.', 3084: 'L’étape n’a pas pu être vérifiée; rien n’a changé. Réessayez dans un instant.' },
  unexplained: { 1033: 'The stage did not change: the integration could not check it. Nothing is lost; try again in a few minutes.', 3084: 'L’étape n’a pas changé\u00a0: l’intégration n’a pas pu la vérifier. Rien n’est perdu; réessayez dans quelques minutes.' },
  hidden: { 1033: 'The stage did not change, and you do not have permission to see why. Ask an administrator for the role CRM-JIRA Integration User. The reason is among the commands of this opportunity.', 3084: 'L’étape n’a pas changé, et vous n’avez pas l’autorisation d’en voir la raison. Demandez à un administrateur le rôle CRM-JIRA Integration User. La raison figure parmi les commandes de cette opportunité.' },
  actualCost: { 1033: 'Actual Cost (from Jira)', 3084: 'Coût réel (selon Jira)' },
  approvedOnly: { 1033: 'This budget is approved. To change it, change the budget amount, save, and request approval.', 3084: 'Ce budget est approuvé. Pour le modifier, changez le montant du budget, enregistrez, puis demandez l’approbation.' },
  changeAmount: { 1033: 'Change the budget amount', 3084: 'Modifier le montant du budget' },
  snoozePast: { 1033: 'Choose today or a later day.', 3084: 'Choisissez aujourd’hui ou un jour ultérieur.' },
  snoozeNeedsReason: { 1033: 'Enter a reason. Alerts are not snoozed without one.', 3084: 'Saisissez un motif. Sans motif, les alertes ne sont pas mises en veille.' },
  budgetWarning: { 1033: 'Budget warning: {percent} of the budget is spent.', 3084: 'Avertissement budgétaire\u00a0: {percent} du budget sont dépensés.' },
  overBudget: { 1033: 'Over budget by {amount}.', 3084: 'Budget dépassé de {amount}.' },
  reviewRequired: { 1033: 'A budget review is required.', 3084: 'Révision du budget requise.' },
} as const;
