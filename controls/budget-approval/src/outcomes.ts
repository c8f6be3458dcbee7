import { ApprovalStatus } from '@crmjira/domain';
import type { IconName, Tone } from '@crmjira/form-data';

export const APPROVED = ApprovalStatus.Approved;
export const REJECTED = ApprovalStatus.Rejected;
export const CHANGES = ApprovalStatus.ChangesRequested;

/** Marks of each decision, by `crmjira_approvalstatus`; its name begins the keys of its texts. */
const OUTCOMES = {
  [APPROVED]: ['ok', 'Completed', 'approved'],
  [REJECTED]: ['neutral', 'Cancel', 'rejected'],
  [CHANGES]: ['warn', 'Undo', 'changes'],
} as const;

type Mark = readonly [Tone, IconName, 'approved' | 'rejected' | 'changes'];

/** Of a choice that a later release may add, only that nothing was approved is known. */
export function outcomeOf(value: number): Mark {
  return (OUTCOMES as Readonly<Record<number, Mark>>)[value] ?? OUTCOMES[REJECTED];
}
