import type { Guid, Language, TimePolicy, TimeRecordFacts } from '@crmjira/domain';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import type { JiraSite } from '../../../clients/jira/jira-site';
import type { JiraConnections } from '../../../connections/jira/jira-connections';
import type { EnvironmentSettings } from '../../../connections/environment/environment-settings';
import type { Limits } from '../../../connections/environment/limits';
import type { Store } from '../../../queue/store/store';
import type { Timesheets } from './closed-period';
import type { TimeRow } from './time-row';

/** The active connection of a person, with their own credentials; or why there is none to be used. */
export type PersonalClient =
  | {
      readonly client: JiraSite;
      readonly connectionId: string;
      readonly accountId: string | null;
      readonly integrationId: string;
    }
  | { readonly missing: 'no-connection' | 'secret-gone' | 'integration-off' | 'refused' };

/** What the capability needs of the running service. */
export interface TimeParts {
  readonly dataverse: DataverseClient;
  readonly environmentSettings: Pick<EnvironmentSettings, 'languageOf' | 'whoAmI'>;
  readonly personal: { of(userId: string): Promise<PersonalClient> };
  readonly jira: Pick<JiraConnections, 'of'>;
  /** What explains without writing has none of it. */
  readonly store: Partial<Pick<Store, 'lease' | 'readCursor' | 'writeCursor' | 'dropCursors'>>;
  /** null: Tempo is not configured */
  readonly timesheets: Timesheets | null;
  readonly limits: () => Limits;
  readonly now: () => Date;
}

/** Both sides of a time record. */
export interface TimeSides {
  /** null: the row is gone */
  readonly row: TimeRow | null;
  /** null: Jira has not answered yet, or there is nothing to ask it */
  readonly facts: TimeRecordFacts | null;
  readonly policy: TimePolicy | null;
  /** Of the texts in rows. */
  readonly language: Language;
  /** The command that waits until this record is done. */
  readonly wakes?: Guid | null;
}
