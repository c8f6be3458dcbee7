import {
  AlertLevel,
  ApprovalStatus,
  IntegrationStatus,
  moneyFromDecimal,
  type Notification,
  type NotificationData,
  OperationType,
  tables,
} from '@crmjira/domain';
import { z } from 'zod';
import { choice, guid, instant, optionalGuid, optionalNumber, optionalText } from '../../../clients/dataverse/columns';
import { equalsId } from '../../../clients/dataverse/filter';
import { factSource, type FactContext, type FoundFact } from './fact-source';

const mappingRow = z.object({
  _crmjira_opportunity_id_value: optionalGuid,
  crmjira_jira_project_key: optionalText,
  crmjira_integration_reference: optionalText,
});
type Mapping = z.output<typeof mappingRow>;
const mappingTable = tables.crmjira_budget_mapping;

const mappingById = ({ dataverse }: FactContext, id: string | null): Promise<Mapping | null> =>
  id === null
    ? Promise.resolve(null)
    : dataverse.one(mappingTable.entitySet, id, Object.keys(mappingRow.shape), mappingRow);

async function mappingOf({ dataverse }: FactContext, opportunityId: string): Promise<Mapping | null> {
  const filter = equalsId('_crmjira_opportunity_id_value', opportunityId);
  const query = { select: Object.keys(mappingRow.shape), filter };
  return (await dataverse.many(mappingTable.entitySet, query, mappingRow))[0] ?? null;
}

/** Which project it is about: neither side's name of it is told. */
const projectData = (mapping: Mapping | null): NotificationData => ({
  ...(mapping?.crmjira_jira_project_key ? { project: mapping.crmjira_jira_project_key } : {}),
  ...(mapping?.crmjira_integration_reference ? { reference: mapping.crmjira_integration_reference } : {}),
});

/** Amounts of a budget, unless the environment keeps them out of mails too. */
async function amountsIn(
  { environmentSettings }: FactContext,
  currencyId: string | null,
  amounts: Readonly<Record<'spent' | 'budget', number | null>>,
): Promise<NotificationData> {
  const [{ policy }, currencies] = await Promise.all([
    environmentSettings.settings(),
    environmentSettings.currencies(),
  ]);
  if (policy.redactAmountsInEmail) return {};
  const currency = currencyId === null ? policy.defaultCurrency : currencies.codeOf(currencyId);
  const { spent, budget } = amounts;
  return {
    ...(spent === null ? {} : { spent: moneyFromDecimal(spent, currency) }),
    ...(budget === null ? {} : { budget: moneyFromDecimal(budget, currency) }),
  };
}

async function aboutOpportunity(
  { environmentSettings }: FactContext,
  { event, at }: FoundFact,
  id: string | null,
  data: NotificationData,
): Promise<Notification> {
  const { recordUrl } = (await environmentSettings.settings()).policy;
  const url = recordUrl === null ? null : `${recordUrl}${id ?? ''}`;
  return { event, at, data, record: id === null ? null : { table: 'opportunity', id, url } };
}

/** An alert level that a budget has reached. */
export const budgetAlerts = factSource({
  events: ['budget.alert'],
  collection: tables.crmjira_budget_alert.entitySet,
  primaryId: tables.crmjira_budget_alert.primaryId,
  row: z.object({
    crmjira_budget_alertid: guid,
    createdon: instant,
    crmjira_alert_level: choice(AlertLevel),
    crmjira_utilization: optionalNumber,
    crmjira_spent_amount: optionalNumber,
    crmjira_approved_budget: optionalNumber,
    _crmjira_budget_mapping_id_value: optionalGuid,
    _transactioncurrencyid_value: optionalGuid,
  }),
  filter: (since) => `createdon ge ${since}`,
  factOf: (row) => ({ event: 'budget.alert', id: row.crmjira_budget_alertid, at: row.createdon }),
  tell: async (row, fact, context) => {
    const mapping = await mappingById(context, row._crmjira_budget_mapping_id_value);
    const amounts = { spent: row.crmjira_spent_amount, budget: row.crmjira_approved_budget };
    return aboutOpportunity(context, fact, mapping?._crmjira_opportunity_id_value ?? null, {
      ...projectData(mapping),
      level: row.crmjira_alert_level,
      ...(row.crmjira_utilization === null ? {} : { percent: row.crmjira_utilization }),
      ...(await amountsIn(context, row._transactioncurrencyid_value, amounts)),
    });
  },
});

/** A request that the service has taken a decision over for. */
export const budgetDecisions = factSource({
  events: ['budget.approved', 'budget.rejected'],
  collection: tables.crmjira_budget_approval.entitySet,
  primaryId: tables.crmjira_budget_approval.primaryId,
  row: z.object({
    crmjira_budget_approvalid: guid,
    crmjira_decision: choice(ApprovalStatus).nullish(),
    crmjira_decided_on: instant,
    crmjira_amount: optionalNumber,
    _crmjira_opportunity_id_value: optionalGuid,
    _transactioncurrencyid_value: optionalGuid,
  }),
  filter: (since) =>
    `crmjira_decided_on ge ${since} and (crmjira_decision eq ${ApprovalStatus.Approved} or crmjira_decision eq ${ApprovalStatus.Rejected})`,
  factOf: (row) => {
    const { crmjira_decision: decision } = row;
    if (decision !== ApprovalStatus.Approved && decision !== ApprovalStatus.Rejected) return null;
    const event = decision === ApprovalStatus.Approved ? 'budget.approved' : 'budget.rejected';
    return { event, id: row.crmjira_budget_approvalid, at: row.crmjira_decided_on };
  },
  tell: async (row, fact, context) => {
    const id = row._crmjira_opportunity_id_value;
    const mapping = id === null ? null : await mappingOf(context, id);
    const amounts = { spent: null, budget: row.crmjira_amount };
    return aboutOpportunity(context, fact, id, {
      ...projectData(mapping),
      ...(await amountsIn(context, row._transactioncurrencyid_value, amounts)),
    });
  },
});

/** A project that could not be created, for a reason that does not pass by itself. */
export const failedProvisioning = factSource({
  events: ['provisioning.failed'],
  collection: tables.crmjira_integration_log.entitySet,
  primaryId: tables.crmjira_integration_log.primaryId,
  row: z.object({
    crmjira_integration_logid: guid,
    createdon: instant,
    crmjira_operation_type: choice(OperationType),
    crmjira_integration_status: choice(IntegrationStatus),
    crmjira_regarding_table: optionalText,
    crmjira_regarding_id: optionalText,
    crmjira_error_code: optionalText,
  }),
  filter: (since) =>
    `createdon ge ${since} and crmjira_operation_type eq ${OperationType.Create} and crmjira_integration_status eq ${IntegrationStatus.Failed} and crmjira_regarding_table eq 'opportunity'`,
  factOf: (row) =>
    row.crmjira_integration_status === IntegrationStatus.Failed && row.crmjira_regarding_table === 'opportunity'
      ? { event: 'provisioning.failed', id: row.crmjira_integration_logid, at: row.createdon }
      : null,
  tell: async (row, fact, context) => {
    const id = z.guid().safeParse(row.crmjira_regarding_id).data?.toLowerCase() ?? null;
    const mapping = id === null ? null : await mappingOf(context, id);
    return aboutOpportunity(context, fact, id, {
      ...projectData(mapping),
      ...(row.crmjira_error_code === null ? {} : { code: row.crmjira_error_code }),
    });
  },
});
