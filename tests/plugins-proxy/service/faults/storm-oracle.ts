import type { Jira } from '../../../../sandbox/src/jira';

/** What Dataverse has to say of one project, computed from Jira's rows alone and from nothing of the product. */
export interface ProjectTruth {
  readonly projectId: string;
  readonly spent: number;
  readonly remaining: number;
  readonly utilization: number;
  readonly hours: number;
  /** 3 Active, 4 Over Budget */
  readonly status: 3 | 4;
  /** Levels crossed, in order: 1 warning, 2 over budget. */
  readonly alerts: readonly number[];
}

/** Cents an hour where a worklog says nothing else: `crmjira_DefaultHourlyRate` of the stand-ins. */
const centsPerHour = 12_500;
const warningPercent = 80;

function ratePerHour(jira: Jira, worklogId: string): number {
  const own = jira.site.property(`worklog/${worklogId}`, 'crmjira.billing')?.value;
  const rate = typeof own === 'object' && own !== null && 'rate' in own ? Number(own.rate) : null;
  return rate === null ? centsPerHour : Math.round(rate * 100);
}

/** Cents and seconds of every worklog of a project as Jira has them now. */
export function workOf(jira: Jira, projectId: string): { readonly cents: number; readonly seconds: number } {
  let [cents, seconds] = [0, 0];
  for (const issue of jira.site.issues.where('project', projectId))
    for (const worklog of jira.site.worklogs.where('issue', issue.id)) {
      cents += Math.round((worklog.seconds * ratePerHour(jira, worklog.id)) / 3_600);
      seconds += worklog.seconds;
    }
  return { cents, seconds };
}

/** 0 below the warning, 1 from it on, 2 above the budget. */
export function levelOf(cents: number, approvedCents: number): number {
  if (cents > approvedCents) return 2;
  return cents * 100 >= approvedCents * warningPercent ? 1 : 0;
}

/** @param levels the project's level each time everything had been taken over, in order; spending only rises */
export function truthOf(jira: Jira, projectId: string, approvedCents: number, levels: readonly number[]): ProjectTruth {
  const { cents, seconds } = workOf(jira, projectId);
  return {
    projectId,
    spent: cents / 100,
    remaining: (approvedCents - cents) / 100,
    utilization: Math.round((cents * 10_000) / approvedCents) / 100,
    hours: seconds / 3_600,
    status: cents > approvedCents ? 4 : 3,
    alerts: [...new Set(levels)].filter((level) => level > 0),
  };
}
