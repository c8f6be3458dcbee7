import { requestsOfAQuietDay, requestsPerProject } from '../../platform/http-client/request-estimate';
import { readSyncedMappings } from '../../inbound/polling/synced-mappings';
import { triggersOf } from '../../capabilities/register';
import type { Session } from '../session';
import { type Check, ok } from './check';

/** What this configuration asks of both sides a day (R-2307), beside what is licensed and allowed there. */
export function requestsCheck({ config, dataverse, jira, environmentSettings }: Session): Check {
  return {
    id: 'requests',
    title: 'Requests a day',
    needs: ['token', 'roles', 'environment-variables'],
    remedy: 'Check that the service can read the budget mappings.',
    look: async () => {
      const { length } = await readSyncedMappings(dataverse, jira.ids());
      const { pollIntervalMs, inbound } = config;
      const trackedTables = triggersOf((await environmentSettings.settings()).capabilities).tracked(inbound).length;
      const quiet = requestsOfAQuietDay({ mappings: length, trackedTables, pollIntervalMs, inbound });
      const { change, unchanged } = requestsPerProject;
      const feeds = inbound === 'none' ? ', and Jira’s feeds at each poll' : '';
      return ok(
        `${length} projects in the daily sync, polled every ${pollIntervalMs / 1_000} s: about ${quiet.dataverse} to Dataverse and ${quiet.jira} to Jira without an event${feeds}, of these ${unchanged.dataverse} and ${unchanged.jira} for each project; ${change.dataverse} and ${change.jira} more for each applied change`,
      );
    },
  };
}
