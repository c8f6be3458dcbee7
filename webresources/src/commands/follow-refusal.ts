import { CommandState, refusedRequestArgument } from '@crmjira/domain';

/** Milliseconds after a request at which the form looks whether the service has refused it. */
const LOOKS = [2_000, 5_000, 10_000, 30_000, 60_000];

/**
 * Looks a few times whether a request for approval was refused: the service says why in a command row of the requester's. No news is
 * that it counts.
 * @param report called once with the service's words
 * @returns the way to stop looking
 */
export function followRefusal(requestId: string, report: (words: string) => void): () => void {
  let done = false;
  const look = async (): Promise<void> => {
    if (done) return;
    const words = await readRefusal(refusedRequestArgument(requestId.replace(/[{}]/g, '').toLowerCase())).catch(
      (error: unknown) => {
        console.error('Whether a request was refused could not be read.', error);
        return null;
      },
    );
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

/** The words of the service on what it has refused, from a command row of the person's own; null where there are none. */
export async function readRefusal(argument: string): Promise<string | null> {
  const { entities } = await Xrm.WebApi.retrieveMultipleRecords(
    'crmjira_command',
    `?$select=crmjira_result&$filter=crmjira_argument eq '${argument}' and crmjira_command_state eq ${CommandState.Refused}&$top=1`,
  );
  const words: unknown = entities[0]?.['crmjira_result'];
  return typeof words === 'string' && words !== '' ? words : null;
}
