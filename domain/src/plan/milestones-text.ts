import type { MilestoneFacts } from './facts';

/** Length of `crmjira_milestones`. */
const MAX_LENGTH = 4000;

/** JSON for `crmjira_milestones`; when too long the latest milestones are left out, never half of one. Null when there are none. */
export function milestonesText(milestones: readonly MilestoneFacts[]): string | null {
  const dated = milestones
    .filter((milestone) => milestone.date !== null)
    .map(({ name, date, released }) => ({ name: name.slice(0, 100), date, released }))
    .sort((a, b) => (a.date! < b.date! ? -1 : a.date! > b.date! ? 1 : a.name < b.name ? -1 : 1));
  while (dated.length > 0) {
    const text = JSON.stringify(dated);
    if (text.length <= MAX_LENGTH) return text;
    dated.pop();
  }
  return null;
}
