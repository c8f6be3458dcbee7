import { choiceLabel } from './choice-labels';

/** Longer values are cut, in characters: a diff is read, not copied from. */
const longest = 100;

const number = new Intl.NumberFormat('en-CA', { maximumFractionDigits: 4 });

/** `crmjira_spent_amount` → `Spent amount`; `crmjira_opportunity_id@odata.bind` → `Opportunity`. */
export function columnText(column: string): string {
  const words = column
    .replace(/@.*$/, '')
    .replace(/^crmjira_/, '')
    .replace(/_id$|(?<=currency)id$/, '')
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
