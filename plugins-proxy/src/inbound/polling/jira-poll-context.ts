import type { CapabilityName } from '@crmjira/domain';
import type { JiraSite } from '../../clients/jira/jira-site';
import type { PollContext } from './poll-changes';

/** What the poll of Jira needs beside that of Dataverse. */
export interface JiraPollContext extends PollContext {
  readonly site: JiraSite;
  readonly connectionId: string;
  readonly pollIntervalMs: number;
  /** What is switched on; left out: the default. */
  readonly on?: () => ReadonlySet<CapabilityName>;
}
