import { budgetSources } from '../budget-sources';
import { utilization } from '../burn';
import { addMonths, dayOf } from '../../calendar/calendar';
import { mappingId, processInstanceId } from '../../hash/derived-id';
import { integrationReference } from '../integration-reference';
import { type Money, subtract, toDecimal, zero } from '../../money/money';
import { AlertLevel, BudgetStatus, MappingStatus, ProvisioningState } from '../../schema/generated/options';
import { process } from '../../schema/generated/process';
import type { TableRows } from '../../schema/rows';
import { alertLevel } from '../thresholds';
import type { RowWrite } from './actions';
import { initialBudget } from './approved-amount';
import type { BudgetFacts, CrmFacts, Day, Instant, JiraProjectFacts, OpportunityFacts } from './facts';
import { storedHours } from './figures';
import type { Policy } from './policy';
import { bind, create, update } from './write-rows';

/** A project that stood before the integration knew it. */
export interface ExistingProject {
  readonly project: JiraProjectFacts;
  readonly budget: BudgetFacts | null;
}

function startingFigures(
  amount: Money,
  existing: ExistingProject | undefined,
  day: Day,
  policy: Policy,
): Partial<TableRows['crmjira_budget_mapping']> {
  const spent = existing?.budget?.spent ?? zero(amount.currency);
  const columns = {
    crmjira_approved_budget: toDecimal(amount),
    crmjira_spent_amount: toDecimal(spent),
    crmjira_remaining_budget: toDecimal(subtract(amount, spent)),
  };
  if (!existing) return { ...columns, crmjira_last_alert_level: AlertLevel.None };
  return {
    ...columns,
    // Thresholds that were crossed before the link are nobody's news (R-2303).
    crmjira_last_alert_level: alertLevel(spent, amount, policy.warningThreshold),
    crmjira_jira_project_id: existing.project.id,
    crmjira_utilization: utilization(spent, amount),
    crmjira_total_hours: storedHours(existing.budget?.hours ?? 0),
    crmjira_history_from: existing.budget?.history[0]?.day ?? day,
  };
}

/** Where a project is, and where its figures come from there. */
const placement = (policy: Policy) => ({
  'crmjira_integration_id@odata.bind': bind('crmjira_integration', policy.connectionId),
  crmjira_budget_source: budgetSources[policy.budgetSource].option,
});

/**
 * The mapping row comes first: it holds reference and key, so that every retry goes on with the same. Empty without an
 * amount to start with.
 */
export function announcement(
  crm: CrmFacts,
  opportunity: OpportunityFacts,
  { key, existing }: { readonly key: string; readonly existing?: ExistingProject },
  policy: Policy,
  now: Instant,
): RowWrite[] {
  const amount = initialBudget(opportunity);
  if (!amount) return [];
  const reference =
    opportunity.integrationReference ?? integrationReference(opportunity.id, now, crm.referenceTakenByOther);
  const from = dayOf(now);
  const figures = startingFigures(amount, existing, from, policy);
  const { mapping } = crm;
  const writes: RowWrite[] = [
    // A project that was held back and is linked instead of created has its row already.
    mapping
      ? update(
          'crmjira_budget_mapping',
          mapping.id,
          {
            ...figures,
            ...(mapping.connectionId === policy.connectionId ? {} : placement(policy)),
            crmjira_jira_project_key: key,
            crmjira_held_on: null,
            crmjira_last_error: null,
            crmjira_last_error_code: null,
          },
          mapping.version,
        )
      : create('crmjira_budget_mapping', mappingId(opportunity.id), {
          crmjira_name: reference,
          'crmjira_opportunity_id@odata.bind': bind('opportunity', opportunity.id),
          ...placement(policy),
          'transactioncurrencyid@odata.bind': bind('transactioncurrency', opportunity.currencyId),
          crmjira_integration_reference: reference,
          crmjira_jira_project_key: key,
          ...(opportunity.budgetAmount ? { crmjira_budget_amount_seen: toDecimal(opportunity.budgetAmount) } : {}),
          ...figures,
          crmjira_budget_status: BudgetStatus.Draft,
          crmjira_mapping_status: MappingStatus.Active,
          crmjira_provisioning_state: ProvisioningState.Requested,
          crmjira_period_from: from,
          crmjira_period_to: addMonths(from, policy.budgetPeriodMonths),
        }),
    update('opportunity', opportunity.id, {
      crmjira_integration_reference: reference,
      crmjira_project_budget: toDecimal(amount),
    }),
  ];
  if (!crm.process) {
    writes.push(
      create(process.uniqueName, processInstanceId(opportunity.id), {
        bpf_name: opportunity.name,
        'bpf_opportunityid@odata.bind': bind('opportunity', opportunity.id),
        'activestageid@odata.bind': `/processstages(${process.stages.OpportunityQualification})`,
        traversedpath: process.stages.OpportunityQualification,
      }),
    );
  }
  return writes;
}
