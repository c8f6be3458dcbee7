/** Bytes, gzip -9, that the bundle of each control may have. */
export const CONTROL_LIMITS: Readonly<Record<string, number>> = {
  'budget-approval': 10_240,
  'budget-burn': 16_384,
  'budget-status': 10_240,
  'jira-project': 10_240,
  portfolio: 10_240,
};

/** Controls that do not keep to their limit yet, with the size that they may not grow beyond. */
export const STILL_OVER: Readonly<Record<string, number>> = { 'budget-approval': 11_250 };
