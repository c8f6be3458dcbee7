import { entryOf } from '@crmjira/domain';
import { choiceLabel } from './choice-labels';

/** Longer values are cut, in characters: a diff is read, not copied from. */
const longest = 100;

const number = new Intl.NumberFormat('en-CA', { maximumFractionDigits: 4 });

/** Names of the platform, which writes words together. */
const platformNames: Readonly<Record<string, string>> = {
  activestageid: 'Active stage',
  actualvalue: 'Actual value',
  bpf_name: 'Name',
  bpf_opportunityid: 'Opportunity',
  crmjira_opportunitytojiraproject: 'Process',
  directioncode: 'Outgoing',
  email_activity_parties: 'From and to',
  ownerid: 'Owner',
  prioritycode: 'Priority',
  regardingobjectid_opportunity_email: 'Regarding',
  regardingobjectid_opportunity_task: 'Regarding',
  scheduledend: 'Due',
  scheduledstart: 'Start',
  transactioncurrencyid: 'Currency',
  traversedpath: 'Traversed path',
};

/** `crmjira_spent_amount` → `Spent amount`; `crmjira_opportunity_id@odata.bind` → `Opportunity`. */
export function columnText(column: string): string {
  const name = column.replace(/@.*$/, '');
  const known = entryOf(platformNames, name.toLowerCase());
  if (known !== undefined) return known;
  const words = name
    .replace(/^crmjira_/, '')
    .replace(/_id$/, '')
    .replaceAll('_', ' ')
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A column's value in words: choices by label, empty as `(empty)`, yes and no. */
export function valueText(column: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return '(empty)';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return choiceLabel(column, value) ?? number.format(value);
  // dynamics-web-api reads date-times as Date objects.
  const raw = value instanceof Date ? value.toISOString() : typeof value === 'string' ? value : JSON.stringify(value);
  const text = raw.replace(/\.000Z$/, 'Z').replace(/\s+/g, ' ');
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
