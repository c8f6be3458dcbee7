import { type Side, sides } from '@crmjira/domain';
import type { Logger } from 'pino';
import { isLimit, sidesOf } from '../platform/errors/side-of';
import type { ProbeResult } from '../platform/errors/probe-result';
import type { Store } from '../queue/store/store';

export interface RecoveryContext {
  readonly store: Pick<Store, 'failing' | 'hasten'>;
  /** Asks a side with a real request; asked only while something waits for it. */
  readonly probe: Readonly<Record<Side, () => Promise<Pick<ProbeResult, 'ok'>>>>;
  readonly wake: () => void;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** Ends the wait of failed jobs when what they wait for works again (F-501, F-207). */
export interface Recovery {
  /** One look, to be repeated. */
  look(): Promise<void>;
  /** Told of a job that had failed with this code and now went well: what failed like it is tried at once. */
  succeeded(code: string): Promise<void>;
}

/**
 * A pause after a failure only saves calls to a side that is down; when the side answers again, its jobs run, dead ones too. The first
 * look counts as a recovery, so that a restart wakes everything. A side that answers its probe but not its jobs gets one of them a
 * look: the first that succeeds wakes the others.
 */
export function createRecovery({ store, probe, wake, logger, now }: RecoveryContext): Recovery {
  const answered = new Map<Side, boolean>();

  async function hasten(codes: readonly string[], which: 'all' | 'first', because: string): Promise<void> {
    if (codes.length === 0) return;
    const count = await store.hasten(codes, now().getTime(), which);
    if (count === 0) return;
    logger.info({ count, codes }, because);
    wake();
  }

  async function lookAt(side: Side, codes: readonly string[]): Promise<void> {
    const { ok } = await probe[side]();
    const before = answered.get(side);
    answered.set(side, ok);
    if (!ok) return;
    if (before !== true) return hasten(codes, 'all', `${side} answers: what waited for it is tried again`);
    await hasten(
      codes.filter((code) => !isLimit(code)),
      'first',
      `${side} answers: one of the jobs that wait for it is tried again`,
    );
  }

  return {
    look: async () => {
      const codes = (await store.failing()).map(({ code }) => code);
      await Promise.all(
        sides.map(async (side) => {
          const waiting = codes.filter((code) => sidesOf(code).includes(side));
          if (waiting.length > 0) await lookAt(side, waiting);
        }),
      );
    },
    succeeded: async (code) => {
      const of = sidesOf(code);
      const codes = (await store.failing()).map((failing) => failing.code);
      await hasten(
        codes.filter((other) => sidesOf(other).some((side) => of.includes(side))),
        'all',
        'a job that had failed went well: what failed like it is tried again',
      );
    },
  };
}
