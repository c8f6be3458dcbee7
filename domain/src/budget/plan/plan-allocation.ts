import { allocationId } from '../../hash/derived-id';
import { equalMoney, type Money, toDecimal, zero } from '../../money/money';
import { ProvisioningState } from '../../schema/generated/options';
import type { Action, RowWrite } from './actions';
import { currencyRowOf } from './approved-amount';
import type { AllocationFacts, BudgetFacts, CrmFacts, Guid, JiraFacts, MappingFacts, OpportunityFacts } from './facts';
import { storedHours } from './figures';
import { bind, update, upsert } from './write-rows';

/** Rows of one change set; Dataverse takes at most 1,000. */
const ROWS_AT_A_TIME = 200;

/**
 * Keeps hours and cost by person and month where the figures themselves did not change, which bring these rows with them. They
 * stand in a table of their own, as only the role Worklog Viewer may read them (R-2304); sums for everybody else follow from the
 * snapshots.
 */
export function planAllocation(crm: CrmFacts, jira: JiraFacts): Action[] {
  const { mapping, opportunity } = crm;
  if (!mapping || !opportunity || mapping.provisioningState !== ProvisioningState.Linked) return [];
  // Figures of a completed project are final, and so is what they are made of.
  if (mapping.completedOn !== null || jira.state !== 'found' || jira.budget === null) return [];
  const writes = allocationWrites(crm, mapping, opportunity, jira.budget, mapping.approved);
  if (writes.length === 0) return [];
  return [{ kind: 'dataverse.change-set', because: 'the work by person and month changed', writes }];
}

/**
 * Rows that differ from what Jira says, at most 200: the next plan brings the rest. A person-month whose worklogs were all deleted is
 * kept as zeros, as the service may not delete.
 * @param approved in the currency that the figures have from now on
 */
export function allocationWrites(
  { allocations: stored }: CrmFacts,
  mapping: MappingFacts,
  opportunity: OpportunityFacts,
  { allocation: worked }: BudgetFacts,
  approved: Money,
): RowWrite[] {
  const { currency } = approved;
  if (stored === undefined || worked === undefined || worked.some(({ cost }) => cost.currency !== currency)) return [];
  const known = new Map(stored.map((row) => [row.id, row]));
  const current = new Set<Guid>();
  const writes: RowWrite[] = [];
  for (const work of worked) {
    const id = allocationId(mapping.id, work.month, work.personId);
    current.add(id);
    const row = known.get(id);
    if (row && row.hours === storedHours(work.hours) && equalMoney(row.cost, work.cost) && row.person === work.person)
      continue;
    writes.push(
      upsert('crmjira_resource_allocation', id, {
        crmjira_name: `${mapping.reference} ${work.month.slice(0, 7)}`,
        'crmjira_budget_mapping_id@odata.bind': bind('crmjira_budget_mapping', mapping.id),
        'transactioncurrencyid@odata.bind': bind('transactioncurrency', currencyRowOf(mapping, opportunity, approved)),
        crmjira_month: work.month,
        crmjira_person_id: work.personId,
        crmjira_person: work.person,
        ...figures(work),
      }),
    );
  }
  const gone = stored.filter((row) => !current.has(row.id) && (row.hours !== 0 || row.cost.minor !== 0));
  writes.push(...gone.map(({ id }) => emptied(id, zero(currency))));
  return writes.slice(0, ROWS_AT_A_TIME);
}

function figures({ hours, cost }: Pick<AllocationFacts, 'hours' | 'cost'>) {
  return { crmjira_hours: storedHours(hours), crmjira_cost: toDecimal(cost) };
}

function emptied(id: Guid, cost: Money): RowWrite {
  return update('crmjira_resource_allocation', id, figures({ hours: 0, cost }));
}
