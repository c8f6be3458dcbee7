import { loggedRun, type RunOutcome, type WantedRun } from '../mirror/logged-run';
import { type Discovery, discoverProjects } from './discover-projects';

/** Discovers the projects of a connection, and keeps a row of the run. @throws IntegrationError what ended it */
export function discoverOn(wanted: Omit<WantedRun, 'what'>): Promise<RunOutcome<Discovery>> {
  const { connection, isDryRun, now } = wanted;
  return loggedRun({ ...wanted, what: 'Discover projects' }, async (sides) => {
    const result = await discoverProjects({ sides, connectionId: connection.id, now, dryRun: isDryRun });
    const counts = { processed: result.found, changed: result.added + result.changed, removed: result.gone, failed: 0 };
    return { result, counts };
  });
}
