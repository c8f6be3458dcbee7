import type { Guid, Instant, IssueLinkFacts, IssuePolicy, Language, RecordFacts } from '@crmjira/domain';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import type { LinkedIssue } from '../../../clients/jira/issues/read-linked-issue';
import type { EnvironmentSettings } from '../../../connections/environment/environment-settings';
import type { JiraConnection } from '../../../connections/jira/jira-connection';
import type { JiraConnections } from '../../../connections/jira/jira-connections';
import type { MirrorRow } from '../mirror/mirror-columns';
import type { LinkedRecord } from './read-record';
import type { LinkDocument, LinkRow } from './stored-row';

/** What the module of links works with; the same for every link. */
export interface LinkParts {
  readonly dataverse: DataverseClient;
  readonly environmentSettings: Pick<EnvironmentSettings, 'settings' | 'languageOf' | 'whoAmI'>;
  readonly jira: Pick<JiraConnections, 'of'>;
  readonly policyOf: (connection: JiraConnection, table: RecordFacts['table']) => Promise<IssuePolicy>;
  readonly now: () => Date;
}

/** A row of `crmjira_jira_project`, as a link needs it. */
export interface ProjectRow {
  readonly id: Guid;
  readonly connectionId: Guid | null;
  readonly projectId: string;
  readonly key: string | null;
}

/** What Dynamics has of a link. */
export interface LinkRows {
  readonly row: LinkRow;
  readonly document: LinkDocument;
  readonly record: LinkedRecord | null;
  readonly mirror: MirrorRow | null;
  /** The project that the issue is created in, or was linked from. */
  readonly project: ProjectRow | null;
}

/** Both sides of a link. */
export interface LinkSides {
  /** null: the row is gone */
  readonly rows: LinkRows | null;
  /** null: Jira has not answered yet, or there is nothing that a plan could be made from */
  readonly facts: IssueLinkFacts | null;
  readonly policy: IssuePolicy | null;
  /** As Jira has just shown it; null: it did not, or was not asked. */
  readonly issue: LinkedIssue | null;
  readonly connection: JiraConnection | null;
  /** Of the texts in rows. */
  readonly language: Language;
  /** When the reading began, by which the plan is made. */
  readonly at: Instant;
}
