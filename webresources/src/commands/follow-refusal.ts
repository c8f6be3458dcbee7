import { isForbidden, plainId } from '@crmjira/form-data';
import { CommandState, RowState, refusedRequestArgument } from '@crmjira/domain';

/** Milliseconds after a request at which the form looks whether the service has refused it. */
const LOOKS = [2_000, 5_000, 10_000, 30_000, 60_000];

/**
 * Looks a few times whether a request for approval was refused: the service says why in the request itself. No news is that it counts.
 * @param report called once with the service's words
 * @returns the way to stop looking
 */
export function followRefusal(requestId: string, report: (words: string) => void): () => void {
  const id = plainId(requestId);
  let done = false;
  const look = async (): Promise<void> => {
    if (done) return;
    const words = await readRequestRefusal(id).catch((error: unknown) => {
      console.error('Whether a request was refused could not be read.', error);
      return null;
    });
    if (done || words === null) return;
    done = true;
    report(words);
  };
  const timers = LOOKS.map((delay) => setTimeout(() => void look(), delay));
  return () => {
    done = true;
    timers.forEach(clearTimeout);
  };
}

/** What an older service has said in a command row alone is found there. */
async function readRequestRefusal(id: string): Promise<string | null> {
  const row = await Xrm.WebApi.retrieveRecord(
    'crmjira_budget_approval',
    id,
    '?$select=statecode,crmjira_decision_comment&$expand=modifiedby($select=applicationid)',
  );
  if (row['statecode'] !== RowState.Inactive || !row['modifiedby']?.applicationid) return null;
  return textOf(row['crmjira_decision_comment']) ?? readRefusal(refusedRequestArgument(id));
}

/** The words of the service on what it has refused, from a command row; null where it wrote none, or none that the person may read. */
export async function readRefusal(argument: string): Promise<string | null> {
  try {
    const { entities } = await Xrm.WebApi.retrieveMultipleRecords(
      'crmjira_command',
      '?$select=crmjira_result&$expand=createdby($select=applicationid)' +
        `&$filter=crmjira_argument eq '${argument}' and crmjira_command_state eq ${CommandState.Refused}`,
    );
    // People could have written the same.
    return textOf(entities.find((row) => row['createdby']?.applicationid)?.['crmjira_result']);
  } catch (error) {
    if (isForbidden(error)) return null;
    throw error;
  }
}

const textOf = (words: unknown): string | null => (typeof words === 'string' && words !== '' ? words : null);
