import { ApprovalStatus, BudgetStatus, type OpportunityFacts } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseReader } from '../../../clients/dataverse/reader';
import {
  formattedValue as label,
  lookupTable as target,
  choice,
  guid,
  optionalDay,
  optionalFlag,
  optionalGuid,
  optionalInstant,
  optionalMoney,
  optionalNumber,
  optionalText,
  text,
} from '../../../clients/dataverse/columns';
import type { Currencies } from '../../../connections/environment/read-currencies';

/** Automatic checklist steps; the others are people's. */
const automaticSteps = [
  'crmjira_step_project',
  'crmjira_step_budget',
  'crmjira_step_link',
  'crmjira_step_approve',
  'crmjira_step_activate',
  'crmjira_step_notify',
] as const;

const opportunityRow = z.object({
  opportunityid: guid,
  versionnumber: optionalNumber,
  name: optionalText,
  description: optionalText,
  statecode: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  budgetamount: optionalNumber,
  actualvalue: optionalNumber,
  crmjira_project_budget: optionalNumber,
  _transactioncurrencyid_value: optionalGuid,
  _customerid_value: optionalGuid,
  [`_customerid_value${target}`]: z.string().optional(),
  [`_customerid_value${label}`]: text.optional(),
  _ownerid_value: guid,
  [`_ownerid_value${target}`]: z.string().optional(),
  _crmjira_project_manager_id_value: optionalGuid,
  crmjira_jira_project_key: optionalText,
  crmjira_integration_reference: optionalText,
  crmjira_budget_status: choice(BudgetStatus).nullish(),
  crmjira_approval_status: choice(ApprovalStatus).nullish(),
  crmjira_approved_on: optionalInstant,
  crmjira_budget_review_required: optionalFlag,
  crmjira_budget_review_note: optionalText,
  crmjira_alerts_snoozed_until: optionalDay,
  crmjira_alerts_snooze_reason: optionalText,
  crmjira_alerts_in_digest: optionalFlag,
  ...(Object.fromEntries(automaticSteps.map((step) => [step, optionalFlag])) as Record<
    // Object.fromEntries forgets its keys.
    (typeof automaticSteps)[number],
    typeof optionalFlag
  >),
});

const columns = Object.keys(opportunityRow.shape).filter((name) => !name.includes('@'));
const states = { 0: 'open', 1: 'won', 2: 'lost' } as const;

/** The opportunity as the plan sees it; null when it was deleted. */
export async function readOpportunity(
  client: DataverseReader,
  id: string,
  currencies: Currencies,
  defaultCurrency: string,
): Promise<OpportunityFacts | null> {
  const row = await client.one('opportunities', id, columns, opportunityRow);
  if (row === null) return null;
  const currencyId = row._transactioncurrencyid_value ?? currencies.idOf(defaultCurrency);
  const currency = currencies.codeOf(currencyId);
  const isAccount = row[`_customerid_value${target}`] === 'account';
  return {
    id: row.opportunityid,
    ...(row.versionnumber === null ? {} : { version: row.versionnumber }),
    name: row.name ?? '',
    description: row.description,
    state: states[row.statecode],
    currency,
    currencyId,
    budgetAmount: optionalMoney(row.budgetamount, currency),
    projectBudget: optionalMoney(row.crmjira_project_budget, currency),
    actualValue: optionalMoney(row.actualvalue, currency),
    accountId: isAccount ? row._customerid_value : null,
    accountName: isAccount ? (row[`_customerid_value${label}`] ?? null) : null,
    ownerId: row._ownerid_value,
    ownerType: row[`_ownerid_value${target}`] === 'team' ? 'team' : 'systemuser',
    projectManagerId: row._crmjira_project_manager_id_value,
    jiraProjectKey: row.crmjira_jira_project_key,
    integrationReference: row.crmjira_integration_reference,
    budgetStatus: row.crmjira_budget_status ?? null,
    approvalStatus: row.crmjira_approval_status ?? ApprovalStatus.NotRequested,
    approvedOn: row.crmjira_approved_on,
    reviewRequired: row.crmjira_budget_review_required,
    reviewNote: row.crmjira_budget_review_note,
    alertsSnoozedUntil: row.crmjira_alerts_snoozed_until,
    alertsSnoozeReason: row.crmjira_alerts_snooze_reason,
    alertsInDigest: row.crmjira_alerts_in_digest,
    stepsDone: automaticSteps.filter((step) => row[step]),
  };
}
