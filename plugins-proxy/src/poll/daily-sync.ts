import { randomUUID } from 'node:crypto';
import { BudgetStatus, MappingStatus } from '@crmjira/domain';
import { readMappedOpportunities } from '../dataverse/read/read-mapping';
import { jobKey } from '../reconcile/job-key';
import type { PollContext } from './poll-changes';

/** 06:00 where the finance people are, summer and winter (R-601). */
const dailyHour = 6;
const dailyZone = 'America/Toronto';
/** Statuses that may still cost money (R-602). */
const statuses = [BudgetStatus.Approved, BudgetStatus.Active, BudgetStatus.OverBudget];

const clock = new Intl.DateTimeFormat('en-CA', {
  timeZone: dailyZone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  hourCycle: 'h23',
});

/** The local day whose sync is due by now: today after the hour, before it yesterday. Pure. */
export function dueDay(now: Date): string {
  const parts = Object.fromEntries(clock.formatToParts(now).map((part) => [part.type, part.value]));
  const today = `${parts['year']}-${parts['month']}-${parts['day']}`;
  if (Number(parts['hour']) >= dailyHour) return today;
  return new Date(Date.parse(`${today}T12:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/** Queues every active mapping once a day; a run missed while the service was down is made up for at start. */
export async function dailySync(context: PollContext): Promise<void> {
  const day = dueDay(context.now());
  if ((await context.store.readMark('daily')) === day) return;
  const filter = `crmjira_mapping_status eq ${MappingStatus.Active} and (${statuses.map((status) => `crmjira_budget_status eq ${status}`).join(' or ')})`;
  const ids = await readMappedOpportunities(context.dataverse, filter);
  const at = context.now().getTime();
  const correlationId = randomUUID();
  await context.store.touch(ids.map((id) => ({ key: jobKey('opportunity', id), at, correlationId })));
  await context.store.writeMark('daily', day);
  context.logger.info({ day, queued: ids.length }, 'daily sync queued');
  context.wake();
}
