import type { ExplainedStep, Language, SilentSide } from '@crmjira/domain';
import type { Logger } from 'pino';
import { classifyError } from '../platform/errors/classify-error';
import type { IntegrationError } from '../platform/errors/integration-error';
import { jobKey } from '../queue/job-key';
import type { QueuedJob } from '../queue/store/store';
import { within } from '../platform/within';
import { settle } from './settle';
import type { Explained, SyncModule } from './sync-module';

/** What kept a look from reading or planning. */
interface Trouble {
  readonly error: IntegrationError | null;
  /** Not null: it did not answer in time, and `error` is null. */
  readonly silent: SilentSide | null;
}

/** Why a record is, or is not, in agreement. */
export interface Explanation extends Explained {
  readonly kind: string;
  readonly id: string;
  /** What a run would do next, in order; null: it was not found out. */
  readonly steps: readonly ExplainedStep[] | null;
  /** null: nothing did */
  readonly trouble: Trouble | null;
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
  /** Of amounts and sentences. */
  readonly language: Language;
  /** How long whoever asked waits for both sides; what has been read by then is the answer. */
  readonly withinMs: number;
  /** Passes that time. Left out: by the machine's clock. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/** Explains the records of one table. */
export interface Explainer {
  readonly kind: string;
  /** Logical name of the table whose ids it takes. */
  readonly table: string;
  /** Reads both sides and plans; writes nothing. */
  explain(id: string, context: ExplainContext): Promise<Explanation>;
}

const nothingRead: Explained = { isKnown: null, fields: [], lastFailure: null, partOf: [] };

/** The explanations of a module: a dry run, and what the queue knows of its job. */
export function explainerOf<Facts, Action>(module: SyncModule<Facts, Action>): Explainer {
  const { kind, table } = module;
  return {
    kind,
    table,
    explain: async (id, { correlationId, logger, now, jobs, language, withinMs, wait }) => {
      let facts: Facts | null = null;
      const onFacts = (known: Facts): void => {
        facts = known;
      };
      const planned = settle(module, { id, correlationId, logger, dryRun: true, onFacts }, now).then(
        ({ actions }) => ({ actions, error: null }),
        (thrown: unknown) => ({ actions: null, error: classifyError(thrown) }),
      );
      let queueTrouble: string | null = null;
      // An explanation is worth giving without the queue, which another process may hold.
      const queued = jobs([jobKey(kind, id)]).catch((thrown: unknown) => {
        queueTrouble = classifyError(thrown).message;
        return [];
      });
      const [seen, [job = null]] = await Promise.all([within(planned, withinMs, wait), queued]);
      // Assigned inside the run, which the compiler does not follow.
      const read = facts as Facts | null;
      const steps = seen?.value.actions?.map((action) => module.stepOf(action)) ?? null;
      return {
        kind,
        id,
        ...(read === null ? nothingRead : module.explain(read, steps !== null && steps.length > 0, language)),
        steps,
        trouble: troubleOf(seen?.value.error, read === null, withinMs),
        job,
        queueTrouble,
      };
    },
  };
}

/** @param error undefined: there was no answer yet; null: nothing went wrong */
function troubleOf(error: IntegrationError | null | undefined, isNothingRead: boolean, ms: number): Trouble | null {
  if (error === null) return null;
  if (error !== undefined) return { error, silent: null };
  return { error: null, silent: { side: isNothingRead ? 'dataverse' : 'jira', seconds: Math.round(ms / 1_000) } };
}
