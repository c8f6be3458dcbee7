import { tables, wholeSecond } from '@crmjira/domain';
import { z } from 'zod';
import { guid } from '../../clients/dataverse/columns';
import { requestsOfAQuietDay, requestsPerProject } from '../../platform/http-client/request-estimate';
import { readSyncedMappings } from '../../inbound/polling/synced-mappings';
import { triggersOf } from '../../capabilities/register';
import type { Session } from '../session';
import { type Check, ok } from './check';

const recordRow = z.object({ crmjira_time_recordid: guid });
/** More are not compared in one look. */
const mostRecords = 10_000;

/** Time records whose worklogs are compared. */
async function recordsOfAMonth(dataverse: Session['dataverse'], now: Date): Promise<number> {
  const since = wholeSecond(new Date(now.getTime() - 31 * 24 * 3_600_000).toISOString());
  const filter = `crmjira_jira_worklog_id ne null and crmjira_last_synced_at ge ${since}`;
  const select = Object.keys(recordRow.shape);
  const { entitySet } = tables.crmjira_time_record;
  return (await dataverse.many(entitySet, { select, filter, top: mostRecords }, recordRow)).length;
}

/** What this configuration asks of both sides a day (R-2307), beside what is licensed and allowed there. */
export function requestsCheck({ config, dataverse, jira, environmentSettings }: Session, now: () => Date): Check {
  return {
    id: 'requests',
    title: 'Requests a day',
    needs: ['token', 'roles', 'environment-variables'],
    remedy: 'Check that the service can read the budget mappings.',
    look: async () => {
      const { length } = await readSyncedMappings(dataverse, jira.ids());
      const { pollIntervalMs, inbound } = config;
      const { capabilities } = await environmentSettings.settings();
      const trackedTables = triggersOf(capabilities).tracked(inbound).length;
      const worklogs = capabilities.has('time')
        ? { sites: jira.ids().length, records: await recordsOfAMonth(dataverse, now()) }
        : undefined;
      const of = { mappings: length, trackedTables, pollIntervalMs, inbound };
      const quiet = requestsOfAQuietDay(worklogs === undefined ? of : { ...of, worklogs });
      const { change, unchanged } = requestsPerProject;
      const feeds = inbound === 'none' ? ', and Jira’s feeds at each poll' : '';
      const looks =
        worklogs === undefined ? '' : `, with a look at ${worklogs.records} worklogs of a month every ten minutes`;
      return ok(
        `${length} projects in the daily sync, polled every ${pollIntervalMs / 1_000} s: about ${quiet.dataverse} to Dataverse and ${quiet.jira} to Jira without an event${feeds}${looks}, of these ${unchanged.dataverse} and ${unchanged.jira} for each project; ${change.dataverse} and ${change.jira} more for each applied change`,
      );
    },
  };
}
