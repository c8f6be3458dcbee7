import type { Desk, RecordKey, WebApi } from './desk';
import type { FormState } from './form-state';
import { watchPage } from './page-events';
import type { Part } from './part';
import { IDLE_AFTER, LOOK_EVERY, READ_EVERY } from './poll-cadence';
import { readFailure } from './read-failure';
import { readParts } from './read-parts';
import { rowVersions } from './row-versions';
import { savedKey } from './saved-records';

/** One reader for all controls of one record: they show the same figures and cause one set of requests. */
export interface FormStore {
  readonly state: () => FormState;
  readonly desk: Desk;
  /**
   * Starts reading with the first listener and stops with the last. Returns the way to leave.
   * @param parts that the control shows
   */
  readonly subscribe: (listener: () => void, parts: readonly Part[]) => () => void;
  /** Settles when rows have been read that are not older than the call. */
  readonly refresh: () => Promise<void>;
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
  record: RecordKey,
  isOffline: () => boolean,
  onIdle: () => void,
): FormStore {
  const listeners = new Set<() => void>();
  /** what the controls have named, and what that needs */
  const parts = new Map<string, Part>();
  const instant = (): string => new Date().toISOString();
  let state: FormState = { held: {}, readAt: null, failure: null, missed: [], now: instant() };
  let versions: string | null = null;
  let lastUse = 0;
  let timer: number | undefined;
  /** the readings under way, if any */
  let reading: Promise<void> | null = null;
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

  const put = (part: string, value: unknown): void => set({ held: { ...state.held, [part]: value } });
  const desk: Desk = { ...record, webApi, instant, isOffline, put };

  const isPast = (since: string | null, milliseconds: number): boolean =>
    !since || Date.now() - Date.parse(since) >= milliseconds;

  /** Those of a kind that no other part serves. */
  const partsThat = (holds: (part: Part) => unknown): Part[] => {
    const all = [...parts.values()];
    return all.filter((part) => holds(part) && !all.some(({ serves }) => serves === part.name));
  };

  /** @returns whether nobody has named the part yet, or one that serves for it */
  const add = (part: Part): boolean => {
    if (parts.has(part.name)) return false;
    parts.set(part.name, part);
    part.needs?.forEach(add);
    return partsThat((one) => one === part).length > 0;
  };

  /** Whether there is something to read; one small request tells where the state itself does not (F-110). */
  const hasNews = async (): Promise<boolean> => {
    const { readAt, failure, held } = state;
    if (failure || isPast(readAt, READ_EVERY)) return true;
    if (partsThat(({ name, waits }) => waits?.(held[name], instant())).length) return true;
    // Taken before the rows are read: what changes meanwhile is news at the next look.
    const before = versions;
    const all = partsThat(() => true);
    versions = await rowVersions(
      desk,
      new Set(all.flatMap(({ watches }) => watches ?? [])),
      all.map((part) => part.versions?.(desk)),
    );
    return versions !== before;
  };

  const read = async (): Promise<void> => {
    again = false;
    try {
      const known: Record<string, unknown> = {};
      const last = state.held;
      await readParts(
        partsThat(({ first }) => first),
        desk,
        last,
        known,
      );
      // Whoever came meanwhile is served by this reading.
      again = false;
      await readParts(
        partsThat(({ apart }) => !apart),
        desk,
        last,
        known,
      );
      // Something may have been put in the place of what was held when it was read.
      for (const name in known) if (state.held[name] !== last[name]) delete known[name];
      set({ held: { ...state.held, ...known }, readAt: instant(), failure: null, now: instant() });
      await readApart(partsThat(({ apart }) => apart));
    } catch (error) {
      set({ failure: readFailure(error, isOffline()), now: instant() });
    }
  };

  /** One after the other: each keeps what it held when it cannot be read. */
  const readApart = async (apart: readonly Part[]): Promise<void> => {
    for (const part of apart) {
      const { held } = state;
      const others = state.missed.filter((name) => name !== part.name);
      const known = { ...held };
      delete known[part.name];
      await readParts([part], desk, held, known).then(
        () => set({ held: { ...state.held, [part.name]: known[part.name] }, missed: others }),
        () => set({ missed: [...others, part.name] }),
      );
    }
  };

  const look = async (wanted: boolean): Promise<void> => {
    if (wanted || (await hasNews())) await read();
    else {
      // Ages are told from now on.
      set({ now: instant() });
      // The rows stand still; what could not be read of them is tried again.
      await readApart(partsThat(({ name }) => state.missed.includes(name)));
    }
    if (again && listeners.size > 0) await look(true);
  };

  const turn = (wanted: boolean): Promise<void> => {
    again ||= wanted;
    return (reading ??= look(wanted).then(() => {
      reading = null;
      schedule();
    }));
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
      saved: (saved) => saved === savedKey(record) && void turn(true),
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
      const more = given.map(add).includes(true);
      listeners.add(listener);
      if (listeners.size === 1) start();
      // Without waiting for the next turn: the control that shows more came after the first reading.
      else if (more) void turn(true);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) stop();
      };
    },
    refresh: () => turn(true),
    ask: async (errand) => {
      await errand(desk);
      schedule();
    },
  };
}
