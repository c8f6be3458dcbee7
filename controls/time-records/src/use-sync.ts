import { CommandState, CommandType, commandRow } from '@crmjira/domain';
import {
  COMMAND_QUERY,
  type CommandAnswer,
  WAIT_FOR,
  type WebApi,
  numberField,
  parseCommand,
} from '@crmjira/form-data';
import * as React from 'react';
import type { WeekRecord } from './read-week';

/** What was asked for, and how far it is. */
export interface Run extends CommandAnswer {
  readonly ids: readonly string[];
  /** one record, by the button of its row: what comes of it is told there */
  readonly isQuick: boolean;
  readonly done: number;
  readonly isNotSent: boolean;
  /** nobody looks for the answer any more */
  readonly isOver: boolean;
  readonly isStopped: boolean;
}

export const isRunning = (run: Run | null): run is Run => !!run && !run.isOver;

/** Milliseconds between two looks: at first the person waits for it. */
const LOOK_EVERY = 500;
const FIRST = 10_000;
const THEN_EVERY = 2_000;

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => void window.setTimeout(resolve, milliseconds));

/** The part of the platform's Web API that takes wishes back, which the reader of forms has no use for. */
type Api = WebApi & Pick<ComponentFramework.WebApi, 'updateRecord'>;

export interface Syncs {
  readonly run: Run | null;
  readonly sync: (ids: readonly string[], isQuick: boolean) => void;
  readonly stop: () => void;
  readonly dismiss: () => void;
}

/** @param refresh reads the records, which show what came of each @param onEnd told the records when all is over */
export function useSync(
  webApi: Api,
  name: string,
  refresh: () => Promise<readonly WeekRecord[]>,
  onEnd: (run: Run, records: readonly WeekRecord[]) => void,
): Syncs {
  const [run, set] = React.useState<Run | null>(null);
  const alive = React.useRef(true);
  const latest = React.useRef({ refresh, onEnd });
  React.useLayoutEffect(() => {
    latest.current = { refresh, onEnd };
  });
  React.useEffect(
    () => () => {
      alive.current = false;
    },
    [],
  );
  const tell = (change: Partial<Run>): void => {
    if (alive.current) set((before) => before && { ...before, ...change });
  };
  const sync = async (ids: readonly string[], isQuick: boolean): Promise<void> => {
    const [first] = ids;
    if (!first) return;
    const begun: Run = {
      ...{ ids, isQuick, done: 0, isNotSent: false, isOver: false, isStopped: false },
      ...{ state: CommandState.Requested, result: null },
    };
    set(begun);
    let id = '';
    try {
      const row = commandRow({ table: 'crmjira_time_record', id: first }, CommandType.SyncTime, {
        crmjira_name: name,
        crmjira_payload: JSON.stringify({ records: ids }),
      });
      ({ id } = await webApi.createRecord('crmjira_command', row));
    } catch {
      return tell({ isNotSent: true, isOver: true });
    }
    let answer: CommandAnswer = begun;
    let known = 0;
    for (let waited = 0; alive.current && waited < WAIT_FOR && answer.state <= CommandState.Running;) {
      const next = waited < FIRST ? LOOK_EVERY : THEN_EVERY;
      await pause(next);
      waited += next;
      if (!alive.current) return;
      try {
        const row: Readonly<Record<string, unknown>> = await webApi.retrieveRecord(
          'crmjira_command',
          id,
          `${COMMAND_QUERY},crmjira_done_count`,
        );
        answer = parseCommand(row);
        const done = numberField(row, 'crmjira_done_count') ?? 0;
        if (done > known) await latest.current.refresh();
        known = done;
        tell({ ...answer, done });
      } catch {
        // Asked for is asked for: the next look tells.
      }
    }
    if (!alive.current) return;
    const records = await latest.current.refresh().catch(() => []);
    tell({ isOver: true });
    latest.current.onEnd({ ...begun, ...answer }, records);
  };
  /** Takes back the wish of each record that is not served yet; the command ends when none is left. */
  const stop = async (): Promise<void> => {
    if (!run) return;
    tell({ isStopped: true });
    const records = await latest.current.refresh();
    const left = records.filter((one) => run.ids.includes(one.id) && one.isRequested && !one.error);
    // One that cannot be taken back is sent, and told so.
    await Promise.allSettled(
      left.map(({ id }) => webApi.updateRecord('crmjira_time_record', id, { crmjira_sync_requested: false })),
    );
  };
  return {
    run,
    sync: (ids, isQuick) => void sync(ids, isQuick),
    stop: () => void stop(),
    dismiss: () => set(null),
  };
}
