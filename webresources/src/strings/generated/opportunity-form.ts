// Written by `npm run generate` from OpportunityForm.1033.resx and OpportunityForm.3084.resx. Change these, not this file.
export const opportunityFormTexts = {
  tooSmall: { 1033: 'Must be greater than {amount}', 3084: 'Doit être supérieur à {amount}' },
  notChecked: { 1033: 'The stage could not be checked; nothing was changed. Try again in a moment.', 3084: 'L’étape n’a pas pu être vérifiée; rien n’a changé. Réessayez dans un instant.' },
  unexplained: { 1033: 'The stage did not change: the integration could not check it. Nothing is lost; try again in a few minutes.', 3084: 'L’étape n’a pas changé\u00a0: l’intégration n’a pas pu la vérifier. Rien n’est perdu; réessayez dans quelques minutes.' },
} as const;
