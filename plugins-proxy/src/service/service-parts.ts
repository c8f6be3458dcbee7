import type { Logger } from 'pino';
import type { RecentIssuesOfSites } from '../capabilities/budget/source/computed/recent-issues';
import type { Config } from '../platform/config/read-config';
import type { Connections } from '../capabilities/connect';
import type { SettledVersions } from '../reconciler/settled-versions';
import type { Archive } from '../operations/retention/archive/archive';
import type { LiveConfig } from '../platform/secrets/live-config';
import type { Store } from '../queue/store/store';
import type { Measurements } from './measurements';
import type { RunningState } from './running-state';

/** What every area of the service works with; opened and closed in `create-proxy.ts`. */
export interface ServiceParts {
  /** As it was at start. */
  readonly config: Config;
  /** As its files and its vault have it now. */
  readonly live: LiveConfig;
  readonly logger: Logger;
  readonly now: () => Date;
  readonly store: Store;
  readonly archive: Archive;
  readonly connections: Connections;
  readonly recentIssues: RecentIssuesOfSites;
  readonly settled: SettledVersions;
  readonly measurements: Measurements;
  readonly state: RunningState;
}
