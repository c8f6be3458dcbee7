import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import type { EnvironmentSettings } from '../environment/environment-settings';

/** What a mail or task that belongs to no single record needs. */
export interface MailContext {
  readonly dataverse: DataverseClient;
  readonly environmentSettings: EnvironmentSettings;
  /** The first connection, by which mails are told apart. */
  readonly connectionId: string;
  readonly now: () => Date;
}
