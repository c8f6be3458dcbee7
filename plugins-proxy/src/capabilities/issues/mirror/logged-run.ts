import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import type { JiraConnection } from '../../../connections/jira/jira-connection';
import { classifyError } from '../../../platform/errors/classify-error';
import type { IntegrationError } from '../../../platform/errors/integration-error';
import { type EndedRun, type RunCost, type RunCounts, syncedWrite, syncLogRow } from '../../../reconciler/sync-log';
import { type CountedSides, countSides } from './run-cost';
import { writeOnce } from '../../../clients/dataverse/write-once';

/** Who wants a run over a connection, and how. */
export interface WantedRun extends Pick<EndedRun, 'what' | 'trigger' | 'isDryRun' | 'actorId' | 'correlationId'> {
  readonly connection: JiraConnection;
  readonly dataverse: Pick<DataverseClient, 'many' | 'changeSet'>;
  readonly now: () => Date;
}

/** What the work of a run has come to. */
interface FinishedWork<T> {
  readonly result: T;
  readonly counts: RunCounts;
  /** Why the first row was refused that was left out; left out or null: none was. */
  readonly refused?: IntegrationError | null;
}

/** What a run has come to. */
export interface RunOutcome<T> {
  readonly result: T;
  readonly counts: RunCounts;
  readonly cost: RunCost;
}

const nothing: RunCounts = { processed: 0, changed: 0, removed: 0, failed: 0 };

/**
 * Does the work of a run and writes its row (`crmjira_sync_log`), also where it fails.
 * @throws IntegrationError what ended it, once the row says so
 */
export async function loggedRun<T>(
  wanted: WantedRun,
  work: (sides: CountedSides) => Promise<FinishedWork<T>>,
): Promise<RunOutcome<T>> {
  const { connection, dataverse, now } = wanted;
  const sides = countSides(connection.site, dataverse);
  const startedAt = now();
  const tell = async (counts: RunCounts, error: IntegrationError | null): Promise<void> => {
    // Its own row is one request of the run.
    const cost = sides.cost();
    const counted = { ...cost, dataverseRequests: cost.dataverseRequests + 1 };
    const row = syncLogRow({ ...wanted, startedAt, endedAt: now(), counts, cost: counted, error });
    const synced = wanted.what === 'Issue mirror' && !wanted.isDryRun && error === null;
    // The row of a run that is taken up again under its correlation id is there.
    await writeOnce(sides.dataverse, row, ...(synced ? [syncedWrite(connection.id, now())] : []));
  };
  try {
    const { result, counts, refused = null } = await work(sides);
    await tell(counts, refused);
    return { result, counts, cost: sides.cost() };
  } catch (thrown) {
    const error = classifyError(thrown, 'Jira');
    // It is taken up again where the service starts next.
    if (error.code === 'interrupted') throw error;
    // Where Dataverse is away, nobody can be told there; what ended the run is told all the same.
    await tell(nothing, error).catch(() => undefined);
    throw error;
  }
}
