import { tables, wholeSecond } from '@crmjira/domain';
import { path } from '../../../platform/http-client/path';
import type { PlainWrite } from '../../../clients/dataverse/plain-write';
import { readShownIssue, type SeenIssue, shownFieldNames } from '../../../clients/jira/issues/shown-issue';
import type { JiraSite } from '../../../clients/jira/jira-site';
import { issueAnswer } from '../../../clients/jira/wire/answers';
import { classifyError } from '../../../platform/errors/classify-error';
import { IntegrationError } from '../../../platform/errors/integration-error';
import { isMirrored, readProjectRows, type StoredProject } from '../discovery/project-rows';
import { loggedRun, type RunOutcome, type WantedRun } from './logged-run';
import type { MirrorRow } from './mirror-columns';
import { goneWrite, leaveWrite, type MirrorWrite, mirrorWrite } from './mirror-write';
import { type PlannedSearch, planMirror, projectJql } from './plan-mirror';
import { lastRunOf, type MirrorSettings, readMirrorOf, readMirrorOfProject, readMirrorSettings } from './read-mirror';
import type { CountedSides } from './run-cost';
import type { RunCounts } from '../../../reconciler/sync-log';

/** Issues that are compared and written together: a page of a search. */
const issuesAtOnce = 100;

/** How a run shares the process and both sides with what people wait for. */
export interface RunControl {
  /** Called between two pages, with the milliseconds that the last one took; events have the sides to themselves meanwhile. */
  readonly rest: (tookMs: number) => Promise<unknown>;
  readonly isStopped: () => boolean;
  /** Told after each page. @param issues read so far */
  readonly onPage?: (project: string, issues: number) => void;
  /** Milliseconds that never jump; left out: the machine's. */
  readonly clock?: () => number;
}

/** Reads one issue; null: it is not there, or not to be seen. */
export async function readIssue({ http, profile }: JiraSite, issueId: string): Promise<SeenIssue | null> {
  const found = await http.find({
    method: 'GET',
    path: profile.api + path`/issue/${issueId}`,
    query: { fields: shownFieldNames.join(',') },
    schema: issueAnswer,
  });
  return found === null ? null : readShownIssue(found);
}

/** A run under way. */
class Run {
  readonly counts = { processed: 0, changed: 0, removed: 0, failed: 0 };
  /** The first row that could not be written. */
  refused: IntegrationError | null = null;

  constructor(
    private readonly sides: CountedSides,
    private readonly connectionId: string,
    /** Those that are mirrored. */
    private readonly projects: readonly StoredProject[],
    private readonly settings: MirrorSettings,
    private readonly dryRun: boolean,
    private readonly control: RunControl,
  ) {}

  private place(project: StoredProject) {
    return { connectionId: this.connectionId, siteUrl: this.sides.site.url, projectRowId: project.rowId };
  }

  /** Writes together what can be; a row that Dataverse refuses keeps none of the others back. */
  private async write(writes: readonly PlainWrite[]): Promise<void> {
    if (this.dryRun) return;
    for (let start = 0; start < writes.length; start += this.settings.batchSize) {
      const batch = writes.slice(start, start + this.settings.batchSize);
      try {
        await this.sides.dataverse.changeSet(batch);
      } catch (thrown) {
        if (classifyError(thrown).errorClass !== 'permanent') throw thrown;
        for (const write of batch) await this.writeAlone(write);
      }
    }
  }

  private async writeAlone(write: PlainWrite): Promise<void> {
    try {
      await this.sides.dataverse.changeSet([write]);
    } catch (thrown) {
      const error = classifyError(thrown);
      if (error.errorClass !== 'permanent') throw error;
      this.counts.failed += 1;
      this.refused ??= error;
    }
  }

  private async apply(found: readonly (MirrorWrite | null)[]): Promise<void> {
    const writes = found.filter((one) => one !== null);
    const before = this.counts.failed;
    await this.write(writes.map(({ write }) => write));
    this.counts.removed += writes.filter(({ what }) => what === 'removed').length;
    this.counts.changed += writes.filter(({ what }) => what === 'changed').length - (this.counts.failed - before);
  }

  /** Reads a search page by page, at most so many issues. */
  private async search(
    jql: string,
    what: string,
    limit: number,
    take: (page: readonly SeenIssue[]) => Promise<void>,
  ): Promise<void> {
    const { control, sides } = this;
    const clock = control.clock ?? (() => performance.now());
    let page: SeenIssue[] = [];
    let [read, startedAt] = [0, clock()];
    const flush = async (isLast: boolean): Promise<void> => {
      if (page.length > 0) await take(page);
      this.counts.processed += page.length;
      page = [];
      control.onPage?.(what, read);
      // Also after the last page: the next project's begins at once.
      if (control.isStopped())
        throw new IntegrationError('The run was stopped before its end.', {
          code: 'interrupted',
          errorClass: 'transient',
        });
      if (!isLast) await control.rest(clock() - startedAt);
      startedAt = clock();
    };
    for await (const issue of sides.site.profile.search(sides.site.http, jql, shownFieldNames)) {
      page.push(readShownIssue(issue));
      read += 1;
      if (read >= limit) break;
      if (page.length >= issuesAtOnce) await flush(false);
    }
    await flush(true);
  }

