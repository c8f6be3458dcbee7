import {
  type ApprovalFacts,
  approvalMailId,
  ApprovalStatus,
  decisionRefusal,
  derivedId,
  type Money,
  moneyFromDecimal,
  type OpportunityFacts,
  tables,
} from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseReader } from '../reader';
import { equalsId } from '../filter';
import type { Surroundings } from '../surroundings';
import { choice, guid, instant, optionalGuid, optionalText } from './columns';
import { readMailState } from './read-mail-state';
import { readEmail, type Standing } from './read-people';

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
  _crmjira_decided_by_value: optionalGuid,
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

/**
 * Who has decided. The approval flow writes with the service's own account what somebody has answered in Teams or by mail, and names
 * them (R-1007); in a row that anybody else has written that column counts for nothing.
 */
async function deciderOf(row: z.output<typeof decisionRow>, surroundings: Surroundings): Promise<string> {
  const { userId } = await surroundings.whoAmI();
  const isByFlow = row._createdby_value === userId.toLowerCase();
  return isByFlow ? (row._crmjira_decided_by_value ?? row._createdby_value) : row._createdby_value;
}

type Owner = Pick<OpportunityFacts, 'ownerId' | 'ownerType'>;

async function readDecision(
  client: DataverseReader,
  surroundings: Surroundings,
  requestId: string,
  owner: Owner,
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
  const decider = await deciderOf(row, surroundings);
  const [settings, currencies, standing, language, ownerLanguage] = await Promise.all([
    surroundings.settings(),
    surroundings.currencies(),
    surroundings.standingOf(decider),
    surroundings.languageOf(decider),
    owner.ownerType === 'team' ? (1033 as const) : surroundings.languageOf(owner.ownerId),
  ]);
  const { approverTeam } = settings;
  const roles = new Set(standing.roles.map(({ name }) => name));
  const isApproverTeam = ({ id, name }: Standing['teams'][number]): boolean =>
    approverTeam !== null && (id === approverTeam.toLowerCase() || name === approverTeam);
  return {
    id: row.crmjira_budget_decisionid,
    outcome: row.crmjira_decision,
    decidedById: decider,
    decidedOn: row.createdon,
    comment: row.crmjira_comment,
    deciderMayApprove: roles.has(approverRole) || standing.teams.some(isApproverTeam),
    deciderLimit: limitOf(roles, settings.approvalLimits, currencies.base),
    refusalTold: false,
    language,
    ownerLanguage,
  };
}

async function isRefusalTold(client: DataverseReader, decisionId: string): Promise<boolean> {
  const told = derivedId(decisionId, 'refused');
  return (await client.one(tables.crmjira_command.entitySet, told, ['crmjira_commandid'], idRow)) !== null;
}

export type ApprovalRequest = z.output<typeof requestRow>;

/** The newest approval request of an opportunity. */
export async function readApprovalRequest(
  client: DataverseReader,
  opportunityId: string,
): Promise<ApprovalRequest | null> {
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
  return rows[0] ?? null;
}

/** Milliseconds after which a mail that could not leave is no news any more: from then on nobody asks for it. */
const newsFor = 7 * 24 * 3_600_000;

type Subject = Owner & Pick<OpportunityFacts, 'currency' | 'approvalStatus' | 'approvedOn'>;

/** What the mail to the project team needs; an old approval costs no read. */
async function readTeamMail(
  client: DataverseReader,
  request: ApprovalRequest,
  { approvalStatus, approvedOn }: Subject,
  now: string,
): Promise<Pick<ApprovalFacts, 'requesterEmail' | 'teamMail'>> {
  const isTakenOver = approvalStatus === ApprovalStatus.Approved;
  const isOld = approvedOn === null || Date.parse(now) - Date.parse(approvedOn) > newsFor;
  if (isTakenOver && isOld) return { requesterEmail: null, teamMail: null };
  const [requesterEmail, teamMail] = await Promise.all([
    isTakenOver ? null : readEmail(client, request._createdby_value),
    readMailState(client, approvalMailId(request.crmjira_budget_approvalid)),
  ]);
  return { requesterEmail, teamMail };
}

/**
 * A request with its decision.
 * @param now ISO instant of the plan
 */
export async function readApproval(
  client: DataverseReader,
  surroundings: Surroundings,
  request: ApprovalRequest,
  opportunity: Subject,
  now: string,
): Promise<ApprovalFacts> {
  const currencies = await surroundings.currencies();
  const currency =
    request._transactioncurrencyid_value === null
      ? opportunity.currency
      : currencies.codeOf(request._transactioncurrencyid_value);
  const [decision, teamMail] = await Promise.all([
    readDecision(client, surroundings, request.crmjira_budget_approvalid, opportunity),
    readTeamMail(client, request, opportunity, now),
  ]);
  const approval: ApprovalFacts = {
    requestId: request.crmjira_budget_approvalid,
    amount: moneyFromDecimal(request.crmjira_amount, currency),
    amountInBase: moneyFromDecimal(request.crmjira_amount_base ?? request.crmjira_amount, currencies.base),
    requestedById: request._createdby_value,
    requestedOn: request.createdon,
    ...teamMail,
    decision,
  };
  // Only a decision that does not count is explained to anybody, and asked for here.
  if (decision === null || decisionRefusal(approval) === null) return approval;
  return { ...approval, decision: { ...decision, refusalTold: await isRefusalTold(client, decision.id) } };
}
