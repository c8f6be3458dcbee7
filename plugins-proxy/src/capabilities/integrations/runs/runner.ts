import type { CapabilityName, EnteredMapping, ProviderCode } from '@crmjira/domain';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import type { RunCounts } from '../../../reconciler/sync-log';

/** An integration as it was saved. */
export interface RunIntegration {
  readonly id: string;
  readonly name: string;
  readonly provider: ProviderCode;
  /** As the provider's schemas have checked them. */
  readonly settings: unknown;
  readonly secrets: unknown;
  readonly mappings: readonly EnteredMapping[];
  readonly batchSize: number;
  /** `crmjira_brake_percent` of its row; null: as the environment says. */
  readonly brakePercent: number | null;
}

/** What a run works with. */
export interface RunContext {
  readonly integration: RunIntegration;
  readonly mode: 'changes' | 'everything' | 'dry-run';
  /** When the last run began that succeeded; null: there was none, or everything is wanted. */
  readonly since: Date | null;
  /** What the dry run showed (`RunResult.preview`) that an administrator has confirmed; null: none is. */
  readonly confirmed: unknown;
  readonly dataverse: DataverseClient;
  readonly correlationId: string;
  readonly now: () => Date;
  /** Ends what is under way: the service stops, or another replica has taken over. */
  readonly signal: AbortSignal;
  /** Shows how far it is where somebody waits; as often as it likes. @param total null: not known */
  progress(done: number, total: number | null): Promise<void>;
}

/** What a run came to. */
export interface RunResult {
  readonly counts: RunCounts;
  /** What a dry run would do, at most 90,000 characters as JSON; null: not a dry run. */
  readonly preview: unknown;
  /** Why the first record failed that was left out; left out or null: none was. */
  readonly refused?: Error | null;
}

/** What a run of integrations of one provider does. */
export interface Runner {
  readonly code: ProviderCode;
  /** Capability that carries it out beside this one; left out: none. */
  readonly needs?: CapabilityName;
  /** What the row is called that it writes of each run itself; left out: the engine writes one. */
  readonly logsItself?: 'Issue mirror';
  /**
   * Repeating it changes nothing more: a run that was cut off is begun again.
   * @throws what ended it; the provider's `faultOf` says which fault that is
   */
  run(context: RunContext): Promise<RunResult>;
}
