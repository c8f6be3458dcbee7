import { allocationId } from '../derived-id';
import { equalMoney, type Money, toDecimal, zero } from '../money';
import { ProvisioningState } from '../schema/generated/options';
import type { Action, RowWrite } from './actions';
import { currencyRowOf } from './approved-amount';
import type { AllocationFacts, CrmFacts, Guid, JiraFacts } from './facts';
import { storedHours } from './figures';
import { bind, update, upsert } from './write-rows';

/** Rows of one change set; Dataverse takes at most 1,000. */
const ROWS_AT_A_TIME = 200;

/**
 * Keeps hours and cost by person and month. They stand in a table of their own, as only the role Worklog Viewer may read
 * them (R-2304); sums for everybody else follow from the snapshots. A person-month whose worklogs were all deleted is kept as
 * zeros: the service may not delete.
 */
export function planAllocation(crm: CrmFacts, jira: JiraFacts): Action[] {
  const { mapping, opportunity, allocations: stored } = crm;
  if (!mapping || !opportunity || mapping.provisioningState !== ProvisioningState.Linked) return [];
  // Figures of a completed project are final, and so is what they are made of.
  if (mapping.completedOn !== null || stored === undefined || jira.state !== 'found') return [];
  const worked = jira.budget?.allocation;
  const { currency } = mapping.approved;
  if (worked === undefined || worked.some(({ cost }) => cost.currency !== currency)) return [];
  const known = new Map(stored.map((row) => [row.id, row]));
  const current = new Set(worked.map((work) => allocationId(mapping.id, work.month, work.personId)));
  const writes: RowWrite[] = [];
  for (const work of worked) {
    const id = allocationId(mapping.id, work.month, work.personId);
    const row = known.get(id);
    if (row && row.hours === storedHours(work.hours) && equalMoney(row.cost, work.cost) && row.person === work.person)
      continue;
    writes.push(
      upsert('crmjira_resource_allocation', id, {
        crmjira_name: `${mapping.reference} ${work.month.slice(0, 7)}`,
        'crmjira_budget_mapping_id@odata.bind': bind('crmjira_budget_mapping', mapping.id),
        'transactioncurrencyid@odata.bind': bind(
          'transactioncurrency',
          currencyRowOf(mapping, opportunity, mapping.approved),
        ),
        crmjira_month: work.month,
        crmjira_person_id: work.personId,
        crmjira_person: work.person,
        ...figures(work),
      }),
    );
  }
  const gone = stored.filter((row) => !current.has(row.id) && (row.hours !== 0 || row.cost.minor !== 0));
  writes.push(...gone.map(({ id }) => emptied(id, zero(currency))));
  if (writes.length === 0) return [];
  return [
    {
      kind: 'dataverse.change-set',
      because: 'the work by person and month changed',
      writes: writes.slice(0, ROWS_AT_A_TIME),
    },
  ];
}

function figures({ hours, cost }: Pick<AllocationFacts, 'hours' | 'cost'>) {
  return { crmjira_hours: storedHours(hours), crmjira_cost: toDecimal(cost) };
}

function emptied(id: Guid, cost: Money): RowWrite {
  return update('crmjira_resource_allocation', id, figures({ hours: 0, cost }));
}
