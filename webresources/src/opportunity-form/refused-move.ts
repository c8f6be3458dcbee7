import { isForbidden, plainId } from '@crmjira/form-data';
import { CommandState, CommandType } from '@crmjira/domain';

/** Milliseconds after a move at which the form looks whether the server refused it. */
const LOOKS = [1_000, 3_000, 8_000];

export interface RefusedMove {
  readonly id: string;
  readonly words: string;
}

/**
 * Dataverse passes on only that a synchronous step refused, not why. The service writes the words as a refused command row
 * (ADR-3): the newest one of this record and person.
 */
export async function readRefusedMove(recordId: string): Promise<RefusedMove | null> {
  const { userId } = Xrm.Utility.getGlobalContext().userSettings;
  const { entities } = await Xrm.WebApi.retrieveMultipleRecords(
    'crmjira_command',
    '?$select=crmjira_commandid,crmjira_result&$expand=createdby($select=applicationid)' +
      `&$filter=_crmjira_opportunity_id_value eq ${plainId(recordId)} and crmjira_command_type eq ${CommandType.StageMove}` +
      ` and crmjira_command_state eq ${CommandState.Refused} and _ownerid_value eq ${plainId(userId)}` +
      '&$orderby=createdon desc,versionnumber desc&$top=5',
  );
  // People could have written the same.
  const row = entities.find(({ createdby }) => createdby?.applicationid);
  const words: unknown = row?.['crmjira_result'];
  return row && typeof words === 'string' && words ? { id: row['crmjira_commandid'], words } : null;
}

/**
 * Looks a few times after a move that the form let go. `stop` ends it: the stage changed, nothing was refused. A refusal is new where it
 * was not there before the move: clocks of browser and server may differ.
 * @param report called once with the server's words
 * @param unexplained called when nothing was heard to the last look: the stage stays, and whoever checks it did not answer, or this
 * person may not read the answer
 */
export function watchForRefusal(
  recordId: string,
  report: (refused: RefusedMove) => void,
  unexplained: (isHidden: boolean) => void,
): { readonly stop: () => void } {
  let done = false;
  // It leaves before the move does. Where it fails, so that old and new cannot be told apart, nothing counts as new.
  const before = readRefusedMove(recordId);
  before.catch(() => undefined);
  const look = async (isLast: boolean): Promise<void> => {
    if (done) return;
    let isHidden = false;
    try {
      const [old, refused] = await Promise.all([before, readRefusedMove(recordId)]);
      if (done) return;
      if (refused && refused.id !== old?.id) {
        done = true;
        return report(refused);
      }
    } catch (error) {
      console.error('The reason of a refused stage could not be read.', error);
      isHidden = isForbidden(error);
    }
    if (!done && isLast) unexplained(isHidden);
  };
  const timers = LOOKS.map((delay, index) => setTimeout(() => void look(index === LOOKS.length - 1), delay));
  return {
    stop: () => {
      done = true;
      timers.forEach(clearTimeout);
    },
  };
}
