import * as React from 'react';
import { CommandState } from '@crmjira/domain';
import {
  COMMAND_QUERY,
  type CommandAnswer,
  type CommandName,
  type CommandProgress,
  commandText,
  createCommand,
  isUnderWay,
  parseCommand,
  readFailure,
} from '@crmjira/form-data';
import type { WebApi } from '../figures/read-figures';
import type { PortfolioRow } from '../rows/portfolio-row';
import { useLatest } from '../use-latest';
import type { Formatter } from '../view/formatter';

/** Milliseconds between two looks at the answers, and how long they are looked for. */
const LOOK_EVERY = 2_000;
const LOOK_FOR = 120_000;

/** The same command of this person for one mapping or several. */
export interface Errand {
  /** of the command rows that could be written */
  readonly ids: readonly string[];
  /** number of rows that it was asked for */
  readonly asked: number;
  /** of the command that is not answered yet, else of the one that ended worst */
  readonly progress: CommandProgress;
}

export interface Errands {
  readonly errand: Errand | null;
  /** @param argument field and side as the integration reads them: `approved crm` */
  readonly ask: (rows: readonly PortfolioRow[], name: CommandName, label: string, argument?: string) => void;
}

/** What became of it, in words. */
export function errandText(errand: Errand | null, { say, now }: Formatter): string {
  if (errand === null) return '';
  const { asked, ids, progress } = errand;
  const told = commandText(progress, now, say);
  // Only some could be written: how many comes before what became of them.
  return ids.length && ids.length < asked
    ? `${say('partly', { sent: String(ids.length), asked: String(asked) })} ${told}`
    : told;
}

/** Asks by command rows and looks for the answers until they are there. @param onAnswer told when the rows may have changed */
export function useErrand(webApi: WebApi, onAnswer: () => void): Errands {
  const [errand, set] = React.useState<Errand | null>(null);
  const latest = useLatest({ webApi, onAnswer });
  const ids = errand?.ids ?? NONE;
  const waiting = ids.length > 0 && isUnderWay(errand?.progress ?? null);

  React.useEffect(() => {
    if (!waiting) return undefined;
    const started = Date.now();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let current = true;
    const look = async (): Promise<void> => {
      try {
        const answer = await readAnswer(latest.current.webApi, ids);
        if (!current) return;
        set((before) => before && { ...before, progress: { ...before.progress, ...answer } });
        if (answer.state > CommandState.Running) return latest.current.onAnswer();
      } catch {
        // The next look may work; what was asked for is kept in its row.
      }
      if (current && Date.now() - started < LOOK_FOR) timer = setTimeout(() => void look(), LOOK_EVERY);
    };
    timer = setTimeout(() => void look(), LOOK_EVERY);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [waiting, ids, latest]);

  const ask = React.useCallback<Errands['ask']>(
    (rows, name, label, argument) => {
      const sent: CommandProgress = {
        name,
        id: null,
        state: CommandState.Requested,
        result: null,
        notSent: null,
        sentAt: new Date().toISOString(),
      };
      const asked = rows.length;
      set({ ids: NONE, asked, progress: sent });
      const writing = rows.map(({ opportunity }) =>
        createCommand(
          latest.current.webApi,
          { table: 'opportunity', id: opportunity?.id ?? '' },
          name,
          label,
          argument,
        ),
      );
      void Promise.allSettled(writing).then((written) => {
        const ids = written.flatMap((one) => (one.status === 'fulfilled' ? [one.value.id] : []));
        const failed = written.find((one) => one.status === 'rejected');
        const notSent = failed && ids.length === 0 ? readFailure(failed.reason, false) : null;
        set({ ids, asked, progress: { ...sent, notSent } });
      });
    },
    [latest],
  );
  return { errand, ask };
}

const NONE: readonly string[] = [];

/** One of the answers that are still to come, else the worst: of several that are done, none speaks for the others. */
async function readAnswer(webApi: WebApi, ids: readonly string[]): Promise<CommandAnswer> {
  const which = ids.map((id) => `crmjira_commandid eq ${id}`).join(' or ');
  const { entities } = await webApi.retrieveMultipleRecords('crmjira_command', `${COMMAND_QUERY}&$filter=${which}`);
  const answers = entities.map(parseCommand).sort((a, b) => b.state - a.state);
  const [worst = { state: CommandState.Requested, result: null }] = answers;
  const open = answers.find(({ state }) => state <= CommandState.Running);
  if (open) return open;
  return ids.length > 1 && worst.state === CommandState.Done ? { ...worst, result: null } : worst;
}
