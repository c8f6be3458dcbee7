/** What a reading of a Jira site takes: issues a minute. */
const ISSUES_A_MINUTE = 220;

/** Minutes that a reading of so many issues takes, one at least. */
export const minutesToRead = (issues: number): number => Math.max(1, Math.ceil(issues / ISSUES_A_MINUTE));
