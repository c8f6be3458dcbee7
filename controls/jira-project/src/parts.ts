import { type FormOf, type RecordOf, commandPart, mappingPart, opportunityPart, settingPart } from '@crmjira/form-data';

/** What the control shows. */
export const PARTS = [commandPart, mappingPart, opportunityPart, settingPart] as const;

export type BudgetForm = FormOf<typeof PARTS>;

export type BudgetRecord = RecordOf<typeof PARTS>;
