import {
  type ApprovalFacts,
  type Asker,
  isDecidedBeforeWin,
  isGranted,
  isTakenOver,
  type MappingFacts,
  type OpportunityFacts,
  refusedRequest,
  type RefusedRequest,
  tables,
} from '@crmjira/domain';
import { z } from 'zod';
import { instant } from '../../../clients/dataverse/columns';
import { equalsId } from '../../../clients/dataverse/filter';
import type { DataverseReader } from '../../../clients/dataverse/reader';
import type { EnvironmentSettings } from '../../../connections/environment/environment-settings';
import { type ApprovalRequest, type ApprovalRequests, readApproval, readEarlierGrant } from './read-approval';

/** What the plan is told of the requests for approval. */
export interface JudgedRequests {
  readonly approval: ApprovalFacts | null;
  readonly earlierGrant: ApprovalFacts | null;
  /** those that do not count, to be told so */
  readonly refusedRequests: readonly RefusedRequest[];
}

/** What the judgement goes by. */
export interface JudgedRecord {
  readonly opportunity: OpportunityFacts;
  readonly mapping: MappingFacts | null;
  readonly askerOf: (userId: string) => Promise<Asker>;
  readonly serviceId: string;
  /** ISO instant of the plan */
  readonly now: string;
}

const closeRow = z.object({ createdon: instant });

/** When an opportunity was closed last; its own column has no time of day. */
async function readClosedOn(client: DataverseReader, opportunityId: string): Promise<string | null> {
  const filter = equalsId('_opportunityid_value', opportunityId);
  const query = { select: ['createdon'], filter, orderBy: ['createdon desc'], top: 1 };
  const [row] = await client.many(tables.opportunityclose.entitySet, query, closeRow);
  return row?.createdon ?? null;
}

/** What the opportunity shows already was judged when it was taken over: rights that were lost since do not undo it. */
const isSettled = (approval: ApprovalFacts, opportunity: OpportunityFacts): boolean => {
  const { decision } = approval;
  if (decision === null) return false;
  return isGranted(approval)
    ? isTakenOver(approval, opportunity)
    : opportunity.approvalStatus === decision.outcome || decision.refusalTold;
};

/**
 * The request that counts, and the last grant before it. A request that somebody had no right to make, of nothing, or of another amount
 * than the row's, or that was undecided when the opportunity was closed, is passed over as if it had not been made (F-307, F-318, F-102).
 */
export async function judgeRequests(
  client: DataverseReader,
  environmentSettings: EnvironmentSettings,
  requests: ApprovalRequests,
  record: JudgedRecord,
): Promise<JudgedRequests> {
  const { opportunity, mapping, askerOf, serviceId, now } = record;
  // By id: one may be come upon as an earlier grant first, then as the current request.
  const refused = new Map<string, RefusedRequest>();
  const isOwn = ({ row }: ApprovalRequest): boolean => row._createdby_value === serviceId.toLowerCase();
  // A request that was opened again was judged when that person made it.
  const asker = async (request: ApprovalRequest): Promise<Asker> =>
    isOwn(request) ? { isService: true, mayWrite: true } : askerOf(request.askedBy.id);
  const counts = async (request: ApprovalRequest, approval: ApprovalFacts): Promise<boolean> => {
    if (isSettled(approval, opportunity)) return true;
    const [by, closedOn] = await Promise.all([
      asker(request),
      opportunity.state === 'won' && approval.decision !== null ? readClosedOn(client, opportunity.id) : null,
    ]);
    const need = refusedRequest(
      approval,
      by,
      opportunity,
      mapping,
      isDecidedBeforeWin(approval, opportunity, mapping, closedOn),
    );
    if (need === null) return true;
    const language = await environmentSettings.languageOf(request.askedBy.id);
    const { requestId: id, amount, requestedById } = approval;
    refused.set(id, { id, need, amount, requestedById, language });
    return false;
  };
  let left: ApprovalRequests | null = requests;
  while (left !== null) {
    const { current } = left;
    const { approvedOn } = opportunity;
    const isLikelySettled = approvedOn !== null && Date.parse(approvedOn) >= Date.parse(current.askedBy.on);
    const [approval, earlierGrant] = await Promise.all([
      readApproval(client, environmentSettings, current, opportunity, now),
      readEarlierGrant(client, environmentSettings, left, opportunity, now, counts),
      // Beforehand, with what is read of the request: so it costs no request of its own.
      isLikelySettled ? null : asker(current),
    ]);
    if (await counts(current, approval)) return { approval, earlierGrant, refusedRequests: [...refused.values()] };
    left = left.without(current);
  }
  return { approval: null, earlierGrant: null, refusedRequests: [...refused.values()] };
}
