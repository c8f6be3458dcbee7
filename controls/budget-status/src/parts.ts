import {
  type FormOf,
  type RecordOf,
  mappingPart,
  opportunityPart,
  settingPart,
  snapshotPart,
} from '@crmjira/form-data';

/** What the control shows. The history is read for one thing: since when the budget is exceeded. */
export const PARTS = [mappingPart, opportunityPart, settingPart, snapshotPart] as const;

export type BudgetForm = FormOf<typeof PARTS>;

export type BudgetRecord = RecordOf<typeof PARTS>;
