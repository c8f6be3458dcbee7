import { setTimeout as sleep } from 'node:timers/promises';
import { SyncTrigger } from '@crmjira/domain';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import type { JiraConnections } from '../../../connections/jira/jira-connections';
import type { RunCounts } from '../../../reconciler/sync-log';
import { discoverOn } from '../discovery/discover-on';
import { mirrorIssues } from './mirror-run';

interface Parts {
  readonly dataverse: DataverseClient;
  readonly jira: Pick<JiraConnections, 'of'>;
}

interface Wanted {
  readonly integration: { readonly id: string };
  readonly mode: 'changes' | 'everything' | 'dry-run';
  readonly correlationId: string;
  readonly now: () => Date;
  readonly signal: AbortSignal;
}

/** A run of a Jira site that an administrator wants now: its projects, then the issues of those that are offered. */
export const runJira =
  ({ dataverse, jira }: Parts) =>
  async ({
    integration,
    mode,
    correlationId,
    now,
    signal,
  }: Wanted): Promise<{ counts: RunCounts; preview: unknown }> => {
    const connection = await jira.of(integration.id);
    if (connection === null) return { counts: { processed: 0, changed: 0, removed: 0, failed: 0 }, preview: null };
    const isDryRun = mode === 'dry-run';
    const wanted = { connection, dataverse, now, trigger: SyncTrigger.Manual, isDryRun, actorId: null, correlationId };
    await discoverOn(wanted);
    const { counts } = await mirrorIssues(wanted, { rest: (tookMs) => sleep(tookMs), isStopped: () => signal.aborted });
    return { counts, preview: null };
  };
