import { CommandState } from '@crmjira/domain';

/** Milliseconds between two looks at a command; a person waits for a result, so this is short. */
const LOOK_EVERY = 1_000;
/** Looks before the person is told that the request is kept and may take longer. */
const SOON = 60;
/** Looks after which the page stops asking; the row goes on without it. */
const GIVE_UP = 600;

export interface CommandOutcome {
  /** noEffect: recorded, but against a rule; the result says all. waiting: not the last word; with a result, the service says for what. */
  readonly state: 'done' | 'refused' | 'noEffect' | 'failed' | 'waiting';
  /** the service's own sentence, in the language of whoever asked */
  readonly result: string;
}

/** One look at what was asked for; null while there is no answer. */
export type ReadOutcome = () => Promise<CommandOutcome | null>;

/**
 * Looks at what was asked for until the service has answered it (ADR-2). A look that fails is not an answer: the next one may work.
 * @param report called with `waiting` when the service says for what it waits, or once when nothing was heard within a minute, and once with
 * the answer
 * @param lookEvery milliseconds between two looks
 * @returns the way to stop looking
 */
export function follow(
  read: ReadOutcome,
  report: (outcome: CommandOutcome) => void,
  lookEvery = LOOK_EVERY,
): () => void {
  let looks = 0;
  /** what was said of waiting */
  let told: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  const look = async (): Promise<void> => {
    looks += 1;
    const outcome = await read().catch((error: unknown) => {
      console.error('What became of a command could not be read.', error);
      return null;
    });
    if (stopped) return;
    if (outcome !== null && outcome.state !== 'waiting') return report(outcome);
    const reason = outcome?.result ?? (looks >= SOON && told === null ? '' : told);
    if (reason !== null && reason !== told) {
      told = reason;
      report({ state: 'waiting', result: reason });
    }
    if (looks < GIVE_UP) timer = setTimeout(() => void look(), lookEvery);
  };
  timer = setTimeout(() => void look(), lookEvery);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

/** Follows the row of a command: see `follow`. */
export const followCommand = (
  id: string,
  report: (outcome: CommandOutcome) => void,
  lookEvery?: number,
): (() => void) => follow(() => readOutcome(id), report, lookEvery);

async function readOutcome(id: string): Promise<CommandOutcome | null> {
  const row = await Xrm.WebApi.retrieveRecord('crmjira_command', id, '?$select=crmjira_command_state,crmjira_result');
  const text: unknown = row['crmjira_result'];
  const result = typeof text === 'string' ? text : '';
  switch (row['crmjira_command_state']) {
    case CommandState.Done:
      return { state: 'done', result };
    case CommandState.Refused:
      return { state: 'refused', result };
    case CommandState.Failed:
      return { state: 'failed', result };
    default:
      return result === '' ? null : { state: 'waiting', result };
  }
}
