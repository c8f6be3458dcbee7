import { costOfTime, money } from '@crmjira/domain';
import { currencies } from './currencies';
import { summariesFor } from './issue-summaries';
import { jiraPeople } from './people';
import { randomFor } from './random';
import type { OpportunityScenario, ProjectScenario } from './scenarios';
import { dayFrom, workDays } from './work-days';

export interface SimulatedIssue {
  readonly summary: string;
  readonly type: 'Story' | 'Task' | 'Bug';
  /** seconds */
  readonly estimate: number;
  /** seconds left to do now */
  readonly remaining: number;
  readonly status: 'done' | 'in-progress' | 'to-do';
  readonly assignee: number;
}

export interface SimulatedWorklog {
  readonly issue: number;
  readonly person: number;
  readonly day: string;
  /** hour of the day, UTC */
  readonly hour: number;
  readonly seconds: number;
}

/** One day of the burn history: cumulative figures at its end. */
export interface BurnDay {
  readonly day: string;
  /** minor units */
  readonly spent: number;
  readonly seconds: number;
  /** seconds */
  readonly remainingEstimate: number;
  /** 0…1 */
  readonly doneFraction: number;
}

export interface SimulatedProject {
  readonly issues: readonly SimulatedIssue[];
  readonly worklogs: readonly SimulatedWorklog[];
  readonly history: readonly BurnDay[];
  readonly startDay: string;
}

const HALF_HOUR = 1800;
const halfHours = (hours: number) => Math.max(1, Math.round(hours * 2)) * HALF_HOUR;

function makeIssues(project: ProjectScenario, totalSeconds: number, random: () => number): SimulatedIssue[] {
  const weights = Array.from({ length: project.issues }, () => 0.5 + random() * 1.5);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const estimates = weights.map((weight) => halfHours((weight / sum) * (totalSeconds / 3600)));
  const whole = estimates.reduce((total, seconds) => total + seconds, 0);
  let before = 0;
  return summariesFor(project.theme, project.issues).map((summary, index) => {
    const estimate = estimates[index] ?? HALF_HOUR;
    const share = Math.min(1, Math.max(0, (project.doneShare * whole - before) / estimate));
    before += estimate;
    const status = share > 0.97 ? 'done' : share > 0.03 ? 'in-progress' : 'to-do';
    const left = Math.round((estimate * (1 - share)) / HALF_HOUR) * HALF_HOUR;
    return {
      summary,
      type: index % 9 === 7 ? 'Bug' : index % 3 === 0 ? 'Story' : 'Task',
      estimate,
      remaining: status === 'done' ? 0 : status === 'to-do' ? estimate : left,
      status,
      assignee: project.team[index % project.team.length] ?? 0,
    };
  });
}

/** CAD an hour of a person, in the project's currency where it has no rate of its own. */
export function rateOf(opportunity: OpportunityScenario, person: number): { rate: number; own: boolean } {
  const own = opportunity.currency === 'CAD' ? jiraPeople[person]?.rate : undefined;
  return { rate: own ?? currencies[opportunity.currency].hourlyRate, own: own !== undefined };
}

/** Spreads what was worked on each started issue over the working days, in the order of the issues. */
function makeWorklogs(
  opportunity: OpportunityScenario,
  project: ProjectScenario,
  issues: readonly SimulatedIssue[],
  days: readonly string[],
  random: () => number,
): SimulatedWorklog[] {
  const budget = (opportunity.budget ?? 0) * project.spentShare;
  const meanRate =
    project.team.reduce((sum, person) => sum + rateOf(opportunity, person).rate, 0) / project.team.length;
  const started = issues
    .map((issue, index) => ({ index, worked: issue.estimate - issue.remaining }))
    .filter(({ worked }) => worked > 0);
  const planned = started.reduce((sum, { worked }) => sum + worked, 0);
  const total = (budget / meanRate) * 3600;
  const quota = started.map(({ index, worked }) => ({
    index,
    left: Math.max(HALF_HOUR, Math.round(((worked / planned) * total) / HALF_HOUR) * HALF_HOUR),
  }));
  const whole = quota.reduce((sum, { left }) => sum + left, 0);
  const worklogs: SimulatedWorklog[] = [];
  let logged = 0;
  days.forEach((day, index) => {
    // a gentle rise and fall over the project, a little different every day
    const wave = 1 + 0.35 * Math.sin((index / days.length) * Math.PI * 3);
    const rest = days.length - index;
    const wish = index === days.length - 1 ? whole - logged : ((whole - logged) / rest) * wave * (0.7 + random() * 0.6);
    let today = Math.min(whole - logged, Math.round(wish / HALF_HOUR) * HALF_HOUR);
    for (let turn = 0; today > 0 && turn < 40; turn += 1) {
      const person = project.team[turn % project.team.length] ?? 0;
      const open = quota.filter(({ left }) => left > 0);
      const target = open[Math.min(turn % 3, open.length - 1)];
      if (!target) break;
      const seconds = Math.min(target.left, today, halfHours(2 + random() * 4));
      target.left -= seconds;
      today -= seconds;
      logged += seconds;
      worklogs.push({ issue: target.index, person, day, hour: 13 + ((turn * 2) % 8), seconds });
    }
  });
  return worklogs;
}

function makeHistory(
  opportunity: OpportunityScenario,
  issues: readonly SimulatedIssue[],
  worklogs: readonly SimulatedWorklog[],
): BurnDay[] {
  const totalByIssue = new Map<number, number>();
  for (const { issue, seconds } of worklogs) totalByIssue.set(issue, (totalByIssue.get(issue) ?? 0) + seconds);
  const whole = issues.reduce((sum, { estimate }) => sum + estimate, 0);
  const loggedByIssue = new Map<number, number>();
  const days = [...new Set(worklogs.map(({ day }) => day))].sort();
  let spent = 0;
  let seconds = 0;
  return days.map((day, position) => {
    for (const worklog of worklogs.filter((row) => row.day === day)) {
      const { rate } = rateOf(opportunity, worklog.person);
      spent += costOfTime(worklog.seconds, money(Math.round(rate * 100), opportunity.currency)).minor;
      seconds += worklog.seconds;
      loggedByIssue.set(worklog.issue, (loggedByIssue.get(worklog.issue) ?? 0) + worklog.seconds);
    }
    const last = position === days.length - 1;
    const remaining = issues.reduce((sum, issue, index) => {
      if (last) return sum + issue.remaining;
      const share = (loggedByIssue.get(index) ?? 0) / (totalByIssue.get(index) ?? Infinity);
      return sum + issue.estimate - (issue.estimate - issue.remaining) * share;
    }, 0);
    return { day, spent, seconds, remainingEstimate: Math.round(remaining), doneFraction: (whole - remaining) / whole };
  });
}

/** What happened in a project from its start until its last working day. Pure: the same scenario and day give the same work. */
export function simulateWork(opportunity: OpportunityScenario, project: ProjectScenario, now: Date): SimulatedProject {
  const random = randomFor(opportunity.id);
  const startDay = dayFrom(now, -project.startedDaysAgo);
  const { hourlyRate } = currencies[opportunity.currency];
  const issues = makeIssues(project, ((opportunity.budget ?? 0) * 0.96 * 3600) / hourlyRate, random);
  const days = workDays(dayFrom(now, -project.startedDaysAgo + 2), dayFrom(now, -project.lastWorkDaysAgo));
  const worklogs = project.spentShare > 0 ? makeWorklogs(opportunity, project, issues, days, random) : [];
  return { issues, worklogs, history: makeHistory(opportunity, issues, worklogs), startDay };
}
