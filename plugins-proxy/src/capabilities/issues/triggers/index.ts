import { mirrorKeysOfJiraEvent } from '../mirror/mirror-triggers';
import type { Triggers } from '../../../reconciler/triggers';

/** What names the jobs of links and of the records that they stand on. */
export const issueTriggers: Triggers = {
  steps: [],
  kindOfTable: {},
  tracked: () => [],
  keysOfJiraEvent: (event, payload, connectionId) => {
    const keys = mirrorKeysOfJiraEvent(event, payload, connectionId);
    return keys.length === 0 ? null : keys;
  },
};
