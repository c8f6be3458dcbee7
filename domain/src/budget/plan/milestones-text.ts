import { cutText } from '../../text/fit-text';
import { textLengths } from '../../schema/generated/text-lengths';

export interface MilestoneFacts {
  readonly name: string;
  /** calendar day `yyyy-MM-dd` */
  readonly date: string | null;
  readonly released: boolean;
}

const MAX_LENGTH = textLengths.crmjira_budget_mappings.crmjira_milestones;
/** Characters of a milestone's name that are kept. */
const NAME_LENGTH = 100;

/** JSON for `crmjira_milestones`; when too long the latest milestones are left out, never half of one. Null when there are none. */
export function milestonesText(milestones: readonly MilestoneFacts[]): string | null {
  const dated = milestones
    .filter((milestone) => milestone.date !== null)
    .map(({ name, date, released }) => ({ name: cutText(name, NAME_LENGTH), date, released }))
    .sort((a, b) => (a.date! < b.date! ? -1 : a.date! > b.date! ? 1 : a.name < b.name ? -1 : 1));
  while (dated.length > 0) {
    const text = JSON.stringify(dated);
    if (text.length <= MAX_LENGTH) return text;
    dated.pop();
  }
  return null;
}
