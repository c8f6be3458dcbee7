import { type ApprovalFacts, ApprovalStatus, derivedId, type Money, moneyFromDecimal, tables } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseClient } from '../dataverse-client';
import { equalsId } from '../filter';
import type { Surroundings } from '../surroundings';
import { choice, guid, instant, optionalGuid, optionalText } from './columns';
import { isMemberOf, readRoleNames } from './read-people';

/** Role whose holders decide about budgets (R-306, DATA-MODEL 9). */
const approverRole = 'CRM-JIRA Budget Approver';

const requestRow = z.object({
  crmjira_budget_approvalid: guid,
  crmjira_amount: z.number(),
  crmjira_amount_base: z.number().nullish(),
  _transactioncurrencyid_value: optionalGuid,
  // Who and when come from the platform, not from columns that a client fills (DATA-MODEL 3.9).
  _createdby_value: guid,
  createdon: instant,
});
const decisionRow = z.object({
  crmjira_budget_decisionid: guid,
  crmjira_decision: choice(ApprovalStatus),
  _createdby_value: guid,
  createdon: instant,
  crmjira_comment: optionalText,
});
const idRow = z.object({ crmjira_commandid: guid });

/** The greatest amount that one of the decider's roles may approve; null when no role of anybody is limited. */
export function limitOf(
  roles: ReadonlySet<string>,
  limits: Readonly<Record<string, number>>,
  base: string,
): Money | null {
  const all = Object.entries(limits);
  if (all.length === 0) return null;
  const own = all.filter(([role]) => roles.has(role)).map(([, amount]) => amount);
  return own.length === 0 ? null : moneyFromDecimal(Math.max(...own), base);
}

async function readDecision(
  client: DataverseClient,
  surroundings: Surroundings,
  requestId: string,
): Promise<ApprovalFacts['decision']> {
  const rows = await client.many(
    tables.crmjira_budget_decision.entitySet,
    {
      select: Object.keys(decisionRow.shape),
      filter: equalsId('_crmjira_budget_approval_id_value', requestId),
      top: 1,
    },
    decisionRow,
  );
  const row = rows[0];
  if (row === undefined) return null;
  const decider = row._createdby_value;
  const [settings, currencies, roles, language] = await Promise.all([
    surroundings.settings(),
    surroundings.currencies(),
    readRoleNames(client, decider),
    surroundings.languageOf(decider),
  ]);
  const { approverTeam } = settings;
  const mayApprove =
    roles.has(approverRole) || (approverTeam !== null && (await isMemberOf(client, decider, approverTeam)));
  const told = derivedId(row.crmjira_budget_decisionid, 'refused');
  const toldRow = await client.one(tables.crmjira_command.entitySet, told, ['crmjira_commandid'], idRow);
  return {
    id: row.crmjira_budget_decisionid,
    outcome: row.crmjira_decision,
    decidedById: decider,
    decidedOn: row.createdon,
    comment: row.crmjira_comment,
    deciderMayApprove: mayApprove,
    deciderLimit: limitOf(roles, settings.approvalLimits, currencies.base),
    refusalTold: toldRow !== null,
    language,
  };
}

/** The newest approval request of an opportunity with its decision. */
export async function readApproval(
  client: DataverseClient,
  surroundings: Surroundings,
  opportunityId: string,
  opportunityCurrency: string,
): Promise<ApprovalFacts | null> {
  const rows = await client.many(
    tables.crmjira_budget_approval.entitySet,
    {
      select: Object.keys(requestRow.shape),
      filter: equalsId('_crmjira_opportunity_id_value', opportunityId),
      orderBy: ['createdon desc'],
      top: 1,
    },
    requestRow,
  );
  const row = rows[0];
  if (row === undefined) return null;
  const currencies = await surroundings.currencies();
  const currency =
    row._transactioncurrencyid_value === null
      ? opportunityCurrency
      : currencies.codeOf(row._transactioncurrencyid_value);
  return {
    requestId: row.crmjira_budget_approvalid,
    amount: moneyFromDecimal(row.crmjira_amount, currency),
    amountInBase: moneyFromDecimal(row.crmjira_amount_base ?? row.crmjira_amount, currencies.base),
    requestedById: row._createdby_value,
    requestedOn: row.createdon,
    decision: await readDecision(client, surroundings, row.crmjira_budget_approvalid),
  };
}
