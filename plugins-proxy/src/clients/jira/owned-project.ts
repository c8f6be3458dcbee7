import type { JiraProjectFacts } from '@crmjira/domain';
import type { ProjectAnswer } from './wire/answers';

export type Ownership = NonNullable<JiraProjectFacts['ownership']>;

/** A project of Jira with its owner, null when nobody has claimed it. */
export interface OwnedProject {
  readonly project: ProjectAnswer;
  readonly ownership: Ownership | null;
}
