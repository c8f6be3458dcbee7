import { announceSaved } from '@crmjira/form-data';
import { budgetNotification } from './budget-amount';
import { checkSnooze } from './check-snooze';
import { guardStages } from './guard-stages';
import { lockOwnedColumns } from './lock-owned-columns';
import { readRecordFacts, readThreshold } from './read-record-facts';

/**
 * Form script of the Opportunity: stage gate on the process bar, checks of the budget amount and of a snooze, and the lock on what the
 * service owns. The rules are the domain's; here is only where they are asked and how they are shown.
 */

/** Handler of the form's load event. */
export function onLoad(context: Xrm.Events.EventContext): void {
  const formContext = context.getFormContext();
  guardStages(formContext);
  lockOwnedColumns(formContext);
  checkSnooze(formContext);
  const { entity } = formContext.data;
  entity.addOnPostSave(() => announceSaved(entity.getId().replace(/[{}]/g, '').toLowerCase()));
  onBudgetAmountChange(context);
}

/** Handler of a change of the budget amount. */
export function onBudgetAmountChange(context: Xrm.Events.EventContext): void {
  const formContext = context.getFormContext();
  Promise.all([readThreshold(), readRecordFacts(formContext.data.entity.getId())])
    .then(([threshold, { currency }]) => budgetNotification(formContext, threshold, currency))
    .catch((error: unknown) => console.error('The budget amount could not be checked.', error));
}
