import { EPIC_LINK, issueTypes, priorities, resolutions, statusCategories, statuses } from '../site/defaults';
import { plainText } from '../site/rich-text';
import type { IssueRow } from '../site/rows';
import type { Site } from '../site/site';
import { issueTypeById, statusById } from '../views/catalogue-views';
import { byName, some } from './query-field';
import type { QueryField, SortKey } from './query-field';

function people(site: Site) {
  return (text: string) => {
    const lower = text.toLowerCase();
    const found = site.users
      .all()
      .filter((user) =>
        [user.id, user.name, user.key, user.email, user.displayName].some((part) => part.toLowerCase() === lower),
      );
    return found.length > 0 ? found.map((user) => user.id) : null;
  };
}

function textsOf(site: Site, issue: IssueRow): string[] {
  return [
    issue.summary,
    ...some(plainText(issue.description)),
    ...some(plainText(issue.environment)),
    ...site.comments.where('issue', issue.id).flatMap((comment) => some(plainText(comment.body))),
    ...Object.values(issue.custom).filter((value) => typeof value === 'string'),
  ];
}

const keySort = (issue: IssueRow): string => {
  const dash = issue.key.lastIndexOf('-');
  return `${issue.key.slice(0, dash)} ${issue.key.slice(dash + 1).padStart(10, '0')}`;
};

