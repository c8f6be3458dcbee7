import { on } from '@fluentui/react';
import type { FormState } from './form-state';
import { FAST_EVERY, nextReading } from './poll-cadence';
import { readFailure } from './read-failure';
import { type Constants, type WebApi, readConstants } from './read-record';
import type { Desk, Reader } from './reader';

/** One reader for all controls of one record: they show the same figures and cause one set of requests. */
export interface FormStore {
  readonly state: () => FormState;
  readonly desk: Desk;
  /**
   * Starts reading with the first listener and stops with the last. Returns the way to leave.
   * @param reader of the control that listens
   */
  readonly subscribe: (listener: () => void, reader: Reader) => () => void;
  /** A person is at work here: read often for two minutes. */
  readonly touch: () => void;
  readonly refresh: () => void;
  /** Has something asked of the integration, e.g. by `sendCommand`, and reads often until it is answered. */
  readonly ask: (errand: (desk: Desk) => Promise<void>) => Promise<void>;
}

/**
 * @param isOffline whether app or browser know that they have no connection
 * @param onIdle told when the last listener has left
 */
export function createFormStore(
  webApi: WebApi,
  opportunityId: string,
  isOffline: () => boolean,
  onIdle: () => void,
): FormStore {
  const listeners = new Set<() => void>();
  const instant = (): string => new Date().toISOString();
  let state: FormState = { record: null, brief: null, readAt: null, failure: null, command: null, now: instant() };
  let constants: Constants | null = null;
  let lastUse = Date.now();
  let timer: number | undefined;
  let reader: Reader | null = null;
  let reading = false;
  /** asked for while a reading was under way: what it brings may be older than the question */
  let again = false;
  let stopVisibility: (() => void) | null = null;

  const set = (change: Partial<FormState>): void => {
    state = { ...state, ...change };
    listeners.forEach((listener) => listener());
  };

  const schedule = (): void => {
    window.clearTimeout(timer);
    if (listeners.size === 0) return;
    const delay = nextReading(Date.now(), lastUse, document.hidden);
    if (delay !== null) timer = window.setTimeout(() => void read(), delay);
  };

  const desk: Desk = { webApi, opportunityId, instant, isOffline, set };

  const read = async (): Promise<void> => {
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    try {
      constants ??= await readConstants(webApi);
      // Whoever came meanwhile is served by this reading.
      again = false;
      const change = await reader?.read(desk, constants, state);
      set({ ...change?.(state), readAt: instant(), failure: null, now: instant() });
    } catch (error) {
      set({ failure: readFailure(error, isOffline()), now: instant() });
    } finally {
      reading = false;
      if (again && listeners.size > 0) void read();
      else schedule();
    }
  };

  const start = (): void => {
    lastUse = Date.now();
    stopVisibility = on(document, 'visibilitychange', () => (document.hidden ? schedule() : void read()));
    void read();
  };

  const stop = (): void => {
    stopVisibility?.();
    schedule();
    onIdle();
  };

  const touch = (): void => {
    const slow = nextReading(Date.now(), lastUse, false) !== FAST_EVERY;
    lastUse = Date.now();
    if (slow) schedule();
  };

  return {
    state: () => state,
    desk,
    subscribe: (listener, given) => {
      const fuller = given.depth > (reader?.depth ?? -1);
      if (fuller) reader = given;
      listeners.add(listener);
      if (listeners.size === 1) start();
      // Without waiting for the next turn: the control that shows more came after the first reading.
      else if (fuller) void read();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) stop();
      };
    },
    touch,
    refresh: () => {
      touch();
      void read();
    },
    ask: async (errand) => {
      touch();
      await errand(desk);
      touch();
      schedule();
    },
  };
}
