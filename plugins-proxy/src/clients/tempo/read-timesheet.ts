import { z } from 'zod';
import type { HttpClient } from '../../platform/http-client/http-client';
import { path } from '../../platform/http-client/path';

const answer = z.object({
  period: z.object({ from: z.iso.date(), to: z.iso.date() }),
  status: z.object({ key: z.string() }),
});

/** A timesheet of a person: a period of theirs, and whether it may still be changed. */
export interface Timesheet {
  /** First and last day, `yyyy-MM-dd`. */
  readonly from: string;
  readonly to: string;
  /** Neither approved nor waiting for that. A word that is not known here keeps nobody from sending. */
  readonly isOpen: boolean;
}

/** Submitted for approval, by both of its names; or approved. */
const closed: ReadonlySet<string> = new Set(['IN_REVIEW', 'WAITING_FOR_APPROVAL', 'APPROVED']);

/** The timesheet of the period that a day is in; null: Tempo keeps none of that person. */
export async function readTimesheet(http: HttpClient, accountId: string, day: string): Promise<Timesheet | null> {
  const found = await http.find({
    method: 'GET',
    path: path`/4/timesheet-approvals/user/${accountId}`,
    query: { from: day },
    schema: answer,
  });
  return found === null ? null : { ...found.period, isOpen: !closed.has(found.status.key) };
}
