import { isUnderWay } from './command-text';
import type { FormState } from './form-state';
import { watchPage } from './page-events';
import { COMMAND_FOR, IDLE_AFTER, LOOK_EVERY, READ_EVERY } from './poll-cadence';
import { readFailure } from './read-failure';
import { type Constants, type WebApi, readConstants } from './read-record';
import type { Desk, Reader } from './reader';
import { rowVersions } from './row-versions';

/** One reader for all controls of one record: they show the same figures and cause one set of requests. */
export interface FormStore {
  readonly state: () => FormState;
  readonly desk: Desk;
  /**
   * Starts reading with the first listener and stops with the last. Returns the way to leave.
   * @param reader of the control that listens
   */
  readonly subscribe: (listener: () => void, reader: Reader) => () => void;
  readonly refresh: () => void;
  /** Has something asked of the integration, e.g. by `sendCommand`, and reads until it is answered. */
  readonly ask: (errand: (desk: Desk) => Promise<void>) => Promise<void>;
}

/**
 * While the page is visible it looks every four seconds whether anything has changed, and reads the rows when something has.
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
  let versions: string | null = null;
  let lastUse = 0;
  let timer: number | undefined;
  let reader: Reader | null = null;
  let busy = false;
  /** a reading was asked for during another: what that one brings may be older than the question */
  let again = false;
  let leavePage: (() => void) | null = null;

  const set = (change: Partial<FormState>): void => {
    state = { ...state, ...change };
    listeners.forEach((listener) => listener());
  };

  const schedule = (): void => {
    window.clearTimeout(timer);
    if (listeners.size > 0 && !document.hidden) timer = window.setTimeout(() => void turn(false), LOOK_EVERY);
  };

  const desk: Desk = { webApi, opportunityId, instant, isOffline, set };

  const isPast = (since: string | null, milliseconds: number): boolean =>
    !since || Date.now() - Date.parse(since) >= milliseconds;

  /** Whether there is something to read; one small request tells where the state itself does not (F-110). */
  const hasNews = async (): Promise<boolean> => {
    const { readAt, failure, command } = state;
    if (failure || isPast(readAt, READ_EVERY)) return true;
    if (command && isUnderWay(command) && !isPast(command.sentAt, COMMAND_FOR)) return true;
    // Taken before the rows are read: what changes meanwhile is news at the next look.
    const before = versions;
    versions = await rowVersions(webApi, opportunityId);
    return versions !== before;
  };

  const read = async (): Promise<void> => {
    try {
      constants ??= await readConstants(webApi);
      // Whoever came meanwhile is served by this reading.
      again = false;
      const change = await reader?.read(desk, constants, state);
      set({ ...change?.(state), readAt: instant(), failure: null, now: instant() });
    } catch (error) {
      set({ failure: readFailure(error, isOffline()), now: instant() });
    }
  };

  const turn = async (wanted: boolean): Promise<void> => {
    if (busy) {
      again ||= wanted;
      return;
    }
    busy = true;
    if (wanted || (await hasNews())) await read();
    // Ages are told from now on.
    else set({ now: instant() });
    busy = false;
    if (again && listeners.size > 0) void turn(true);
    else schedule();
  };

  const start = (): void => {
    lastUse = Date.now();
    leavePage = watchPage({
      used: () => {
        const wakes = Date.now() - lastUse >= IDLE_AFTER;
        lastUse = Date.now();
        if (wakes) void turn(false);
      },
      shown: () => (document.hidden ? schedule() : void turn(true)),
      saved: (recordId) => recordId === opportunityId && void turn(true),
    });
    void turn(true);
  };

  const stop = (): void => {
    leavePage?.();
    schedule();
    onIdle();
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
      else if (fuller) void turn(true);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) stop();
      };
    },
    refresh: () => void turn(true),
    ask: async (errand) => {
      await errand(desk);
      schedule();
    },
  };
}
