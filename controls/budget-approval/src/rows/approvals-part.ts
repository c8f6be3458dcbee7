import { type FormOf, type Part, currencyPart, opportunityPart } from '@crmjira/form-data';
import { tookEffect } from '../no-effect';
import { type Approvals, readApprovals } from './approvals';
import type { AskedApprovers } from './approvers';
import { BRIEF_PARTS, type BriefRecord } from './brief';

type ApprovalsPart = Part<'approvals', Approvals, BriefRecord>;

/** For whom they are read. */
interface Reader {
  readonly id: string;
  readonly mayDecide: boolean;
}

/** Requests and decisions as one person may read them. */
function approvalsPart({ id, mayDecide }: Reader): ApprovalsPart {
  const asked: AskedApprovers = {};
  return {
    name: 'approvals',
    select: '',
    needs: [currencyPart, opportunityPart],
    watches: 'crmjira_opportunity_budget_approval',
    apart: true,
    read: (desk, known) =>
      readApprovals(desk, known.currencies, mayDecide, id, (decision) => tookEffect(decision, known), asked),
  };
}

/** The parts of the control: what an approval is decided by, and what has been asked and decided. */
export const partsFor = (reader: Reader) => [...BRIEF_PARTS, approvalsPart(reader)] as const;

export type ApprovalForm = FormOf<ReturnType<typeof partsFor>>;

/** Whether the newest reading of requests and decisions failed, whatever became of the others. */
export const isMissed = (form: ApprovalForm | null): boolean | undefined => form?.missed.includes('approvals');
