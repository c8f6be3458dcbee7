import { COMMAND_QUERY, CommandState, type CommandName, commandRow, parseCommand } from '../rows/command';
import type { FormState } from './form-state';
import type { SnapshotReader } from '../rows/snapshots';
import { FAST_EVERY, nextReading } from './poll-cadence';
import { readFailure } from './read-failure';
import { type Constants, type WebApi, readConstants, readRecord } from './read-record';

/** What the store needs of the page around it. */
export interface Surroundings {
  readonly clock: () => number;
  readonly setTimer: (run: () => void, milliseconds: number) => number;
  readonly clearTimer: (id: number) => void;
  readonly isHidden: () => boolean;
  readonly isOffline: () => boolean;
  /** calls back when the page is shown or hidden; returns the way to stop it */
  readonly onVisibility: (changed: () => void) => () => void;
}

/** One reader for all controls of one record: they show the same figures and cause one set of requests. */
export interface FormStore {
  readonly state: () => FormState;
  /**
   * Starts reading with the first listener and stops with the last. Returns the way to leave.
   * @param snapshots given by a control that draws the history
   */
  readonly subscribe: (listener: () => void, snapshots?: SnapshotReader) => () => void;
  /** A person is at work here: read often for two minutes. */
  readonly touch: () => void;
  readonly refresh: () => void;
  /**
   * Asks the integration for something by creating a command row.
   * @param label of the row in lists, @param argument of a command that needs one
   */
  readonly send: (name: CommandName, label: string, argument?: string) => Promise<void>;
}

/** @param onIdle told when the last listener has left */
export function createFormStore(
  webApi: WebApi,
  opportunityId: string,
  around: Surroundings,
  onIdle: () => void = () => undefined,
): FormStore {
  const listeners = new Set<() => void>();
  const instant = (): string => new Date(around.clock()).toISOString();
  let state: FormState = { record: null, readAt: null, failure: null, command: null, now: instant() };
  let constants: Constants | null = null;
  let lastUse = around.clock();
  let timer: number | null = null;
  let readSnapshots: SnapshotReader | null = null;
  let reading = false;
  /** asked for while a reading was under way: what it brings may be older than the question */
  let again = false;
  let stopVisibility: (() => void) | null = null;

  const set = (change: Partial<FormState>): void => {
    state = { ...state, ...change };
    listeners.forEach((listener) => listener());
  };

  const schedule = (): void => {
    if (timer !== null) around.clearTimer(timer);
    timer = null;
    if (listeners.size === 0) return;
    const delay = nextReading(around.clock(), lastUse, around.isHidden());
    if (delay !== null) timer = around.setTimer(() => void read(), delay);
  };

  const readCommand = async (): Promise<(latest: FormState) => Partial<FormState>> => {
    const { command } = state;
    if (!command?.id || command.state > CommandState.Running) return () => ({});
    const answer = parseCommand(await webApi.retrieveRecord('crmjira_command', command.id, COMMAND_QUERY));
    // Another command may have been sent while this one was read.
    return (latest) => (latest.command === command ? { command: { ...command, ...answer } } : {});
  };

  const read = async (): Promise<void> => {
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    again = false;
    try {
      constants ??= await readConstants(webApi);
      // The command first: when it says done, the figures read after it are the ones it led to.
      const answered = await readCommand();
      const record = await readRecord(webApi, opportunityId, constants, state.record, readSnapshots, instant());
      set({ ...answered(state), record, readAt: instant(), failure: null, now: instant() });
    } catch (error) {
      set({ failure: readFailure(error, around.isOffline()), now: instant() });
    } finally {
      reading = false;
      if (again && listeners.size > 0) void read();
      else schedule();
    }
  };

  const start = (): void => {
    lastUse = around.clock();
    stopVisibility = around.onVisibility(() => (around.isHidden() ? schedule() : void read()));
    void read();
  };

  const stop = (): void => {
    stopVisibility?.();
    schedule();
    onIdle();
  };

  const touch = (): void => {
    const slow = nextReading(around.clock(), lastUse, false) !== FAST_EVERY;
    lastUse = around.clock();
    if (slow) schedule();
  };

  return {
    state: () => state,
    subscribe: (listener, snapshots) => {
      const lacking = snapshots !== undefined && readSnapshots === null;
      readSnapshots ??= snapshots ?? null;
      listeners.add(listener);
      if (listeners.size === 1) start();
      // Without waiting for the next turn: the control that draws the history came after the first reading.
      else if (lacking) void read();
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
    send: async (name, label, argument) => {
      touch();
      const sent = { name, state: CommandState.Requested, result: null, notSent: null, sentAt: instant() };
      set({ command: { ...sent, id: null } });
      try {
        const created = await webApi.createRecord('crmjira_command', commandRow(opportunityId, name, label, argument));
        set({ command: { ...sent, id: created.id } });
      } catch (error) {
        set({ command: { ...sent, id: null, notSent: readFailure(error, around.isOffline()) } });
      }
      touch();
      schedule();
    },
  };
}
