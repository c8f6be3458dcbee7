import {
  type ApprovalFacts,
  approvalMailId,
  ApprovalStatus,
  askedBy,
  currentRequest,
  decisionRefusal,
  derivedId,
  moneyFromDecimal,
  type OpportunityFacts,
  type RequestReopening,
  tables,
} from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseReader } from '../reader';
import { equalsId } from '../filter';
import type { Surroundings } from '../surroundings';
import { choice, guid, instant, optionalGuid, optionalInstant, optionalNumber, optionalText } from './columns';
import { approverOf, readDeciders } from './read-approvers';
import { readMailState } from './read-mail-state';
import { isEnabled, readEmail } from './read-people';

const requestRow = z.object({
  crmjira_budget_approvalid: guid,
  crmjira_amount: z.number(),
  crmjira_amount_base: z.number().nullish(),
  _transactioncurrencyid_value: optionalGuid,
  // Who and when come from the platform; the columns that a client fills count in the service's own rows (DATA-MODEL 3.9).
  _createdby_value: guid,
  createdon: instant,
  _crmjira_requested_by_value: optionalGuid,
  crmjira_requested_on: optionalInstant,
  crmjira_name: optionalText,
  crmjira_comment: optionalText,
  crmjira_previous_amount: optionalNumber,
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
  const { mayApprove, limit } = approverOf(standing, settings, currencies.base);
  return {
    id: row.crmjira_budget_decisionid,
    outcome: row.crmjira_decision,
    decidedById: decider,
    decidedOn: row.createdon,
    comment: row.crmjira_comment,
    deciderMayApprove: mayApprove,
    deciderLimit: limit,
    refusalTold: false,
    language,
    ownerLanguage,
  };
}

async function isRefusalTold(client: DataverseReader, decisionId: string): Promise<boolean> {
  const told = derivedId(decisionId, 'refused');
  return (await client.one(tables.crmjira_command.entitySet, told, ['crmjira_commandid'], idRow)) !== null;
}

/** A request as it counts: who asked and when are the first's, also where the service has opened it again. */
export interface ApprovalRequest {
  readonly row: z.output<typeof requestRow>;
  readonly askedBy: ReturnType<typeof askedBy>;
}

/**
 * Rows among which the current request is. One that was opened again while somebody asked anew is newer than what was asked for last;
 * the next one is opened from that last one, so that there is never a second.
 */
const newestRows = 2;

/**
 * The approval request of an opportunity that counts.
 * @param serviceId user that the service works as
 */
export async function readApprovalRequest(
  client: DataverseReader,
  opportunityId: string,
  serviceId: string,
): Promise<ApprovalRequest | null> {
  const rows = await client.many(
    tables.crmjira_budget_approval.entitySet,
    {
      select: Object.keys(requestRow.shape),
      filter: equalsId('_crmjira_opportunity_id_value', opportunityId),
      // Times are whole seconds: within one the version tells which row came later, as nobody changes one.
      orderBy: ['createdon desc', 'versionnumber desc'],
      top: newestRows,
    },
    requestRow,
  );
  const written = rows.map((row) => ({
    row,
    createdById: row._createdby_value,
    createdOn: row.createdon,
    requestedById: row._crmjira_requested_by_value,
    requestedOn: row.crmjira_requested_on,
  }));
  const service = serviceId.toLowerCase();
  const current = currentRequest(written, service);
  return current && { row: current.row, askedBy: askedBy(current, service) };
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
    isTakenOver ? null : readEmail(client, request.askedBy.id),
    readMailState(client, approvalMailId(request.row.crmjira_budget_approvalid)),
  ]);
  return { requesterEmail, teamMail };
}

/** What opening a request again needs; asked for once in the life of a decision. */
async function readReopening(
  client: DataverseReader,
  surroundings: Surroundings,
  { row, askedBy: { id } }: ApprovalRequest,
  { amount, amountInBase }: ApprovalFacts,
): Promise<RequestReopening> {
  const [currencies, requesterIsEnabled, deciders] = await Promise.all([
    surroundings.currencies(),
    isEnabled(client, id),
    readDeciders(client, surroundings, amountInBase, id),
  ]);
  return {
    name: row.crmjira_name,
    comment: row.crmjira_comment,
    previousAmount: row.crmjira_previous_amount,
    currencyId: row._transactioncurrencyid_value ?? currencies.idOf(amount.currency),
    requesterIsEnabled,
    deciders,
  };
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
  const { row } = request;
  const currencies = await surroundings.currencies();
  const currency =
    row._transactioncurrencyid_value === null
      ? opportunity.currency
      : currencies.codeOf(row._transactioncurrencyid_value);
  const [decision, teamMail] = await Promise.all([
    readDecision(client, surroundings, row.crmjira_budget_approvalid, opportunity),
    readTeamMail(client, request, opportunity, now),
  ]);
  const approval: ApprovalFacts = {
    requestId: row.crmjira_budget_approvalid,
    amount: moneyFromDecimal(row.crmjira_amount, currency),
    amountInBase: moneyFromDecimal(row.crmjira_amount_base ?? row.crmjira_amount, currencies.base),
    requestedById: request.askedBy.id,
    requestedOn: request.askedBy.on,
    ...teamMail,
    decision,
    reopening: null,
  };
  const refusal = decisionRefusal(approval);
  // Only a decision that does not count is explained to anybody, and asked for here.
  if (decision === null || refusal === null) return approval;
  const refusalTold = await isRefusalTold(client, decision.id);
  const opens = refusal === 'over-limit' && !refusalTold;
  return {
    ...approval,
    decision: { ...decision, refusalTold },
    reopening: opens ? await readReopening(client, surroundings, request, approval) : null,
  };
}
