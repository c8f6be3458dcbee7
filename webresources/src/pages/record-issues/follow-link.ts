import { CommandState, LinkState } from '@crmjira/domain';
import { type RawRow, numberField, textField } from '@crmjira/form-data';
import type { AskedOf } from '../../commands/ask-about';

/** Milliseconds between two looks at a link, and how many of them somebody waits for. */
const LOOK_EVERY = 1_000;
const LOOKS = 120;

/** Link that the service has made for a new issue: Jira is asked afterwards. */
export function linkOf({ answer }: AskedOf): string | null {
  const link: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'link') : null;
  return typeof link === 'string' ? link : null;
}

/**
 * An accepted request is no issue yet: it is one when its link says so, and failed when Jira refused it.
 * @param created words for the issue of a key
 * @param hear answers false where nobody looks any more
 */
export async function followLink(
  accepted: AskedOf,
  created: (key: string) => string,
  hear: (state: AskedOf) => boolean,
): Promise<void> {
  const id = linkOf(accepted);
  if (id === null) return void hear(accepted);
  let state: AskedOf = { ...accepted, state: CommandState.Running };
  for (let looks = 0; hear(state) && state.state === CommandState.Running && looks < LOOKS; looks += 1) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
    state = await look(id, state, created);
  }
}

async function look(id: string, state: AskedOf, created: (key: string) => string): Promise<AskedOf> {
  try {
    const row: RawRow = await Xrm.WebApi.retrieveRecord(
      'crmjira_issue_link',
      id,
      '?$select=crmjira_name,crmjira_state,crmjira_last_error',
    );
    switch (numberField(row, 'crmjira_state')) {
      case LinkState.Linked:
        return { ...state, state: CommandState.Done, result: created(textField(row, 'crmjira_name') ?? '') };
      case LinkState.Failing:
      case LinkState.Broken:
        return { ...state, state: CommandState.Failed, result: textField(row, 'crmjira_last_error') ?? '' };
      default:
        return state;
    }
  } catch (error) {
    // The next look tells.
    console.error('What became of a link could not be read.', error);
    return state;
  }
}
