import { utilization } from '../burn';
import { addMonths, dayOf } from '../calendar';
import { mappingId, processInstanceId } from '../derived-id';
import { integrationReference } from '../integration-reference';
import { subtract, toDecimal, zero } from '../money';
import { AlertLevel, BudgetSource, BudgetStatus, MappingStatus, ProvisioningState } from '../schema/generated/options';
import { process } from '../schema/generated/process';
import { alertLevel } from '../thresholds';
import type { RowWrite } from './actions';
import { initialBudget } from './approved-amount';
import type { BudgetFacts, CrmFacts, Instant, JiraProjectFacts, OpportunityFacts } from './facts';
import { storedHours } from './figures';
import type { Policy } from './policy';
import { bind, create, update } from './write-rows';

const SOURCE: Readonly<Record<Policy['budgetSource'], BudgetSource>> = {
  s0: BudgetSource.S0BudgetContract,
  tempo4: BudgetSource.TempoCloud4,
  computed: BudgetSource.ComputedWorklogsRate,
};

/** A project that stood before the integration knew it. */
export interface ExistingProject {
  readonly project: JiraProjectFacts;
  readonly budget: BudgetFacts | null;
}

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
  const spent = existing?.budget?.spent ?? zero(amount.currency);
  const writes: RowWrite[] = [
    create('crmjira_budget_mapping', mappingId(opportunity.id), {
      crmjira_name: reference,
      'crmjira_opportunity_id@odata.bind': bind('opportunity', opportunity.id),
      'crmjira_integration_id@odata.bind': bind('crmjira_integration', policy.connectionId),
      'transactioncurrencyid@odata.bind': bind('transactioncurrency', opportunity.currencyId),
      crmjira_integration_reference: reference,
      crmjira_jira_project_key: key,
      crmjira_approved_budget: toDecimal(amount),
      ...(opportunity.budgetAmount ? { crmjira_budget_amount_seen: toDecimal(opportunity.budgetAmount) } : {}),
      crmjira_spent_amount: toDecimal(spent),
      crmjira_remaining_budget: toDecimal(subtract(amount, spent)),
      crmjira_budget_status: BudgetStatus.Draft,
      crmjira_mapping_status: MappingStatus.Active,
      crmjira_provisioning_state: ProvisioningState.Requested,
      crmjira_budget_source: SOURCE[policy.budgetSource],
      // Thresholds that were crossed before the link are nobody's news (R-2303).
      crmjira_last_alert_level: existing ? alertLevel(spent, amount, policy.warningThreshold) : AlertLevel.None,
      crmjira_period_from: from,
      crmjira_period_to: addMonths(from, policy.budgetPeriodMonths),
      ...(existing
        ? {
            crmjira_jira_project_id: existing.project.id,
            crmjira_utilization: utilization(spent, amount),
            crmjira_total_hours: storedHours(existing.budget?.hours ?? 0),
            crmjira_history_from: existing.budget?.history[0]?.day ?? from,
          }
        : {}),
    }),
    update('opportunity', opportunity.id, {
      crmjira_integration_reference: reference,
      crmjira_project_budget: toDecimal(amount),
    }),
  ];
  if (!crm.process) {
    writes.push(
      create(process.uniqueName, processInstanceId(opportunity.id), {
        bpf_name: opportunity.name.slice(0, 200),
        'bpf_opportunityid@odata.bind': bind('opportunity', opportunity.id),
        'activestageid@odata.bind': `/processstages(${process.stages.OpportunityQualification})`,
        traversedpath: process.stages.OpportunityQualification,
      }),
    );
  }
  return writes;
}
