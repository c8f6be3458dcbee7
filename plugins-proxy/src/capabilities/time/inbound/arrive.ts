import {
  type ArrivedRecord,
  type Language,
  parseSiteId,
  personOfWorklog,
  planArrival,
  SyncStatus,
  tables,
  timeRecordName,
  wholeSecond,
} from '@crmjira/domain';
import { type PlainWrite, toPlainWrite } from '../../../clients/dataverse/plain-write';
import { equalsId } from '../../../clients/dataverse/filter';
import { readShown } from '../../../clients/jira/issues/read-shown';
import { readWorklogById } from '../../../clients/jira/worklogs/worklogs';
import { siteJobKey } from '../../../queue/job-key';
import { type Job, type JobHandler, nothingToEnqueue, type Resolved, resolver } from '../../../reconciler/job-handler';
import { readInboundPeople } from '../../../connections/personal';
import { attemptWrite } from '../record/log-writes';
import { takenUpWrite } from '../record/taken-up';
import { readRecordsOfWorklogs } from '../record/records-of-worklogs';
import type { TimeParts } from '../record/time-parts';
import { arrivalKind } from '../record/time-triggers';
import { readTimeRows, shownColumns } from '../record/time-row';
import type { InboundSites } from './inbound-people';
import { hasChangedMeanwhile } from '../../../platform/errors/has-code';

/** An arrival that is looked at again, once the answer to a create must have come. */
const laterKind = 'jira-worklog-arrival-later';
/** Longer than any create is on its way, in milliseconds. */
const laterMs = 10 * 60_000;
/** Records that were changed so long ago, in milliseconds, wait for no answer of Jira any more. */
const awaitedMs = 24 * 3_600_000;

type Parts = Pick<TimeParts, 'dataverse' | 'environmentSettings' | 'now'>;

/** All in one change set: a record that is there, or was there and is deleted, refuses it whole. */
function writesOf(record: ArrivedRecord, ownerId: string, at: string, { log }: Job, language: Language) {
  const { stored, id, subject, issueKey } = record;
  const { integration, worklogId, base } = stored;
  const { correlationId, durationMs } = log();
  const row = { id, subject, issueKey, ownerId, version: 0, stored };
  const attempt = { operation: 'take', worklogId, work: base?.jira ?? null, trouble: null, keeps: null } as const;
  const takenUp = toPlainWrite(takenUpWrite(integration ?? '', worklogId ?? '', id));
  const writes: PlainWrite[] = [
    {
      ...takenUp,
      columns: {
        ...takenUp.columns,
        crmjira_correlation_id: correlationId,
        crmjira_duration_ms: Math.max(0, Math.round(durationMs)),
        crmjira_regarding_table: 'crmjira_time_record',
        crmjira_regarding_id: id,
      },
    },
    {
      op: 'create',
      collection: tables.crmjira_time_record.entitySet,
      id,
      columns: {
        crmjira_name: timeRecordName(issueKey, subject),
        crmjira_subject: subject,
        crmjira_time_in: record.timeIn,
        crmjira_time_out: record.timeOut,
        crmjira_notes: record.notes,
        crmjira_jira_issue_key: issueKey,
        crmjira_last_synced_at: wholeSecond(at),
        'ownerid@odata.bind': `/${tables.systemuser.entitySet}(${ownerId})`,
        ...shownColumns(stored, language),
      },
    },
    toPlainWrite(
      attemptWrite(row, attempt, {
        ...{ status: SyncStatus.Success, remark: null, language, comment: record.notes, at },
      }),
    ),
  ];
  return writes;
}

/** Makes a time record of a worklog that a person has logged in Jira (R-1829); read with the integration's own account. */
export function arrivalHandlers(parts: Parts, sites: InboundSites): readonly JobHandler[] {
  const { dataverse, environmentSettings, now } = parts;

  async function arrive(job: Job): Promise<Resolved> {
    const { connectionId, id: worklogId } = parseSiteId(job.id);
    const inbound = connectionId === null ? null : await sites(connectionId);
    if (inbound === null) return nothingToEnqueue('nobody takes worklogs of that site');
    const { connection, people } = inbound;
    const has = await readRecordsOfWorklogs(dataverse.batched, connection.id, [worklogId]);
    if (has.length > 0) return nothingToEnqueue('a time record has the worklog');
    const worklog = await readWorklogById(connection.site, worklogId);
    const ownerId = worklog === null ? null : personOfWorklog(people, worklog.author);
    if (worklog === null || ownerId === null) return nothingToEnqueue('the worklog is of nobody who takes theirs');
    // Its words would be shown to whoever reads the time of others in Dynamics.
    if (worklog.isLimited) return nothingToEnqueue('only a group or a role may see the worklog');
    const issue = await readShown(connection.site, worklog.issueId);
    if (issue === null || issue.isRestricted) return nothingToEnqueue('the issue of the worklog is not to be seen');
    const at = now().toISOString();
    const since = wholeSecond(new Date(Date.parse(at) - awaitedMs).toISOString());
    const alike = `(crmjira_time_in eq ${worklog.work.started} or (crmjira_base ne null and modifiedon ge ${since}))`;
    const [language, takers, records] = await Promise.all([
      environmentSettings.languageOf(ownerId),
      readInboundPeople(dataverse.batched, connection.id, connection.site.url),
      readTimeRows(
        dataverse.batched,
        `${equalsId('_owninguser_value', ownerId)} and crmjira_jira_worklog_id eq null and ${alike}`,
      ),
    ]);
    // Whoever has switched it off in this minute gets nothing any more.
    if (personOfWorklog(takers, worklog.author) !== ownerId)
      return nothingToEnqueue('the worklog is of nobody who takes theirs');
    const { key: issueKey, summary } = issue.shown;
    const seen = { ...worklog, issueKey };
    const plan = planArrival({ integration: connection.id, worklog: seen, summary, records, language }, at);
    if (plan.kind === 'none') return nothingToEnqueue(`no time record is made: ${plan.because}`);
    if (plan.kind === 'wait')
      return {
        ...nothingToEnqueue('a create on that issue is under way'),
        later: { key: siteJobKey(laterKind, connection.id, worklogId), delayMs: laterMs },
      };
    try {
      await dataverse.changeSet(writesOf(plan.record, ownerId, at, job, language));
    } catch (error) {
      if (!hasChangedMeanwhile(error)) throw error;
      return nothingToEnqueue('the worklog was taken up before');
    }
    return nothingToEnqueue('a time record was made');
  }

  return [
    resolver(arrivalKind, arrive),
    resolver(laterKind, async ({ id }) => {
      const { connectionId, id: worklogId } = parseSiteId(id);
      if (connectionId === null) return nothingToEnqueue('the key names no site');
      return { keys: [siteJobKey(arrivalKind, connectionId, worklogId)], urgent: false };
    }),
  ];
}
