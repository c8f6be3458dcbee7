import { snapshotId } from '../../hash/derived-id';
import { toDecimal } from '../../money/money';
import { ProvisioningState } from '../../schema/generated/options';
import type { Action } from './actions';
import type { CrmFacts, JiraFacts } from './facts';
import { storedHours } from './figures';
import { bind, upsert } from './write-rows';

/** Rows of one change set; Dataverse takes at most 1,000. */
const DAYS_AT_A_TIME = 200;

/**
 * Back-fills the burn history of a linked project from its worklogs, marked as estimated: at today's rates and against today's
 * approved amount (R-2303). Newest days first, so that the oldest snapshot tells what is left after a crash.
 */
export function planHistory(crm: CrmFacts, jira: JiraFacts): Action[] {
  const { mapping, opportunity, oldestSnapshotDay: oldest } = crm;
  if (!mapping || !opportunity || mapping.provisioningState !== ProvisioningState.Linked) return [];
  const { historyFrom, approved } = mapping;
  if (jira.state !== 'found' || !jira.budget || historyFrom === null || oldest === null) return [];
  const missing = jira.budget.history
    .filter(({ day, spent }) => day >= historyFrom && day < oldest && spent.currency === approved.currency)
    .slice(-DAYS_AT_A_TIME);
  if (missing.length === 0) return [];
  return [
    {
      kind: 'dataverse.change-set',
      because: 'the history of a linked project is back-filled',
      writes: missing.map(({ day, spent, hours }) =>
        upsert('crmjira_budget_snapshot', snapshotId(mapping.id, day), {
          crmjira_name: `${mapping.reference} ${day}`,
          'crmjira_budget_mapping_id@odata.bind': bind('crmjira_budget_mapping', mapping.id),
          'transactioncurrencyid@odata.bind': bind('transactioncurrency', mapping.currencyId ?? opportunity.currencyId),
          crmjira_snapshot_date: day,
          crmjira_spent_amount: toDecimal(spent),
          crmjira_approved_budget: toDecimal(approved),
          crmjira_total_hours: storedHours(hours),
          crmjira_is_estimated: true,
        }),
      ),
    },
  ];
}
