import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isDay } from '../../site/timestamps';
import type { TimesheetRow } from '../../site/rows';
import type { Site } from '../../site/site';
import { TempoError } from './tempo-error';

const params = z.object({ accountId: z.string() });
const query = z.object({ from: z.string().refine(isDay) });
const dayMs = 24 * 3_600_000;

const shifted = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
const mondayOf = (day: string): string => shifted(day, -((new Date(day).getUTCDay() + 6) % 7));

/** What people and their reviewers do with a timesheet, and what becomes of it; null: it is open. */
const actions = { submit: 'IN_REVIEW', approve: 'APPROVED', reject: null, reopen: null } as const;

/** Timesheets of a week, Monday to Sunday: asked for by any day of theirs. */
export function registerTimesheetApprovals(tempo: FastifyInstance, site: Site): void {
  function timesheetOf(request: FastifyRequest): { readonly id: string; readonly from: string } {
    const given = query.safeParse(request.query);
    if (!given.success) throw new TempoError(400, 'from must be yyyy-MM-dd');
    const { accountId } = params.parse(request.params);
    if (!site.findUser(accountId)) throw new TempoError(404, 'User not found');
    const from = mondayOf(given.data.from);
    return { id: `${accountId}/${from}`, from };
  }
  const view = (id: string, from: string) => ({
    period: { from, to: shifted(from, 6) },
    requiredSeconds: 144_000,
    status: { key: site.timesheets.get(id)?.status ?? 'OPEN' },
  });

  tempo.get('/4/timesheet-approvals/user/:accountId', (request) => {
    const { id, from } = timesheetOf(request);
    return view(id, from);
  });
  for (const [action, status] of Object.entries(actions))
    tempo.post(`/4/timesheet-approvals/user/:accountId/${action}`, (request) => {
      const { id, from } = timesheetOf(request);
      if (status === null) site.timesheets.delete(id);
      else site.timesheets.put<TimesheetRow>({ id, status });
      return view(id, from);
    });
}
