import type { Logger } from 'pino';
import { classifyError } from '../platform/errors/classify-error';
import { hintOf } from '../platform/errors/hints';
import { jobKey } from '../queue/job-key';
import type { QueuedJob } from '../queue/store/store';
import { settle } from './settle';
import type { Explained, SyncModule } from './sync-module';

/** Why a record is, or is not, in agreement. */
export interface Explanation extends Explained {
  readonly kind: string;
  readonly id: string;
  /** What a run would do next, in order, in words of the log; empty: nothing is left, or it was not found out. */
  readonly steps: readonly string[];
  /** What kept this look from reading or planning; null: nothing did. */
  readonly trouble: { readonly code: string; readonly says: string; readonly remedy: string | null } | null;
  /** Its job in the queue; null: none is known. */
  readonly job: QueuedJob | null;
  /** Why the queue could not be read; null: it was. */
  readonly queueTrouble: string | null;
}

export interface ExplainContext {
  readonly correlationId: string;
  readonly logger: Logger;
  readonly now: () => Date;
  /** The jobs of these keys. */
  readonly jobs: (keys: readonly string[]) => Promise<readonly QueuedJob[]>;
}

/** Explains the records of one table. */
export interface Explainer {
  readonly kind: string;
  /** Logical name of the table whose ids it takes. */
  readonly table: string;
  /** Reads both sides and plans; writes nothing. */
  explain(id: string, context: ExplainContext): Promise<Explanation>;
}

const nothingRead: Explained = { isKnown: null, fields: [], lastFailure: null };

/** The explanations of a module: a dry run, and what the queue knows of its job. */
export function explainerOf<Facts, Action>(module: SyncModule<Facts, Action>): Explainer {
  const { kind, table } = module;
  return {
    kind,
    table,
    explain: async (id, { correlationId, logger, now, jobs }) => {
      let facts: Facts | null = null;
      let steps: readonly string[] = [];
      let trouble: Explanation['trouble'] = null;
      const onFacts = (known: Facts): void => {
        facts = known;
      };
      try {
        const { actions } = await settle(module, { id, correlationId, logger, dryRun: true, onFacts }, now);
        steps = actions.map(module.describe);
      } catch (thrown) {
        const error = classifyError(thrown);
        trouble = { code: error.code, says: error.message, remedy: hintOf(error) };
      }
      // Assigned inside the run, which the compiler does not follow.
      const read = facts as Facts | null;
      let queueTrouble: string | null = null;
      // An explanation is worth giving without the queue, which another process may hold.
      const [job = null] = await jobs([jobKey(kind, id)]).catch((thrown: unknown) => {
        queueTrouble = classifyError(thrown).message;
        return [];
      });
      return {
        kind,
        id,
        ...(read === null ? nothingRead : module.explain(read, steps.length > 0)),
        steps,
        trouble,
        job,
        queueTrouble,
      };
    },
  };
}
