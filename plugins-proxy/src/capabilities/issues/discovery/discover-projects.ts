import type { PlainWrite } from '../../../clients/dataverse/plain-write';
import { readMyself } from '../../../clients/jira/jira-site';
import { isProjectThere, readSiteProjects } from '../../../clients/jira/read-projects';
import type { CountedSides } from '../mirror/run-cost';
import { goneWrite, projectWrite, readProjectRows } from './project-rows';

/** Rows written in one change set. */
const writesAtOnce = 50;

export interface DiscoveryContext {
  readonly sides: CountedSides;
  readonly connectionId: string;
  readonly now: () => Date;
  /** Nothing is written; left out: it is. */
  readonly dryRun?: boolean;
}

/** What a look at all projects of a site came to, in projects. */
export interface Discovery {
  readonly found: number;
  /** Not known before. */
  readonly added: number;
  readonly changed: number;
  /** Known, and not to be seen any more: deleted, or without access for the account. */
  readonly gone: number;
}

/** Brings the rows of a connection's projects into agreement with Jira (R-1702). @throws IntegrationError */
export async function discoverProjects(context: DiscoveryContext): Promise<Discovery> {
  const { sides, connectionId, now, dryRun = false } = context;
  const { site, dataverse } = sides;
  // A list that is empty because nobody is signed in would make every project look deleted.
  await readMyself(site);
  const stored = new Map((await readProjectRows(dataverse, connectionId)).map((project) => [project.id, project]));
  const seen = new Set<string>();
  let [added, changed, gone] = [0, 0, 0];
  let waiting: PlainWrite[] = [];
  const flush = async (): Promise<void> => {
    const writes = waiting;
    waiting = [];
    if (writes.length > 0 && !dryRun) await dataverse.changeSet(writes);
  };
  const add = async (write: PlainWrite): Promise<void> => {
    waiting.push(write);
    if (waiting.length >= writesAtOnce) await flush();
  };
  for await (const page of readSiteProjects(site))
    for (const project of page) {
      // A page may repeat what moved while the pages were read.
      if (seen.has(project.id)) continue;
      seen.add(project.id);
      const known = stored.get(project.id);
      const write = projectWrite(connectionId, project, known, now());
      if (write === null) continue;
      if (known === undefined) added += 1;
      else changed += 1;
      await add(write);
    }
  for (const project of stored.values()) {
    if (seen.has(project.id) || project.gone || (await isProjectThere(site, project.id))) continue;
    gone += 1;
    await add(goneWrite(project));
  }
  await flush();
  return { found: seen.size, added, changed, gone };
}
