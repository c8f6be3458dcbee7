import type { ErrorClass, SyncTrigger } from '@crmjira/domain';

export type RunStatus = 'succeeded' | 'failed' | 'running';

/** A run over an integration, as its log row tells. */
export interface Run {
  readonly id: string;
  readonly integrationId: string | null;
  readonly trigger: SyncTrigger | null;
  readonly status: RunStatus;
  readonly startedOn: string;
  readonly finishedOn: string | null;
  readonly durationMs: number | null;
  readonly processed: number;
  readonly failed: number;
  readonly cause: ErrorClass | null;
  /** the service's own sentence, in English: rows of before have nothing else */
  readonly message: string | null;
  /** name of what failed; null: none, or a row of before */
  readonly code: string | null;
  /** what the words of a connection's fault name; null: the code is none of those */
  readonly args: Readonly<Record<string, string>> | null;
  /** who asked for it; null: nobody did */
  readonly actorId: string | null;
  readonly correlationId: string | null;
}

/** What an administrator did, or was refused (R-1616). */
export interface AdminAct {
  readonly id: string;
  readonly at: string;
  readonly actorId: string | null;
  /** code of what was done; see `ACTIONS` */
  readonly action: string;
  /** name of what it was done to */
  readonly on: string;
  readonly targetId: string | null;
  readonly before: string | null;
  readonly after: string | null;
}
