import type { Jira } from '../../../../sandbox/src/jira';
import { addWorklog } from '../../../../sandbox/src/jira/operations/worklogs';
import type { JiraDelivery } from './delivery-sender';

/** How big a storm is. */
export interface StormSize {
  readonly projects: number;
  /** Deliveries with their repeats. */
  readonly deliveries: number;
  /** Processes ended with SIGKILL in its course. */
  readonly kills: number;
}

/** Share of the deliveries that repeat another one. */
const repeatedShare = 0.2;
/** Percent of the budget that a project of each kind has spent after each wave: it only rises. */
const kinds: readonly (readonly number[])[] = [
  [50, 60],
  [83, 92],
  [83, 115],
];
export const waves = 2;
/** CAD a project; its work is logged in quarters of an hour of 31.25 each. */
export const budget = 100_000;
const quartersInBudget = 3_200;
const quarterSeconds = 900;
/** Every so many worklogs one carries a rate of its own. */
const ownRateEvery = 10;
const ownRate = { rate: 180, currency: 'CAD' };
/** A delivery may go out so many places before or after its turn. */
const shuffledBy = 200;

/** Work that is logged in Jira and has a delivery of its own. */
interface Change {
  readonly projectId: string;
  readonly issueId: string;
  readonly quarters: number;
  readonly ownRate: boolean;
}

/** One wave: what happens in Jira, and what Jira says of it in which order. */
export interface Wave {
  readonly deliveries: readonly JiraDelivery[];
  /** Makes the changes up to that number, those made before excepted. */
  make(upTo: number): void;
}

/** Two issues for each project, made in Jira without anybody being told. */
export interface StormProject {
  readonly projectId: string;
  readonly issueIds: readonly string[];
}

/** Worklogs of one wave, so that each project ends at its kind's share of the budget. */
function changesOf(projects: readonly StormProject[], wave: number, perProject: number): Change[] {
  const rounds = Array.from({ length: perProject }, (_, round) => round);
  return rounds.flatMap((round) =>
    projects.map(({ projectId, issueIds }, index): Change => {
      const ends = kinds[index % kinds.length] ?? [0];
      const percent = (ends[wave] ?? 0) - (ends[wave - 1] ?? 0);
      const quarters = Math.floor((quartersInBudget * percent) / 100 / perProject);
      const issueId = issueIds[round % issueIds.length] ?? '';
      return { projectId, issueId, quarters, ownRate: round % ownRateEvery === ownRateEvery - 1 };
    }),
  );
}

function makeChange(jira: Jira, change: Change): void {
  const { site } = jira;
  const issue = site.issues.get(change.issueId);
  const [actor] = site.users.all();
  if (issue === undefined || actor === undefined) throw new Error(`Jira has no issue ${change.issueId}`);
  addWorklog({ site, edition: 'cloud', version: 3 }, actor, issue, {
    timeSpentSeconds: change.quarters * quarterSeconds,
    started: '2025-01-20T09:00:00.000+0000',
    ...(change.ownRate ? { properties: [{ key: 'crmjira.billing', value: ownRate }] } : {}),
  });
}

/** What Jira says of a change: the worklog, and now and then its issue as well. */
function bodiesOf(change: Change, second: boolean): Record<string, unknown>[] {
  const worklog = { webhookEvent: 'worklog_created', worklog: { issueId: change.issueId } };
  const issue = { id: change.issueId, fields: { project: { id: change.projectId } } };
  return second ? [worklog, { webhookEvent: 'jira:issue_updated', issue }] : [worklog];
}

/** Repeats one in so many and moves each delivery a little, never before what it tells of. */
function disorder(deliveries: readonly JiraDelivery[], repeats: number, random: () => number): JiraDelivery[] {
  const chosen = Array.from({ length: repeats }, () => deliveries[Math.floor(random() * deliveries.length)]);
  const all = [...deliveries, ...chosen.filter((one) => one !== undefined)];
  const places = new Map(deliveries.map((one, place) => [one.identifier, place]));
  return all
    .map((one) => ({ one, place: (places.get(one.identifier) ?? 0) + (random() - 0.5) * 2 * shuffledBy }))
    .sort((a, b) => a.place - b.place)
    .map(({ one }) => one);
}

/** Plans the waves of a storm; the same seed plans the same. */
export function planWave(
  jira: Jira,
  projects: readonly StormProject[],
  size: StormSize,
  wave: number,
  random: () => number,
): Wave {
  const sent = Math.round(size.deliveries / waves);
  const repeats = Math.round(sent * repeatedShare);
  const distinct = sent - repeats;
  // Two deliveries for most worklogs; what is left over has one.
  const perProject = Math.max(1, Math.ceil(distinct / 2 / projects.length));
  const changes = changesOf(projects, wave, perProject);
  const seconds = Math.max(0, distinct - changes.length);
  const deliveries = changes.flatMap((change, number) =>
    bodiesOf(change, number < seconds).map((body, part): JiraDelivery => ({
      identifier: `storm-${wave}-${number}-${part}`,
      // No two deliveries of a storm have the same body: that is what tells repeats.
      body: { ...body, timestamp: wave * 1_000_000 + number },
      change: number,
    })),
  );
  let made = -1;
  return {
    deliveries: disorder(deliveries, repeats, random),
    make: (upTo) => {
      for (; made < upTo; made += 1) {
        const change = changes[made + 1];
        if (change !== undefined) makeChange(jira, change);
      }
    },
  };
}
