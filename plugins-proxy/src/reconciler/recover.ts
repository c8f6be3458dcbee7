import { type Side, sides } from '@crmjira/domain';
import type { Logger } from 'pino';
import { isLimit, sidesOf } from '../platform/errors/side-of';
import type { ProbeResult } from '../platform/errors/probe-result';
import type { FailureKind, Store } from '../queue/store/store';

export interface RecoveryContext {
  readonly store: Pick<Store, 'failing' | 'hasten'>;
  /**
   * Asks a side with a real request; asked only while something waits for it.
   * @param connectionId null: the first connection
   */
  readonly probe: Readonly<Record<Side, (connectionId: string | null) => Promise<Pick<ProbeResult, 'ok'>>>>;
  readonly wake: () => void;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** Ends the wait of failed jobs when what they wait for works again (F-501, F-207). */
export interface Recovery {
  /** One look, to be repeated. */
  look(): Promise<void>;
  /** Told of a job that had failed in this way and now went well: what failed like it is tried at once. */
  succeeded(failure: FailureKind): Promise<void>;
}

/** What failed at one connection is ended by nothing that happens at another; Dataverse is the same for all. */
const isOf = (side: Side, connectionId: string | null, failure: FailureKind): boolean =>
  sidesOf(failure.code).includes(side) && (side === 'dataverse' || failure.connectionId === connectionId);

/**
 * A pause after a failure only saves calls to a side that is down; when the side answers again, its jobs run, dead ones too. The first
 * look counts as a recovery, so that a restart wakes everything. A side that answers its probe but not its jobs gets one of them a
 * look: the first that succeeds wakes the others. Each connection recovers by itself.
 */
export function createRecovery({ store, probe, wake, logger, now }: RecoveryContext): Recovery {
  const answered = new Map<string, boolean>();

  async function hasten(failures: readonly FailureKind[], which: 'all' | 'first', because: string): Promise<void> {
    if (failures.length === 0) return;
    const wanted = failures.map(({ code, connectionId }) => ({ code, connectionId }));
    const count = await store.hasten(wanted, now().getTime(), which);
    if (count === 0) return;
    logger.info({ count, failures: wanted }, because);
    wake();
  }

  async function lookAt(side: Side, connectionId: string | null, failures: readonly FailureKind[]): Promise<void> {
    const place = `${side}/${connectionId ?? ''}`;
    const { ok } = await probe[side](connectionId);
    const before = answered.get(place);
    answered.set(place, ok);
    if (!ok) return;
    if (before !== true) return hasten(failures, 'all', `${side} answers: what waited for it is tried again`);
    await hasten(
      failures.filter(({ code }) => !isLimit(code)),
      'first',
      `${side} answers: one of the jobs that wait for it is tried again`,
    );
  }

  return {
    look: async () => {
      const failing = await store.failing();
      const places = new Set(failing.map(({ connectionId }) => connectionId));
      await Promise.all(
        sides.flatMap((side) =>
          [...(side === 'dataverse' ? [null] : places)].map(async (connectionId) => {
            const waiting = failing.filter((failure) => isOf(side, connectionId, failure));
            if (waiting.length > 0) await lookAt(side, connectionId, waiting);
          }),
        ),
      );
    },
    succeeded: async (failure) => {
      const of = sidesOf(failure.code);
      await hasten(
        (await store.failing()).filter((other) => of.some((side) => isOf(side, failure.connectionId, other))),
        'all',
        'a job that had failed went well: what failed like it is tried again',
      );
    },
  };
}
