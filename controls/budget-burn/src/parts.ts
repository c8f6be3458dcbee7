import {
  type FormOf,
  type RecordOf,
  commandPart,
  mappingPart,
  opportunityPart,
  settingPart,
  snapshotPart,
} from '@crmjira/form-data';

/** What the control shows. */
export const PARTS = [commandPart, mappingPart, opportunityPart, settingPart, snapshotPart] as const;

export type BudgetForm = FormOf<typeof PARTS>;

export type BudgetRecord = RecordOf<typeof PARTS>;
