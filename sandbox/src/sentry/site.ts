import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import {
  type Activity,
  type Actor,
  DEVELOPER,
  type IssueAction,
  type IssueStatus,
  SENTRY_ITSELF,
  type SentryIssue,
  type SentryProject,
} from './rows';

/** What an organization holds. */
interface Held {
  readonly projects: readonly SentryProject[];
  readonly issues: readonly SentryIssue[];
}

export interface SiteOptions {
  /** JSON file, or `:memory:` */
  readonly stateFile: string;
  readonly clock: () => Date;
}

/** The projects and issues of one organization of Sentry. */
export interface SentrySite {
  projects(): readonly SentryProject[];
  issues(): readonly SentryIssue[];
  issue(id: string): SentryIssue | undefined;
  isEmpty(): boolean;
  /** Writes what is there from the start; nothing is told of it. */
  seed(held: Held): void;
  /** An event comes in: of an issue that was resolved it is a regression. */
  occur(id: string, count?: number): void;
  /** An error that was never seen. @returns its issue's id */
  occurFirst(projectId: string, error: Pick<SentryIssue, 'title' | 'culprit' | 'level'>): string;
  setStatus(id: string, status: IssueStatus, actor: Actor): void;
  onEvent(listener: (action: IssueAction, issue: SentryIssue, actor: Actor) => void): void;
}

export const hourOf = (moment: Date): string => `${moment.toISOString().slice(0, 13)}:00:00Z`;

function read(file: string): Held {
  if (file === ':memory:' || !existsSync(file)) return { projects: [], issues: [] };
  return JSON.parse(readFileSync(file, 'utf8')) as Held;
}

const told: Readonly<Record<IssueStatus, { readonly action: IssueAction; readonly type: Activity['type'] }>> = {
  resolved: { action: 'resolved', type: 'set_resolved' },
  unresolved: { action: 'unresolved', type: 'set_unresolved' },
  ignored: { action: 'archived', type: 'set_ignored' },
};

const substatusOf = { resolved: null, unresolved: 'ongoing', ignored: 'archived_until_escalating' } as const;

export function createSite({ stateFile, clock }: SiteOptions): SentrySite {
  const held = read(stateFile);
  const projects = [...held.projects];
  const issues = new Map(held.issues.map((issue) => [issue.id, issue]));
  const listeners: ((action: IssueAction, issue: SentryIssue, actor: Actor) => void)[] = [];

  function save(): void {
    if (stateFile === ':memory:') return;
    writeFileSync(`${stateFile}.new`, JSON.stringify({ projects, issues: [...issues.values()] }));
    renameSync(`${stateFile}.new`, stateFile);
  }
  function put(issue: SentryIssue, action: IssueAction | null, actor: Actor): void {
    issues.set(issue.id, issue);
    save();
    if (action !== null) for (const listener of listeners) listener(action, issue, actor);
  }
  const activity = (issue: SentryIssue, type: Activity['type'], actor: Actor): readonly Activity[] => [
    { id: `${issue.id}${issue.activity.length}`, type, dateCreated: clock().toISOString(), actor },
    ...issue.activity,
  ];
  function required(id: string): SentryIssue {
    const issue = issues.get(id);
    if (issue === undefined) throw new Error(`There is no issue ${id}.`);
    return issue;
  }

  return {
    projects: () => projects,
    issues: () => [...issues.values()],
    issue: (id) => issues.get(id),
    isEmpty: () => projects.length === 0,
    seed: (all) => {
      projects.push(...all.projects);
      for (const issue of all.issues) issues.set(issue.id, issue);
      save();
    },
    occur: (id, count = 1) => {
      const issue = required(id);
      const at = clock();
      const hour = hourOf(at);
      const seen = {
        ...issue,
        lastSeen: at.toISOString(),
        events: { ...issue.events, [hour]: (issue.events[hour] ?? 0) + count },
      };
      if (issue.status !== 'resolved') return put(seen, null, SENTRY_ITSELF);
      const back = { status: 'unresolved', substatus: 'regressed' } as const;
      put(
        { ...seen, ...back, activity: activity(issue, 'set_regression', SENTRY_ITSELF) },
        'unresolved',
        SENTRY_ITSELF,
      );
    },
    occurFirst: (projectId, error) => {
      const project = projects.find(({ id }) => id === projectId);
      if (project === undefined) throw new Error(`There is no project ${projectId}.`);
      const at = clock().toISOString();
      const number = [...issues.values()].filter((issue) => issue.projectId === projectId).length + 1;
      const id = String(Math.max(5_900_000_000, ...[...issues.keys()].map(Number)) + 1);
      const bare: SentryIssue = {
        ...error,
        id,
        shortId: `${project.slug.toUpperCase()}-${number.toString(36).toUpperCase()}`,
        projectId,
        status: 'unresolved',
        substatus: 'new',
        firstSeen: at,
        lastSeen: at,
        events: { [hourOf(clock())]: 1 },
        activity: [],
      };
      put({ ...bare, activity: activity(bare, 'first_seen', SENTRY_ITSELF) }, 'created', SENTRY_ITSELF);
      return id;
    },
    setStatus: (id, status, actor = DEVELOPER) => {
      const issue = required(id);
      if (issue.status === status) return;
      const { action, type } = told[status];
      put({ ...issue, status, substatus: substatusOf[status], activity: activity(issue, type, actor) }, action, actor);
    },
    onEvent: (listener) => void listeners.push(listener),
  };
}
