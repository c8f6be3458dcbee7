import {
  type ApprovalFacts,
  approvalMailId,
  ApprovalStatus,
  askedBy,
  currentRequest,
  decisionRefusal,
  derivedId,
  isGranted,
  moneyFromDecimal,
  type OpportunityFacts,
  requestMailId,
  type RequestNotice,
  type RequestReopening,
  tables,
  wasCurrentWhenDecided,
  type WrittenRequest,
} from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseReader } from '../../../clients/dataverse/reader';
import { equalsId } from '../../../clients/dataverse/filter';
import type { EnvironmentSettings } from '../../../connections/environment/environment-settings';
import {
  choice,
  guid,
  instant,
  optionalGuid,
  optionalInstant,
  optionalNumber,
  optionalText,
} from '../../../clients/dataverse/columns';
import { approverOf, readDeciders } from './read-approvers';
import { readMailState } from '../../../connections/administrator/read-mail-state';
import { isEnabled, readEmail, readFullName } from '../../../connections/environment/read-people';

const requestRow = z.object({
  crmjira_budget_approvalid: guid,
  crmjira_amount: z.number(),
  crmjira_amount_base: z.number().nullish(),
  _transactioncurrencyid_value: optionalGuid,
  // Who and when come from the platform; the columns that a client fills count in the service's own rows (D-3.9).
  _createdby_value: guid,
  createdon: instant,
  _crmjira_requested_by_value: optionalGuid,
  crmjira_requested_on: optionalInstant,
  crmjira_name: optionalText,
  crmjira_comment: optionalText,
  crmjira_decided_on: optionalInstant,
  _modifiedby_value: optionalGuid,
  crmjira_decision: optionalNumber,
  _crmjira_decided_by_value: optionalGuid,
  crmjira_decision_comment: optionalText,
  crmjira_deciders: optionalText,
});
const decisionRow = z.object({
  crmjira_budget_decisionid: guid,
  crmjira_decision: choice(ApprovalStatus),
  _createdby_value: guid,
  _crmjira_decided_by_value: optionalGuid,
  createdon: instant,
  crmjira_comment: optionalText,
});
const grantRow = decisionRow.extend({ _crmjira_budget_approval_id_value: guid });
const idRow = z.object({ crmjira_commandid: guid });

/**
 * Who has decided. The approval flow writes with the service's own account what somebody has answered in Teams or by mail, and names
 * them (R-1007); in a row that anybody else has written that column counts for nothing.
 */
async function deciderOf(row: z.output<typeof decisionRow>, environmentSettings: EnvironmentSettings): Promise<string> {
  const { userId } = await environmentSettings.whoAmI();
  const isByFlow = row._createdby_value === userId.toLowerCase();
  return isByFlow ? (row._crmjira_decided_by_value ?? row._createdby_value) : row._createdby_value;
}

type Owner = Pick<OpportunityFacts, 'ownerId' | 'ownerType'>;

async function readDecision(
  client: DataverseReader,
  environmentSettings: EnvironmentSettings,
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
  return row === undefined ? null : toDecision(row, environmentSettings, owner);
}

