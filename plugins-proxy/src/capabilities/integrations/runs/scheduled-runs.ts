import { randomUUID } from 'node:crypto';
import { dueRun } from '@crmjira/domain';
import {
  readActiveIntegrations,
  readSavedIntegration,
  type SavedIntegration,
  settingsHash,
} from '../../../connections/providers/saved-integration';
import type { IntegrationProvider } from '../../../connections/providers/integration-provider';
import { jobKey } from '../../../queue/job-key';
import type { Store } from '../../../queue/store/store';
import { type JobHandler, nothingToEnqueue, resolver } from '../../../reconciler/job-handler';
import { readPastRuns } from './run-rows';
import { type RunParts, runOnce } from './run-once';

const runKind = 'integration-run';

export interface ScheduleParts extends RunParts {
  readonly providers: readonly IntegrationProvider[];
}

type Judged = Pick<ScheduleParts, 'dataverse' | 'now'>;

/** Why an integration is to be run now; null: it is not. A row that was changed past the commands is not run. */
async function dueNow({ dataverse, now }: Judged, saved: SavedIntegration): Promise<ReturnType<typeof dueRun>> {
  const { id, provider, settings, secretName, testedHash, isActive, everyMinutes } = saved;
  const isTested = testedHash === settingsHash(provider.code, settings, secretName);
  if (!isActive || !isTested || everyMinutes === null) return null;
  return dueRun(await readPastRuns(dataverse, id), everyMinutes, now());
}

/** Runs what is due (R-1610, R-1613). Jira sites are followed by the mirror, which has a schedule of its own. */
export function scheduledRunHandler(parts: ScheduleParts): JobHandler {
  const { dataverse, providers, runners } = parts;
  return resolver(runKind, async ({ id, log }) => {
    const saved = await readSavedIntegration(dataverse, providers, id);
    if (saved === null || saved === 'other') return nothingToEnqueue('there is no such integration');
    const runner = runners.find(({ code, logsItself }) => code === saved.provider.code && logsItself === undefined);
    const trigger = runner === undefined ? null : await dueNow(parts, saved);
    if (runner === undefined || trigger === null) return nothingToEnqueue('no run is due');
    const ended = await runOnce(parts, runner, {
      saved,
      trigger,
      mode: 'changes',
      confirmed: null,
      actorId: null,
      correlationId: log().correlationId,
      progress: async () => undefined,
    });
    return nothingToEnqueue(ended === null ? 'another run is under way' : (ended.fault?.name ?? 'run'));
  });
}

/** Called every minute on one replica: enqueues the runs that are due, so that one of them keeps no other back. */
export async function enqueueDueRuns({
  dataverse,
  providers,
  store,
  now,
  wake,
}: Judged &
  Pick<ScheduleParts, 'providers'> & {
    readonly store: Pick<Store, 'enqueue'>;
    readonly wake: () => void;
  }): Promise<void> {
  const active = await readActiveIntegrations(dataverse, providers);
  const due: string[] = [];
  for (const saved of active)
    if (saved.provider.code !== 'jira' && (await dueNow({ dataverse, now }, saved)) !== null) due.push(saved.id);
  if (due.length === 0) return;
  const at = now().getTime();
  await store.enqueue(due.map((id) => ({ key: jobKey(runKind, id), at, correlationId: randomUUID() })));
  wake();
}
