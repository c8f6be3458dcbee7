import type { UserFormat, Words } from '@crmjira/form-data';
import type { BudgetForm } from './parts';
import type { ProjectView } from './project-view';
import type { StringKey } from './generated/string-keys';

/** What the person may do besides reading, as far as the client knows. */
export interface Permissions {
  readonly mayCommand: boolean;
  /** the client knows of no reason why an administrator's command would be refused */
  readonly mayRelease: boolean;
  readonly mayReadLog: boolean;
  readonly mayReadReport: boolean;
  /** the client can open the dialog in which a project is chosen */
  readonly mayLink: boolean;
}

/** The words, formats and rights of one person, and what the form knows. */
export interface ViewContext {
  readonly say: Words<StringKey>;
  readonly format: UserFormat;
  readonly form: BudgetForm | null;
  readonly permissions: Permissions;
}

/** What one state draws beyond title and width. */
export type Part = Partial<ProjectView>;
