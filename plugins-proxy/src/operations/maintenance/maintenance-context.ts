import type { Logger } from 'pino';
import type { Config } from '../../platform/config/read-config';
import type { Connections } from '../../capabilities/connect';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import type { SecretFacts } from '../../platform/secrets/collect-secrets';
import type { Archive } from '../retention/archive/archive';
import type { SecretAge } from '../../platform/secrets/secret-ages';

/** What the checks work with; the same in the service and in a command. */
export interface MaintenanceContext extends Pick<
  Connections,
  'dataverse' | 'environmentSettings' | 'jira' | 'reconciler'
> {
  readonly config: Config;
  readonly archive: Archive;
  /** The application user that may delete archived rows and test records; null = there is none. */
  readonly remover: Pick<DataverseClient, 'remove'> | null;
  /** Where each secret is kept and since when, as far as anybody can know. */
  readonly secretFacts: () => readonly SecretFacts[];
  /** Jobs that were given up. */
  readonly deadLetters: () => Promise<number>;
  /** Ages of the secrets, as far as known; left out: nothing is. */
  readonly ages?: () => readonly SecretAge[];
  readonly now: () => Date;
  readonly logger: Logger;
}