async function toDecision(
  row: z.output<typeof decisionRow>,
  environmentSettings: EnvironmentSettings,
  owner: Owner,
): Promise<NonNullable<ApprovalFacts['decision']>> {
  const decider = await deciderOf(row, environmentSettings);
  const [settings, currencies, standing, language, ownerLanguage] = await Promise.all([
    environmentSettings.settings(),
    environmentSettings.currencies(),
    environmentSettings.standingOf(decider),
    environmentSettings.languageOf(decider),
    owner.ownerType === 'team' ? (1033 as const) : environmentSettings.languageOf(owner.ownerId),
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

/** The requests of an opportunity. */
export interface ApprovalRequests {
  readonly current: ApprovalRequest;
  /** asked for before it, newest row first */
  readonly earlier: readonly ApprovalRequest[];
  /** Whether a decision on one of them was made while it was the current one. @param decidedOn ISO instant */
  wasCurrent(request: ApprovalRequest, decidedOn: string): boolean;
  /** The same without one of them, which does not count; null when none is left. */
  without(request: ApprovalRequest): ApprovalRequests | null;
}

/**
 * Rows among which the current request and the last grant are. A request that was opened again while somebody asked anew is newer than
 * what was asked for last; and a grant counts that newer requests have overtaken before a run saw it. Of more requests than these
 * between two runs nobody can make use; what an earlier run has taken over stands on the mapping.
 */
const newestRows = 20;

type RequestRow = z.output<typeof requestRow>;

/** The newest rows of approval requests of an opportunity, newest first. */
export function readApprovalRows(client: DataverseReader, opportunityId: string): Promise<readonly RequestRow[]> {
  return client.many(
    tables.crmjira_budget_approval.entitySet,
    {
      select: Object.keys(requestRow.shape),
      // One that was refused is inactive.
      filter: `${equalsId('_crmjira_opportunity_id_value', opportunityId)} and statecode eq 0`,
      // Times are whole seconds: within one the version tells which row came later, as people change none and the service only what has been decided.
      orderBy: ['createdon desc', 'versionnumber desc'],
      top: newestRows,
    },
    requestRow,
  );
}

/**
 * The requests that count among rows; null when there is none.
 * @param serviceId user that the service works as
 * @param refusedIds requests that do not count: as if they had not been made
 */
export function approvalRequests(
  rows: readonly RequestRow[],
  serviceId: string,
  refusedIds: ReadonlySet<string> = new Set(),
): ApprovalRequests | null {
  const service = serviceId.toLowerCase();
  const written = (row: RequestRow): WrittenRequest => ({
    createdById: row._createdby_value,
    createdOn: row.createdon,
    requestedById: row._crmjira_requested_by_value,
    requestedOn: row.crmjira_requested_on,
  });
  const requests = rows
    .filter((row) => !refusedIds.has(row.crmjira_budget_approvalid))
    .map((row) => ({ row, ...written(row), askedBy: askedBy(written(row), service) }));
  const current = currentRequest(requests, service);
  if (current === null) return null;
  return {
    current,
    earlier: requests.filter((request) => request !== current),
    wasCurrent: ({ row }, decidedOn) => wasCurrentWhenDecided(written(row), decidedOn, requests, service),
    without: ({ row }) => approvalRequests(rows, serviceId, new Set([...refusedIds, row.crmjira_budget_approvalid])),
  };
}

/** Milliseconds after which a mail that could not leave is no news any more: from then on nobody asks for it. */
const newsFor = 7 * 24 * 3_600_000;

type Subject = Owner & Pick<OpportunityFacts, 'currency' | 'approvedOn'>;

/** What the mail to the project team needs; an old approval costs no read. */
async function readTeamMail(
  client: DataverseReader,
  request: ApprovalRequest,
  { approvedOn }: Subject,
  now: string,
): Promise<Pick<ApprovalFacts, 'requesterEmail' | 'teamMail'>> {
  // An approval after the request was made is this one's: an older request's no longer counts then.
  const isSettled = approvedOn !== null && Date.parse(approvedOn) >= Date.parse(request.askedBy.on);
  const isOld = approvedOn === null || Date.parse(now) - Date.parse(approvedOn) > newsFor;
  if (isSettled && isOld) return { requesterEmail: null, teamMail: null };
  const [requesterEmail, teamMail] = await Promise.all([
    isSettled ? null : readEmail(client, request.askedBy.id),
    readMailState(client, approvalMailId(request.row.crmjira_budget_approvalid)),
  ]);
  return { requesterEmail, teamMail };
}

/** What the mail to those who can decide needs (F-105); once it was sent, a run asks for its state alone. */
async function readNotice(
  client: DataverseReader,
  environmentSettings: EnvironmentSettings,
  { row, askedBy: { id } }: ApprovalRequest,
  { amountInBase }: Pick<ApprovalFacts, 'amountInBase'>,
): Promise<RequestNotice> {
  const mail = await readMailState(client, requestMailId(row.crmjira_budget_approvalid));
  if (mail !== null) return { mail, requestedBy: '', comment: null, approvers: [] };
  const [requestedBy, deciders] = await Promise.all([
    readFullName(client, id),
    readDeciders(client, environmentSettings, amountInBase, id),
  ]);
  return {
    mail,
    requestedBy,
    comment: row.crmjira_comment,
    approvers: await Promise.all(
      deciders.map(async ({ email, id: decider }) => ({
        email,
        language: await environmentSettings.languageOf(decider),
      })),
    ),
  };
}

/** Names that a sentence lists. */
const namesAtMost = 5;

/** What opening a request again needs; asked for once in the life of a decision. */
async function readReopening(
  client: DataverseReader,
  environmentSettings: EnvironmentSettings,
  { row, askedBy: { id } }: ApprovalRequest,
  { amount, amountInBase }: ApprovalFacts,
): Promise<RequestReopening> {
  const [currencies, requesterIsEnabled, deciders] = await Promise.all([
    environmentSettings.currencies(),
    isEnabled(client, id),
    readDeciders(client, environmentSettings, amountInBase, id),
  ]);
  return {
    name: row.crmjira_name,
    comment: row.crmjira_comment,
    currencyId: row._transactioncurrencyid_value ?? currencies.idOf(amount.currency),
    requesterIsEnabled,
    deciders: deciders.slice(0, namesAtMost).map(({ id: decider, name }) => ({ id: decider, name })),
  };
}

/** Columns that the service fills, and that a client may fill when it creates the row. */
const tellsOfDecision = (row: RequestRow): boolean =>
  [
    row.crmjira_decision,
    row._crmjira_decided_by_value,
    row.crmjira_decided_on,
    row.crmjira_decision_comment,
    row.crmjira_deciders,
  ].some((value) => value !== null);

type Undecided = Omit<ApprovalFacts, 'decision' | 'reopening'>;

async function readUndecided(
  client: DataverseReader,
  environmentSettings: EnvironmentSettings,
  request: ApprovalRequest,
  opportunity: Subject,
  now: string,
): Promise<Undecided> {
  const { row } = request;
  const [currencies, { userId }, teamMail] = await Promise.all([
    environmentSettings.currencies(),
    environmentSettings.whoAmI(),
    readTeamMail(client, request, opportunity, now),
  ]);
  const currency =
    row._transactioncurrencyid_value === null
      ? opportunity.currency
      : currencies.codeOf(row._transactioncurrencyid_value);
  return {
    requestId: row.crmjira_budget_approvalid,
    amount: moneyFromDecimal(row.crmjira_amount, currency),
    amountInBase: moneyFromDecimal(row.crmjira_amount_base ?? row.crmjira_amount, currencies.base),
    requestedById: request.askedBy.id,
    requestedOn: request.askedBy.on,
    toldDecisionOn: row.crmjira_decided_on,
    isForged: row._modifiedby_value !== userId.toLowerCase() && tellsOfDecision(row),
    ...teamMail,
  };
}

/**
 * A request with its decision.
 * @param now ISO instant of the plan
 */
export async function readApproval(
  client: DataverseReader,
  environmentSettings: EnvironmentSettings,
  request: ApprovalRequest,
  opportunity: Subject,
  now: string,
): Promise<ApprovalFacts> {
  const [decision, undecided] = await Promise.all([
    readDecision(client, environmentSettings, request.row.crmjira_budget_approvalid, opportunity),
    readUndecided(client, environmentSettings, request, opportunity, now),
  ]);
  const approval: ApprovalFacts = { ...undecided, decision, reopening: null };
  if (decision === null && Date.parse(now) - Date.parse(request.row.createdon) <= newsFor)
    return { ...approval, notice: await readNotice(client, environmentSettings, request, approval) };
  const refusal = decisionRefusal(approval);
  // Only a decision that does not count is explained to anybody, and asked for here.
  if (decision === null || refusal === null) return approval;
  const refusalTold = await isRefusalTold(client, decision.id);
  const opens = refusal === 'over-limit' && !refusalTold;
  return {
    ...approval,
    decision: { ...decision, refusalTold },
    reopening: opens ? await readReopening(client, environmentSettings, request, approval) : null,
  };
}

/**
 * The last grant that holds among the requests before the current one. Where nobody has
 * asked twice, nothing is read.
 * @param now ISO instant of the plan
 * @param counts whether its requester may ask at all
 */
export async function readEarlierGrant(
  client: DataverseReader,
  environmentSettings: EnvironmentSettings,
  { earlier, wasCurrent }: ApprovalRequests,
  opportunity: Subject,
  now: string,
  counts: (request: ApprovalRequest, approval: ApprovalFacts) => Promise<boolean>,
): Promise<ApprovalFacts | null> {
  if (earlier.length === 0) return null;
  const ofThem = earlier.map(({ row }) => equalsId('_crmjira_budget_approval_id_value', row.crmjira_budget_approvalid));
  const grants = await client.many(
    tables.crmjira_budget_decision.entitySet,
    {
      select: Object.keys(grantRow.shape),
      filter: `crmjira_decision eq ${ApprovalStatus.Approved} and (${ofThem.join(' or ')})`,
      orderBy: ['createdon desc', 'versionnumber desc'],
    },
    grantRow,
  );
  for (const row of grants) {
    const request = earlier.find((one) => one.row.crmjira_budget_approvalid === row._crmjira_budget_approval_id_value);
    if (request === undefined || !wasCurrent(request, row.createdon)) continue;
    const [decision, undecided] = await Promise.all([
      toDecision(row, environmentSettings, opportunity),
      readUndecided(client, environmentSettings, request, opportunity, now),
    ]);
    const approval: ApprovalFacts = { ...undecided, decision, reopening: null };
    if (isGranted(approval) && (await counts(request, approval))) return approval;
  }
  return null;
}
