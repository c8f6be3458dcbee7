import type { Triggers } from '../../../reconciler/triggers';

/** What names the jobs of links and of the records that they stand on. */
export const issueTriggers: Triggers = {
  steps: [],
  kindOfTable: {},
  tracked: () => [],
  keysOfJiraEvent: () => null,
};
