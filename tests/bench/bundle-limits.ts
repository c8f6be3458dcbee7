/** Bytes, gzip -9, that the bundle of each control may have. */
export const CONTROL_LIMITS: Readonly<Record<string, number>> = {
  'budget-approval': 10_240,
  'budget-burn': 16_384,
  'budget-status': 10_240,
  'jira-project': 10_240,
  portfolio: 10_240,
};
