import type { Instant, TimeRecordAction, TimeRecordFacts, TimeTrouble } from '@crmjira/domain';
import type { Logger } from 'pino';
import { type JiraSite, rememberedMyself } from '../../../clients/jira/jira-site';
import type { Timesheet } from '../../../clients/tempo/read-timesheet';
import { dayAt } from '../../../platform/daily-clock';
import { classifyError } from '../../../platform/errors/classify-error';

/** Timesheets of one Jira site, where its time is approved. */
export interface Timesheets {
  /** null: that site has none */
  of(integrationId: string): ((accountId: string, day: string) => Promise<Timesheet | null>) | null;
}

export interface Sending {
  readonly timesheets: Timesheets | null;
  readonly site: JiraSite;
  readonly integrationId: string;
  readonly logger: Pick<Logger, 'warn'>;
}

/** Whether a plan sends anything to Jira. */
const sends = (actions: readonly TimeRecordAction[]): boolean =>
  actions.some(({ kind }) => kind === 'create' || kind === 'put' || kind === 'delete');

/** When the time was worked that would come to Jira, change there, or go. */
function startsOf({ record, worklog }: TimeRecordFacts): readonly Instant[] {
  const there = worklog.kind === 'there' ? [worklog.worklog.work.started] : [];
  const wished = record?.wished === true && record.work !== null ? [record.work.started] : [];
  return [...new Set([...there, ...wished])];
}

/**
 * Why time may not be sent: its period is approved, or submitted for that. Only a plan that sends something asks. The day is that of the
 * person in Jira, under the account of their own sign-in. Where Tempo refuses the question itself, as it does without the permission to
 * view approvals, nobody's time waits for an administrator: the log says so.
 * @throws IntegrationError where Tempo does not answer
 */
export async function closedPeriod(
  actions: readonly TimeRecordAction[],
  facts: TimeRecordFacts,
  { timesheets, site, integrationId, logger }: Sending,
): Promise<TimeTrouble | null> {
  const read = timesheets?.of(integrationId) ?? null;
  if (read === null || !sends(actions)) return null;
  const { accountId, timeZone } = await rememberedMyself(site);
  if (accountId === undefined) return null;
  let open: Timesheet | null = null;
  for (const started of startsOf(facts)) {
    const day = dayAt(started, timeZone ?? 'UTC');
    if (open !== null && open.from <= day && day <= open.to) continue;
    try {
      open = await read(accountId, day);
    } catch (thrown) {
      const error = classifyError(thrown);
      if (error.errorClass === 'transient') throw error;
      logger.warn({ code: error.code, reason: error.message }, 'Tempo does not say whether a period is approved');
      return null;
    }
    if (open !== null && !open.isOpen)
      return { code: 'time-period-approved', about: `${open.from}/${open.to}`, on: null };
  }
  return null;
}