/** Jira's own fields with the names that a query may give them. */
export function systemQueryFields(site: Site): readonly (readonly [names: readonly string[], field: QueryField])[] {
  const spent = (issue: IssueRow) => site.worklogs.where('issue', issue.id).reduce((sum, row) => sum + row.seconds, 0);
  const set = (
    name: string,
    read: (issue: IssueRow) => readonly string[],
    resolve: (text: string) => readonly string[] | null,
    more: { sort?: (issue: IssueRow) => SortKey; history?: string; rank?: (id: string) => SortKey } = {},
  ): QueryField => ({
    kind: 'set',
    name,
    read,
    resolve,
    sort: more.sort ?? ((issue) => read(issue)[0] ?? null),
    ...(more.history ? { history: more.history } : {}),
    ...(more.rank ? { rank: more.rank } : {}),
  });
  const userName = (id: string | null) => (id === null ? null : (site.users.get(id)?.displayName ?? null));
  const text = (name: string, read: (issue: IssueRow) => readonly string[]): QueryField => ({
    kind: 'text',
    name,
    read,
    sort: (issue) => read(issue)[0] ?? null,
  });
  const moment = (name: string, read: (issue: IssueRow) => string | null): QueryField => ({
    kind: 'moment',
    name,
    read: (issue) => some(read(issue)),
    sort: read,
  });
  const number = (name: string, read: (issue: IssueRow) => number | null, isDuration = false): QueryField => ({
    kind: 'number',
    name,
    read: (issue) => some(read(issue)),
    sort: read,
    isDuration,
  });
  const versionsNamed = (wish: string) => byName(site.versions.all())(wish);
  const versionRank = (id: string) => site.versions.get(id)?.releaseDate ?? null;
  // Data Center keeps the key of an epic in a field of its own
  const epicOf = (issue: IssueRow) => site.findIssue(String(issue.custom[EPIC_LINK] ?? ''))?.id;
  const issuesNamed = (wish: string) => {
    const issue = site.findIssue(wish);
    return issue ? [issue.id] : null;
  };
  return [
    [
      ['project'],
      set(
        'project',
        (issue) => [issue.projectId],
        (wish) => {
          const project =
            site.findProject(wish.toUpperCase()) ??
            site.projects.all().find((row) => row.name.toLowerCase() === wish.toLowerCase());
          return project && project.deletedOn === null ? [project.id] : null;
        },
        { sort: (issue) => site.projects.get(issue.projectId)?.key ?? null },
      ),
    ],
    [
      ['key', 'issuekey', 'issue', 'id', 'workitem'],
      set('key', (issue) => [issue.id], issuesNamed, {
        sort: keySort,
        rank: (id) => {
          const issue = site.issues.get(id);
          return issue ? keySort(issue) : null;
        },
      }),
    ],
    [
      ['issuetype', 'type', 'workitemtype'],
      set('issuetype', (issue) => [issue.typeId], byName(issueTypes), {
        sort: (issue) => issueTypeById(issue.typeId).name,
        history: 'issuetype',
      }),
    ],
    [['hierarchylevel'], number('hierarchyLevel', (issue) => issueTypeById(issue.typeId).level)],
    [
      ['projecttype'],
      set(
        'projectType',
        (issue) => some(site.projects.get(issue.projectId)?.typeKey),
        (wish) => [wish.toLowerCase()],
      ),
    ],
    [
      ['status'],
      set('status', (issue) => [issue.statusId], byName(statuses), {
        sort: (issue) => statuses.findIndex((status) => status.id === issue.statusId),
        history: 'status',
      }),
    ],
    [
      ['statuscategory'],
      set(
        'statusCategory',
        (issue) => [statusById(issue.statusId).categoryKey],
        (wish) => {
          const lower = wish.toLowerCase();
          const found = statusCategories.find((row) =>
            [row.key, row.name.toLowerCase(), String(row.id)].includes(lower),
          );
          return found ? [found.key] : null;
        },
      ),
    ],
    [
      ['priority'],
      set('priority', (issue) => [issue.priorityId], byName(priorities), {
        sort: (issue) => -Number(issue.priorityId),
        history: 'priority',
        rank: (id) => -Number(id),
      }),
    ],
    [
      ['resolution'],
      set(
        'resolution',
        (issue) => some(issue.resolutionId),
        (wish) => (/^unresolved$/i.test(wish) ? [] : byName(resolutions)(wish)),
        { history: 'resolution' },
      ),
    ],
    [
      ['assignee'],
      set('assignee', (issue) => some(issue.assigneeId), people(site), {
        sort: (issue) => userName(issue.assigneeId),
        history: 'assignee',
      }),
    ],
    [
      ['reporter'],
      set('reporter', (issue) => some(issue.reporterId), people(site), {
        sort: (issue) => userName(issue.reporterId),
        history: 'reporter',
      }),
    ],
    [
      ['creator'],
      set('creator', (issue) => [issue.creatorId], people(site), { sort: (issue) => userName(issue.creatorId) }),
    ],
    [
      ['worklogauthor'],
      set('worklogAuthor', (issue) => site.worklogs.where('issue', issue.id).map((row) => row.authorId), people(site)),
    ],
    [['watcher'], set('watcher', (issue) => issue.watcherIds ?? [], people(site))],
    [['watchers'], number('watchers', (issue) => issue.watcherIds?.length ?? 0)],
    [
      ['labels', 'label'],
      set(
        'labels',
        (issue) => issue.labels,
        (wish) => [wish],
      ),
    ],
    [['parent', 'parentepic'], set('parent', (issue) => some(issue.parentId), issuesNamed)],
    [['epic link'], set('Epic Link', (issue) => some(issue.parentId ?? epicOf(issue)), issuesNamed)],
    [
      ['fixversion', 'fixversions'],
      set('fixVersion', (issue) => issue.fixVersionIds, versionsNamed, { rank: versionRank }),
    ],
    [['affectedversion'], set('affectedVersion', (issue) => issue.versionIds, versionsNamed, { rank: versionRank })],
    [
      ['component', 'components'],
      set(
        'component',
        (issue) => issue.componentIds,
        (wish) => byName(site.components.all())(wish),
      ),
    ],
    [
      ['category'],
      set(
        'category',
        (issue) => some(site.projects.get(issue.projectId)?.categoryId),
        (wish) => byName(site.categories.all())(wish),
      ),
    ],
    [['summary'], text('summary', (issue) => [issue.summary])],
    [['description'], text('description', (issue) => some(plainText(issue.description)))],
    [['environment'], text('environment', (issue) => some(plainText(issue.environment)))],
    [
      ['comment'],
      text('comment', (issue) => site.comments.where('issue', issue.id).flatMap((row) => some(plainText(row.body)))),
    ],
    [
      ['worklogcomment'],
      text('worklogComment', (issue) =>
        site.worklogs.where('issue', issue.id).flatMap((row) => some(plainText(row.comment))),
      ),
    ],
    [['text'], text('text', (issue) => textsOf(site, issue))],
    [['created', 'createddate'], moment('created', (issue) => issue.createdOn)],
    [['updated', 'updateddate'], moment('updated', (issue) => issue.updatedOn)],
    [['resolved', 'resolutiondate'], moment('resolved', (issue) => issue.resolvedOn)],
    [['statuscategorychangeddate'], moment('statusCategoryChangedDate', (issue) => issue.statusChangedOn)],
    [
      ['due', 'duedate'],
      { kind: 'day', name: 'due', read: (issue) => some(issue.dueDate), sort: (issue) => issue.dueDate },
    ],
    [
      ['worklogdate'],
      {
        kind: 'day',
        name: 'worklogDate',
        read: (issue) => site.worklogs.where('issue', issue.id).map((row) => row.startedOn.slice(0, 10)),
        sort: () => null,
      },
    ],
    [['timespent'], number('timespent', (issue) => spent(issue) || null, true)],
    [['originalestimate', 'timeoriginalestimate'], number('originalEstimate', (issue) => issue.originalEstimate, true)],
    [['remainingestimate', 'timeestimate'], number('remainingEstimate', (issue) => issue.remainingEstimate, true)],
    [
      ['workratio'],
      number('workratio', (issue) =>
        issue.originalEstimate ? Math.floor((spent(issue) / issue.originalEstimate) * 100) : null,
      ),
    ],
    [['rank', 'lexorank'], number('Rank', (issue) => Number(issue.id))],
  ];
}
