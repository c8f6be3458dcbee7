import { CommandState, CommandType } from '@crmjira/domain';

/** Milliseconds after a move at which the form looks whether the server refused it. */
const LOOKS = [1_000, 3_000, 8_000];

export interface RefusedMove {
  readonly id: string;
  readonly words: string;
}

/**
 * Dataverse passes on only that a synchronous step refused, not why. The service writes the words as a refused command row
 * (ADR-3): the newest one of this record that came after `since`.
 */
export async function readRefusedMove(recordId: string, since: Date): Promise<RefusedMove | null> {
  const id = recordId.replace(/[{}]/g, '').toLowerCase();
  // Dataverse keeps whole seconds: a row written in the second of the attempt belongs to it.
  const from = `${since.toISOString().slice(0, 19)}Z`;
  const { entities } = await Xrm.WebApi.retrieveMultipleRecords(
    'crmjira_command',
    '?$select=crmjira_commandid,crmjira_result' +
      `&$filter=_crmjira_opportunity_id_value eq ${id} and crmjira_command_type eq ${CommandType.StageMove}` +
      ` and crmjira_command_state eq ${CommandState.Refused} and createdon ge ${from}` +
      '&$orderby=createdon desc&$top=1',
  );
  const [row] = entities;
  const words: unknown = row?.['crmjira_result'];
  return row && typeof words === 'string' && words ? { id: row['crmjira_commandid'], words } : null;
}

/**
 * Looks a few times after a move that the form let go. `stop` ends it: the stage changed, nothing was refused.
 * @param report called once with the server's words
 * @param unexplained called when nothing was heard to the last look: the stage stays, and whoever checks it did not answer
 */
export function watchForRefusal(
  recordId: string,
  report: (refused: RefusedMove) => void,
  unexplained: () => void,
): { readonly stop: () => void } {
  const since = new Date();
  let done = false;
  const look = (isLast: boolean) => {
    if (done) return;
    readRefusedMove(recordId, since).then(
      (refused) => {
        if (done) return;
        if (refused) {
          done = true;
          report(refused);
        } else if (isLast) unexplained();
      },
      (error: unknown) => {
        console.error('The reason of a refused stage could not be read.', error);
        if (!done && isLast) unexplained();
      },
    );
  };
  const timers = LOOKS.map((delay, index) => setTimeout(look, delay, index === LOOKS.length - 1));
  return {
    stop: () => {
      done = true;
      timers.forEach(clearTimeout);
    },
  };
}