  /** Brings all rows of a project into agreement, up to the limit. */
  async fill(project: StoredProject, startedAt: Date): Promise<void> {
    const place = this.place(project);
    const stored = await readMirrorOfProject(this.sides.dataverse, project.rowId);
    const seen = new Set<string>();
    let oldest = '';
    await this.search(projectJql(project), project.key, this.settings.limit, async (page) => {
      // A page may repeat what has changed while the pages were read.
      const fresh = page.filter(({ shown }) => !seen.has(shown.issueId));
      for (const { shown, updated } of fresh) {
        seen.add(shown.issueId);
        oldest = updated ?? oldest;
      }
      await this.apply(fresh.map((issue) => mirrorWrite(issue, stored.get(issue.shown.issueId), place)));
    });
    const isWhole = seen.size < this.settings.limit;
    const missing = [...stored.values()].filter(
      // What is older than the last issue within the limit was not asked for.
      ({ issueId, deleted, updated }) => !seen.has(issueId) && !deleted && (isWhole || (updated ?? '') >= oldest),
    );
    for (const row of missing) await this.apply([await this.missed(row)]);
    if (this.dryRun) return;
    await this.write([
      {
        op: 'update',
        collection: tables.crmjira_jira_project.entitySet,
        id: project.rowId,
        columns: { crmjira_last_sync_on: wholeSecond(startedAt.toISOString()) },
      },
    ]);
  }

  /** An issue that its project's search did not show: deleted, moved away, or passed over by a slow index. */
  private async missed(row: MirrorRow): Promise<MirrorWrite | null> {
    const seen = await readIssue(this.sides.site, row.issueId);
    if (seen === null) return goneWrite(row);
    const project = this.projects.find(({ id }) => id === seen.shown.projectId);
    return project === undefined ? leaveWrite(row) : mirrorWrite(seen, row, this.place(project));
  }

  /** Takes what has changed in some projects. */
  async follow({ projects, jql }: PlannedSearch): Promise<void> {
    const byId = new Map(projects.map((project) => [project.id, project]));
    const limit = this.settings.limit * projects.length;
    await this.search(jql, projects.map(({ key }) => key).join(', '), limit, async (page) => {
      const ids = page.map(({ shown }) => shown.issueId);
      const stored = await readMirrorOf(this.sides.dataverse, this.connectionId, ids);
      await this.apply(
        page.map((issue) => {
          const project = byId.get(issue.shown.projectId);
          return project === undefined
            ? null
            : mirrorWrite(issue, stored.get(issue.shown.issueId), this.place(project));
        }),
      );
    });
  }

  /** Does what is about one project; that Jira refuses it, as it is gone, keeps the others from nothing. */
  async alone(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      const error = classifyError(thrown);
      if (error.errorClass !== 'permanent') throw error;
      this.counts.failed += 1;
      this.refused ??= error;
    }
  }
}

/** What a run is about to read. */
export interface PlannedRun {
  readonly settings: MirrorSettings;
  /** Projects of the connection that are known. */
  readonly known: number;
  /** Those whose issues are mirrored. */
  readonly projects: readonly StoredProject[];
  readonly plan: ReturnType<typeof planMirror>;
}

/** Reads the rows that say what a run over a connection has to do. */
export async function planRun(
  { dataverse }: Pick<CountedSides, 'dataverse'>,
  connectionId: string,
  now: Date,
  force = false,
): Promise<PlannedRun> {
  const [settings, projects, lastRun] = await Promise.all([
    readMirrorSettings(dataverse, connectionId),
    readProjectRows(dataverse, connectionId),
    lastRunOf(dataverse, 'Issue mirror', connectionId),
  ]);
  const { intervalMinutes } = settings;
  return {
    settings,
    known: projects.length,
    projects: projects.filter(isMirrored),
    plan: planMirror(projects, lastRun, now, { force, intervalMinutes }),
  };
}

/** What a run over a connection came to. */
export interface Mirrored extends RunCounts {
  readonly projects: number;
}

/**
 * Brings the issues of a connection's offered projects into agreement with Jira (R-1702), and keeps a row of the run.
 * @param force everything is read whole, not only what has changed
 * @throws IntegrationError what ended it
 */
export function mirrorIssues(
  wanted: Omit<WantedRun, 'what'>,
  control: RunControl,
  force = false,
): Promise<RunOutcome<Mirrored>> {
  const { connection, isDryRun, now } = wanted;
  return loggedRun({ ...wanted, what: 'Issue mirror' }, async (sides) => {
    const startedAt = now();
    const { settings, projects, plan } = await planRun(sides, connection.id, startedAt, force);
    const run = new Run(sides, connection.id, projects, settings, isDryRun, control);
    for (const search of plan.changes)
      await run.follow(search).catch(async (thrown: unknown) => {
        // Jira refuses a search that names a project which it does not know any more.
        if (classifyError(thrown).errorClass !== 'permanent') throw thrown;
        for (const one of search.each()) await run.alone(() => run.follow(one));
      });
    for (const project of plan.fills) await run.alone(() => run.fill(project, startedAt));
    const { counts } = run;
    return { result: { ...counts, projects: projects.length }, counts, refused: run.refused };
  });
}

/** As `mirrorIssues`, of one project, which is read whole. */
export function mirrorProject(
  wanted: Omit<WantedRun, 'what'>,
  control: RunControl,
  project: StoredProject,
): Promise<RunOutcome<Mirrored>> {
  const { connection, isDryRun, now } = wanted;
  return loggedRun({ ...wanted, what: 'Project sync' }, async (sides) => {
    const startedAt = now();
    const { settings, projects } = await planRun(sides, connection.id, startedAt);
    const run = new Run(sides, connection.id, projects, settings, isDryRun, control);
    await run.fill(project, startedAt);
    const { counts } = run;
    return { result: { ...counts, projects: 1 }, counts, refused: run.refused };
  });
}
