import { CommandState, type CommandType, commandRow } from '@crmjira/domain';
import { textField } from '../row/row-fields';
import type { Desk } from '../store/desk';
import { type ReadFailure, readFailure } from '../store/read-failure';
import { COMMAND_QUERY, type CommandAnswer, parseCommand } from './command';

/** Somebody waits with the hands on the keys: milliseconds between two looks at the answer, and for how long. */
const LOOK_EVERY = 500;
export const LOOK_FOR = 10_000;

/** Afterwards an answer is still looked for, as often as the store looks. */
const THEN_EVERY = 4_000;
export const WAIT_FOR = 120_000;

/** Milliseconds until the next look at an answer that has been waited for that long. Pure. */
export const untilLook = (waited: number): number => (waited < LOOK_FOR ? LOOK_EVERY : THEN_EVERY);

export interface Asked extends CommandAnswer {
  /** null: nothing was asked for */
  readonly id: string | null;
  readonly notSent: ReadFailure | null;
  /** document of a command that answers with one */
  readonly answer: unknown;
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => void window.setTimeout(resolve, milliseconds));

/**
 * Asks the integration for something about a record, mostly the one on the form, whichever table it is of, and looks for the answer.
 * @param name of the row in lists @param patience milliseconds for which the answer is looked for
 * @param hear told of each step; what it answers false to is looked at no more
 * @returns state Requested or Running when there is no answer by then: the wish is kept
 */
export async function askRecord(
  desk: Pick<Desk, 'webApi' | 'isOffline' | 'table' | 'id'>,
  type: CommandType,
  name: string,
  payload: object,
  patience: number,
  hear: (asked: Asked) => boolean,
): Promise<Asked> {
  const { webApi, isOffline } = desk;
  let asked: Asked = { id: null, notSent: null, answer: null, state: CommandState.Requested, result: null };
  try {
    const row = commandRow(desk, type, { crmjira_name: name, crmjira_payload: JSON.stringify(payload) });
    const { id } = await webApi.createRecord('crmjira_command', row);
    asked = { ...asked, id };
  } catch (error) {
    return { ...asked, notSent: readFailure(error, isOffline()) };
  }
  for (let waited = 0; hear(asked) && waited < patience && asked.state <= CommandState.Running;) {
    const next = untilLook(waited);
    await pause(next);
    waited += next;
    asked = await look(webApi, asked);
  }
  return asked;
}

async function look(webApi: Desk['webApi'], asked: Asked): Promise<Asked> {
  try {
    const row = await webApi.retrieveRecord('crmjira_command', asked.id ?? '', `${COMMAND_QUERY},crmjira_answer`);
    const answer = textField(row, 'crmjira_answer');
    return { ...asked, ...parseCommand(row), answer: answer && JSON.parse(answer) };
  } catch {
    // Asked for is asked for: the next look tells.
    return asked;
  }
}
