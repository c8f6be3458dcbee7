import { CommandState, type CommandType, commandRow } from '@crmjira/domain';
import { type RawRow, type ReadFailure, numberField, readFailure, textField, untilLook } from '@crmjira/form-data';

/** Milliseconds after which nobody looks any more; the row goes on without. */
const GIVE_UP = 20 * 60_000;

export interface Wanted {
  readonly regarding: { readonly table: string; readonly id: string };
  readonly type: CommandType;
  /** of the row in lists */
  readonly name: string;
  readonly payload?: unknown;
  /** of the row, where it has to be known before; a page chooses it then */
  readonly id?: string;
  /** a secret that only the service can read, for this row alone */
  readonly sealed?: string;
}

/** What came of it so far. */
export interface AskedOf {
  /** null: nothing was asked for */
  readonly id: string | null;
  readonly notSent: ReadFailure | null;
  readonly state: CommandState;
  /** the service's own sentence, in the language of whoever asked; empty as long as there is none */
  readonly result: string;
  /** facts beside the sentence, of a command that has any */
  readonly answer: unknown;
  /** of how many parts how many are done, of a command that has any */
  readonly done: number;
  readonly total: number | null;
}

const COLUMNS = '?$select=crmjira_command_state,crmjira_result,crmjira_answer,crmjira_done_count,crmjira_total_count';

const BEGUN = { state: CommandState.Requested, result: '', answer: null, done: 0, total: null } as const;

export const isAnswered = ({ notSent, state }: AskedOf): boolean => notSent !== null || state > CommandState.Running;

/**
 * Asks the service for something about any record by a row of its own (ADR-2), under the person's privileges, and looks for the answer.
 * @param hear told of each step; where it answers false nobody looks any more
 */
export async function askAbout(wanted: Wanted, hear: (asked: AskedOf) => boolean): Promise<AskedOf> {
  const { regarding, type, name, payload, id: chosen, sealed } = wanted;
  let asked: AskedOf = { ...BEGUN, id: null, notSent: null };
  try {
    const columns = {
      crmjira_name: name,
      ...(payload === undefined ? {} : { crmjira_payload: JSON.stringify(payload) }),
      ...(chosen === undefined ? {} : { crmjira_commandid: chosen }),
      ...(sealed === undefined ? {} : { crmjira_sealed: sealed }),
    };
    const { id } = await Xrm.WebApi.createRecord('crmjira_command', commandRow(regarding, type, columns));
    asked = { ...asked, id };
  } catch (error) {
    console.error('A request could not be sent.', error);
    asked = { ...asked, notSent: readFailure(error, !navigator.onLine) };
    hear(asked);
    return asked;
  }
  for (let waited = 0; hear(asked) && !isAnswered(asked) && waited < GIVE_UP;) {
    const next = untilLook(waited);
    await new Promise((resolve) => setTimeout(resolve, next));
    waited += next;
    asked = await look(asked);
  }
  return asked;
}

async function look(asked: AskedOf): Promise<AskedOf> {
  try {
    const row: RawRow = await Xrm.WebApi.retrieveRecord('crmjira_command', asked.id ?? '', COLUMNS);
    return {
      ...asked,
      // the values of the choice, in the order in which a command goes through them
      state: (numberField(row, 'crmjira_command_state') ?? CommandState.Requested) as CommandState,
      result: textField(row, 'crmjira_result') ?? '',
      answer: documentOf(textField(row, 'crmjira_answer')),
      done: numberField(row, 'crmjira_done_count') ?? 0,
      total: numberField(row, 'crmjira_total_count'),
    };
  } catch (error) {
    // Asked for is asked for: the next look tells.
    console.error('What became of a command could not be read.', error);
    return asked;
  }
}

/** Without the facts the sentence is all. */
function documentOf(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch (error) {
    console.error('The answer to a command could not be read.', error);
    return null;
  }
}
