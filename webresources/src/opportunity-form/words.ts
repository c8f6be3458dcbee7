import type { Language, StageReason } from '@crmjira/domain';
import { refusalText, stageReasonText } from '@crmjira/domain';
import { opportunityFormTexts } from '../strings/generated/opportunity-form';

/** Language of the person at the form; English where there are no texts in theirs. */
export function userLanguage(): Language {
  return Xrm.Utility.getGlobalContext().userSettings.languageId === 3084 ? 3084 : 1033;
}

/** `$10,000` or `10 000 $`: the sign of the currency, decimals only where there are any. */
export function amountText(major: number, currency: string, language: Language): string {
  return new Intl.NumberFormat(language === 3084 ? 'fr-CA' : 'en-CA', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: Number.isInteger(major) ? 0 : 2,
  }).format(major);
}

export function reasonText(reason: StageReason, currency: string): string {
  const language = userLanguage();
  return stageReasonText(reason, language, (major) => amountText(major, currency, language));
}

/** R-206, beside the field: the label stands there already. */
export function tooSmallText(major: number, currency: string): string {
  const language = userLanguage();
  return opportunityFormTexts.tooSmall[language].replace('{amount}', () => amountText(major, currency, language));
}

/** Label of the actual revenue where the service writes what was spent there. */
export function actualCostLabel(): string {
  return opportunityFormTexts.actualCost[userLanguage()];
}

/** Why the project budget is locked, and what to press instead (F-111). */
export function approvedOnlyText(): string {
  return opportunityFormTexts.approvedOnly[userLanguage()];
}

export function changeAmountText(): string {
  return opportunityFormTexts.changeAmount[userLanguage()];
}

/** F-120 */
export function snoozePastText(): string {
  return opportunityFormTexts.snoozePast[userLanguage()];
}

/** F-120 */
export function snoozeNeedsReasonText(): string {
  return opportunityFormTexts.snoozeNeedsReason[userLanguage()];
}

export function notCheckedText(): string {
  return opportunityFormTexts.notChecked[userLanguage()];
}

/** The person may not write the opportunity: the words of the server's step. */
export function notPermittedText(): string {
  return refusalText('write', userLanguage());
}

/** The form let the move go, the stage stayed, and no reason came: what checks it on the server did not answer. */
export function unexplainedText(): string {
  return opportunityFormTexts.unexplained[userLanguage()];
}

/** The person may not read what the stage is checked against, or what the integration answered. */
export function hiddenText(): string {
  return opportunityFormTexts.hidden[userLanguage()];
}

/** F-125, @param percent with one decimal */
export function warningText(percent: number): string {
  const language = userLanguage();
  const shown = new Intl.NumberFormat(language === 3084 ? 'fr-CA' : 'en-CA', {
    style: 'percent',
    minimumFractionDigits: 1,
  }).format(percent / 100);
  return opportunityFormTexts.budgetWarning[language].replace('{percent}', () => shown);
}

/** F-125, @param major what was spent beyond the budget */
export function overBudgetText(major: number, currency: string): string {
  const language = userLanguage();
  return opportunityFormTexts.overBudget[language].replace('{amount}', () => amountText(major, currency, language));
}

/** F-125 */
export function reviewText(): string {
  return opportunityFormTexts.reviewRequired[userLanguage()];
}
