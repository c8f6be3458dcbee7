import type { SentryIssue, SentryProject } from './rows';
import { hourOf } from './site';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Where the organization is found. */
export interface Place {
  /** Address without a slash at its end. */
  readonly publicUrl: string;
  readonly organization: string;
}

export const permalinkOf = ({ publicUrl, organization }: Place, issue: Pick<SentryIssue, 'id'>): string =>
  `${publicUrl}/organizations/${organization}/issues/${issue.id}/`;

type Series = readonly (readonly [number, number])[];

/** Events by hour of the last day, today's hour included. */
function byHour({ events }: SentryIssue, now: Date): Series {
  const last = Date.parse(hourOf(now));
  return Array.from({ length: 24 }, (_, index) => {
    const at = last - (23 - index) * hourMs;
    return [at / 1_000, events[hourOf(new Date(at))] ?? 0] as const;
  });
}

/** Events by UTC day, today included. */
function byDay({ events }: SentryIssue, days: number, now: Date): Series {
  const counts = new Map<string, number>();
  for (const [hour, count] of Object.entries(events))
    counts.set(hour.slice(0, 10), (counts.get(hour.slice(0, 10)) ?? 0) + count);
  const today = Math.floor(now.getTime() / dayMs) * dayMs;
  return Array.from({ length: days }, (_, index) => {
    const at = today - (days - 1 - index) * dayMs;
    return [at / 1_000, counts.get(new Date(at).toISOString().slice(0, 10)) ?? 0] as const;
  });
}

export type StatsPeriod = '24h' | '14d' | '30d';

const seriesOf = (issue: SentryIssue, period: StatsPeriod, now: Date): Series =>
  period === '24h' ? byHour(issue, now) : byDay(issue, Number(period.slice(0, -1)), now);

export const projectView = (project: SentryProject) => ({
  id: project.id,
  slug: project.slug,
  name: project.name,
  platform: project.platform,
  dateCreated: project.dateCreated,
  isBookmarked: false,
  isMember: true,
  hasAccess: true,
  features: [],
  firstEvent: project.dateCreated,
  firstTransactionEvent: false,
  status: 'active',
});

/** As lists, a change and webhooks give it. @param periods of the counts beside it */
export function issueView(
  place: Place,
  issue: SentryIssue,
  project: SentryProject,
  now: Date,
  periods: readonly StatsPeriod[] = [],
): Record<string, unknown> {
  const stats = Object.fromEntries(periods.map((period) => [period, seriesOf(issue, period, now)]));
  const type = issue.title.split(':')[0] ?? issue.title;
  return {
    annotations: [],
    assignedTo: null,
    count: String(Object.values(issue.events).reduce((sum, count) => sum + count, 0)),
    culprit: issue.culprit,
    firstSeen: issue.firstSeen,
    hasSeen: false,
    id: issue.id,
    isBookmarked: false,
    isPublic: false,
    isSubscribed: false,
    issueCategory: 'error',
    issueType: 'error',
    lastSeen: issue.lastSeen,
    level: issue.level,
    logger: null,
    metadata: { type, value: issue.title.slice(type.length + 2), filename: issue.culprit },
    numComments: 0,
    permalink: permalinkOf(place, issue),
    platform: project.platform,
    project: { id: project.id, name: project.name, slug: project.slug, platform: project.platform },
    shareId: null,
    shortId: issue.shortId,
    status: issue.status,
    substatus: issue.substatus,
    statusDetails: {},
    subscriptionDetails: null,
    title: issue.title,
    type: 'error',
    userCount: 0,
    ...(periods.length === 0 ? {} : { stats }),
  };
}

/** As it is given by its id. */
export const issueDetails = (
  place: Place,
  issue: SentryIssue,
  project: SentryProject,
  now: Date,
): Record<string, unknown> => ({
  ...issueView(place, issue, project, now, ['24h', '30d']),
  activity: issue.activity.map(({ actor, ...rest }) => ({
    ...rest,
    data: {},
    user: actor.type === 'user' ? { id: actor.id, name: actor.name } : null,
  })),
  firstRelease: null,
  lastRelease: null,
  participants: [],
  pluginActions: [],
  pluginContexts: [],
  pluginIssues: [],
  seenBy: [],
  tags: [],
  userReportCount: 0,
});
