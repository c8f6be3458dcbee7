/** How often an item is due (R-1501 to R-1504). */
export const rhythms = ['daily', 'weekly', 'monthly'] as const;
export type Rhythm = (typeof rhythms)[number];

/** One item of the maintenance plan: a job that runs, or something a person does and signs (R-1505). */
export interface ChecklistItem {
  readonly id: string;
  readonly rhythm: Rhythm;
  readonly title: string;
  readonly by: 'job' | 'sign-off';
  readonly requirement: string;
  /** What a finding leads to (R-1508). */
  readonly action: string;
}

/** The whole plan. None of it is only prose: a job has a result row, the rest a signature (R-1505). */
export const checklist = [
  {
    id: 'flow-health',
    rhythm: 'daily',
    title: 'Runs that failed for good',
    by: 'job',
    requirement: 'R-1501',
    action:
      'Retry them from the list: "crmjira dead-letters list", put right what it names, "crmjira dead-letters retry --all".',
  },
  {
    id: 'gateway-status',
    rhythm: 'daily',
    title: 'Way to Jira',
    by: 'job',
    requirement: 'R-1501',
    action: 'Restart the gateway service as docs/troubleshooting.md says; if that does not help, the network team.',
  },
  {
    id: 'budget-accuracy',
    rhythm: 'daily',
    title: 'Reconciliation of every mapping, to the cent',
    by: 'job',
    requirement: 'R-1501',
    action:
      'The differences stand in the reconciliation report: "crmjira drift"; those a person must decide are in the view Discrepancies.',
  },
  {
    id: 'error-log',
    rhythm: 'daily',
    title: 'Errors of the last 24 hours',
    by: 'job',
    requirement: 'R-1502',
    action: 'An error of three days running is escalated to the development team by a task.',
  },
  {
    id: 'performance',
    rhythm: 'daily',
    title: 'Response time and throughput against the days before',
    by: 'job',
    requirement: 'R-1502',
    action: 'Walk "crmjira doctor --symptom slow".',
  },
  {
    id: 'departed-people',
    rhythm: 'daily',
    title: 'Personal connections of people who have left',
    by: 'job',
    requirement: 'R-1801',
    action: 'Their tokens are deleted; the rows stay and say why.',
  },
  {
    id: 'certificates',
    rhythm: 'weekly',
    title: 'Certificates that end within 30 days',
    by: 'job',
    requirement: 'R-1503',
    action: 'A renewal task is made for each.',
  },
  {
    id: 'token-rotation',
    rhythm: 'weekly',
    title: 'Tokens and secrets that end within 7 days',
    by: 'job',
    requirement: 'R-1503',
    action: 'A renewal task is made for each; docs/troubleshooting.md, token expired.',
  },
  {
    id: 'log-archive',
    rhythm: 'weekly',
    title: 'Log rows older than 90 days into the archive',
    by: 'job',
    requirement: 'R-1503',
    action: 'What could not be archived or removed is named by "crmjira retention run --dry-run".',
  },
  {
    id: 'test-records',
    rhythm: 'weekly',
    title: 'Removal of test records',
    by: 'job',
    requirement: 'R-1503',
    action: 'Refused in production; elsewhere what could not be removed is left to an administrator.',
  },
  {
    id: 'growth',
    rhythm: 'monthly',
    title: 'Usage and growth',
    by: 'job',
    requirement: 'R-1504',
    action: 'A task proposes scaling.',
  },
  {
    id: 'tuning',
    rhythm: 'monthly',
    title: 'Slowest side of the month',
    by: 'job',
    requirement: 'R-1504',
    action: 'A task names the bottleneck to be tuned.',
  },
  {
    id: 'backup-restore',
    rhythm: 'monthly',
    title: 'Backup of the configuration, read back and compared',
    by: 'job',
    requirement: 'R-1504',
    action: 'What a restore would change is listed by "crmjira restore --dry-run" with --file.',
  },
  {
    id: 'compliance-report',
    rhythm: 'monthly',
    title: 'Compliance report of the month before',
    by: 'job',
    requirement: 'R-1222',
    action: 'Read it with "crmjira compliance-report" and --month; what is open in it is to be closed.',
  },
  {
    id: 'gateway-failover',
    rhythm: 'monthly',
    title: 'Failover test of the gateway',
    by: 'sign-off',
    requirement: 'R-1504',
    action: 'Do the test, update the recovery document, then "crmjira sign-off gateway-failover" with --by and --note.',
  },
  {
    id: 'disaster-recovery',
    rhythm: 'monthly',
    title: 'Recovery document reviewed',
    by: 'sign-off',
    requirement: 'R-1504',
    action: 'Review it, then "crmjira sign-off disaster-recovery" with --by and --note.',
  },
  {
    id: 'api-changes',
    rhythm: 'monthly',
    title: 'Changelogs of the Jira APIs read',
    by: 'sign-off',
    requirement: 'R-1837',
    action:
      'Read developer.atlassian.com/changelog, and the release notes of a Data Center; note what ends and when, then "crmjira sign-off api-changes" with --by and --note.',
  },
] as const satisfies readonly ChecklistItem[];
export type ChecklistItemId = (typeof checklist)[number]['id'];

/**
 * Name of the period that a day belongs to: the day itself, the Monday of its week, or its month. Pure.
 * @param day `YYYY-MM-DD`
 */
export function periodOf(rhythm: Rhythm, day: string): string {
  if (rhythm === 'daily') return day;
  if (rhythm === 'monthly') return day.slice(0, 7);
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}
