import * as React from 'react';
import {
  COMMAND_QUERY,
  type CommandProgress,
  CommandState,
  commandRow,
  isUnderWay,
  parseCommand,
  readFailure,
} from '@crmjira/form-data';
import { useLatest } from '../use-latest';

type WebApi = Pick<ComponentFramework.WebApi, 'createRecord' | 'retrieveRecord'>;

/** Milliseconds between two looks at the answer, and how long it is looked for. */
const LOOK_EVERY = 2_000;
const LOOK_FOR = 120_000;

/** A command "Resolve discrepancy" of this person, for one mapping. */
export interface Resolution {
  readonly rowId: string;
  readonly progress: CommandProgress;
}

export interface Resolving {
  readonly resolution: Resolution | null;
  /** @param argument field and side as the integration reads them: `approved crm` */
  readonly take: (rowId: string, opportunityId: string, argument: string, label: string) => void;
}

/** Asks by a command row and looks for the answer until it is there. @param onAnswer told when the rows may have changed */
export function useResolution(webApi: WebApi, offline: boolean, onAnswer: () => void): Resolving {
  const [resolution, set] = React.useState<Resolution | null>(null);
  const latest = useLatest({ webApi, onAnswer });
  const progress = resolution?.progress ?? null;
  const id = progress?.id ?? null;
  const waiting = progress !== null && id !== null && isUnderWay(progress);

  React.useEffect(() => {
    if (!waiting || id === null) return undefined;
    const started = Date.now();
    let timer = 0;
    let current = true;
    const look = async (): Promise<void> => {
      try {
        const answer = parseCommand(await latest.current.webApi.retrieveRecord('crmjira_command', id, COMMAND_QUERY));
        if (!current) return;
        set((before) => before && { ...before, progress: { ...before.progress, ...answer } });
        if (answer.state > CommandState.Running) return latest.current.onAnswer();
      } catch {
        // The next look may work; what was asked for is kept in its row.
      }
      if (current && Date.now() - started < LOOK_FOR) timer = window.setTimeout(() => void look(), LOOK_EVERY);
    };
    timer = window.setTimeout(() => void look(), LOOK_EVERY);
    return () => {
      current = false;
      window.clearTimeout(timer);
    };
  }, [waiting, id, latest]);

  const take = React.useCallback(
    (rowId: string, opportunityId: string, argument: string, label: string) => {
      const sent: CommandProgress = {
        name: 'resolve',
        id: null,
        state: CommandState.Requested,
        result: null,
        notSent: null,
        sentAt: new Date().toISOString(),
      };
      set({ rowId, progress: sent });
      const row = { ...commandRow(opportunityId, 'resolve', label), crmjira_argument: argument };
      latest.current.webApi.createRecord('crmjira_command', row).then(
        (created) => set({ rowId, progress: { ...sent, id: created.id } }),
        (error: unknown) => set({ rowId, progress: { ...sent, notSent: readFailure(error, offline) } }),
      );
    },
    [offline, latest],
  );
  return { resolution, take };
}
