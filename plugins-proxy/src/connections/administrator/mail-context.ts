import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import type { Surroundings } from '../environment/surroundings';

/** What a mail or task that belongs to no single record needs. */
export interface MailContext {
  readonly dataverse: DataverseClient;
  readonly surroundings: Surroundings;
  readonly connectionId: string;
  readonly now: () => Date;
}
