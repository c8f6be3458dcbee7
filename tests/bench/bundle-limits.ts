/** Bytes, gzip -9, that the bundle of each control may have. */
export const CONTROL_LIMITS: Readonly<Record<string, number>> = {
  'budget-approval': 12_288,
  'budget-burn': 18_432,
  'budget-status': 10_240,
  'issue-picker': 12_288,
  'jira-issues': 14_336,
  'jira-project': 12_288,
  portfolio: 12_288,
  'time-records': 12_288,
  'worklog-sync': 12_288,
};
