import { announceSaved, plainId } from '@crmjira/form-data';
import { budgetNotification } from './budget-amount';
import { checkSnooze } from './check-snooze';
import { guardStages } from './guard-stages';
import { lockOwnedColumns } from './lock-owned-columns';
import { readRecordFacts, readThreshold, readWarningPercent } from './read-record-facts';
import { warnOfBurn } from './warn-of-burn';

/**
 * Form script of the Opportunity: stage gate on the process bar, checks of the budget amount and of a snooze, the lock on what the
 * service owns, and the warning of a budget that is nearly spent. The rules are the domain's; here is only where they are asked and how they are shown.
 */

/** Handler of the form's load event. */
export function onLoad(context: Xrm.Events.EventContext): void {
  const formContext = context.getFormContext();
  guardStages(formContext);
  lockOwnedColumns(formContext);
  checkSnooze(formContext);
  const { entity } = formContext.data;
  entity.addOnPostSave(() => announceSaved({ table: 'opportunity', id: plainId(entity.getId()) }));
  formContext.data.addOnLoad(() => checkAmounts(formContext));
  checkAmounts(formContext);
}

/** Handler of a change of the budget amount. */
export function onBudgetAmountChange(context: Xrm.Events.EventContext): void {
  checkAmounts(context.getFormContext());
}

function checkAmounts(formContext: Xrm.FormContext): void {
  Promise.all([readThreshold(), readWarningPercent(), readRecordFacts(formContext.data.entity.getId())])
    .then(([threshold, warningPercent, record]) => {
      budgetNotification(formContext, threshold, record.currency);
      warnOfBurn(formContext, record, warningPercent);
    })
    .catch((error: unknown) => console.error('The amounts of the budget could not be checked.', error));
}
