import {
  type FormOf,
  type RecordOf,
  budgetPart,
  conflictPart,
  issueSettingsPart,
  linkPart,
  projectPart,
  relatedPart,
  subjectPart,
} from '@crmjira/form-data';

/** Without these nothing is shown. */
export const PARTS = [issueSettingsPart, linkPart, conflictPart, subjectPart] as const;

/** What stands beside the links, each of which may be missing. */
export const BESIDE = [budgetPart, relatedPart, projectPart] as const;

export const ALL_PARTS = [...PARTS, ...BESIDE] as const;

export type IssuesRecord = RecordOf<typeof PARTS> & Partial<RecordOf<typeof BESIDE>>;

export interface IssuesForm extends Omit<FormOf<typeof PARTS>, 'record'> {
  readonly record: IssuesRecord | null;
}
