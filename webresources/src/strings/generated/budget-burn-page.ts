// Written by `npm run generate` from BudgetBurnPage.1033.resx and BudgetBurnPage.3084.resx. Change these, not this file.
export const budgetBurnPageTexts = {
  title: { 1033: 'Budget burn', 3084: 'Consommation du budget' },
  record: { 1033: 'Opportunity', 3084: 'Opportunité' },
} as const;
