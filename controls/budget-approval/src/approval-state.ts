import { moneyFromDecimal } from '@crmjira/domain';
import type { Request } from './rows/approvals';
import { isMissed } from './rows/approvals-part';
import type { BriefRecord } from './rows/brief';
import { isSince, tookEffect, whyNoEffect } from './no-effect';
import { APPROVED } from './outcomes';
import type { ViewContext } from './view-context';

/** What the control has to say; the first that holds wins. */
export type ApprovalState =
  /** cut: offline, and nothing was read before */
  | { readonly kind: 'hidden' | 'unsaved' | 'loading' | 'unread' | 'cut' }
  | {
      /**
       * own: waits for others; pending: this person may decide; watch: may only see it. expired: a decision that this person may not read has
       * used it up; recorded: the integration has not carried it out yet; refused: it never will, and where the request has no decision it is open again; conflict: another decision came first.
       */
      readonly kind: 'none' | 'own' | 'pending' | 'watch' | 'expired' | 'recorded' | 'refused' | 'conflict' | 'decided';
      readonly record: BriefRecord;
      /** the newest */
      readonly request?: Request;
      /** `crmjira_approvalstatus` */
      readonly outcome?: number;
    };

/** Milliseconds within which the integration normally carries out what was recorded. */
export const LONG_WAIT = 60_000;

export function approvalState(context: ViewContext): ApprovalState {
  const { host, form, person, attempt } = context;
  if (!host.readable || form?.failure === 'forbidden') return { kind: 'hidden' };
  if (host.recordId === null) return { kind: 'unsaved' };
  const record = form?.record;
  if (!record) {
    return { kind: isOffline(context) ? 'cut' : form?.failure || isMissed(form) ? 'unread' : 'loading' };
  }
  const { approvalStatus, approvedOn, open } = record.opportunity;
  const { approvals } = record;
  const request = approvals.requests[0];
  if (!request) return { kind: 'none', record };
  const { decision, personId, on, id } = request;
  if (decision) {
    const { outcome } = decision;
    // An answer that was lost on the way is no conflict: the decision that is there is the one that was sent.
    const isOwn = decision.personId === person.id && outcome === attempt?.outcome;
    const late = attempt?.sent === 'taken' && attempt.requestId === id && !isOwn;
    const why = whyNoEffect(decision, request, undefined, approvals.refusal, approvedOn);
    const done = tookEffect(decision, record) ? 'decided' : why ? 'refused' : 'recorded';
    return { kind: late ? 'conflict' : done, record, request, outcome };
  }
  if (request.expired) return { kind: 'expired', record, request };
  if (!approvals.decisionsReadable && approvalStatus) {
    // What the integration copied is all there is; just after a request of one's own it is about the one before.
    const isAbout = approvalStatus === APPROVED ? isSince(approvedOn, on) : !isJustAsked(context);
    if (approvalStatus >= APPROVED && isAbout) return { kind: 'decided', record, request, outcome: approvalStatus };
  }
  const mayDecide = person.mayDecide && approvals.decisionsReadable && open;
  const kind = !mayDecide ? 'watch' : approvals.refusal ? 'refused' : 'pending';
  return { kind: personId === person.id ? 'own' : kind, record, request };
}

export function isOffline({ host, form }: ViewContext): boolean {
  return host.offline || form?.failure === 'offline';
}

/** Whether this person has asked from here within the time that the integration normally needs. */
export function isJustAsked({ attempt }: ViewContext): boolean {
  return !!attempt && !attempt.outcome && /^sen/.test(attempt.sent) && Date.now() - attempt.at < LONG_WAIT;
}

/** Whether the form holds a budget amount that is not in the row: a request is about the row's (F-102). */
export function isUnsaved({ typed }: ViewContext, { opportunity }: BriefRecord): boolean {
  if (typed === undefined) return false;
  const { budgetAmount, currency } = opportunity;
  const shown = typed === null ? null : moneyFromDecimal(typed, currency.code).minor;
  return shown !== (budgetAmount?.minor ?? null);
}

/** Whether what was sent from here is on its way, or not in the rows that were read since: nothing else can be sent (F-119). */
export function isUnread({ attempt }: ViewContext, request: Request | undefined): boolean {
  if (attempt?.sent === 'sending') return true;
  if (attempt?.sent !== 'sent' || attempt.requestId !== (request?.id ?? '')) return false;
  return !attempt.outcome || !request?.decision;
}
