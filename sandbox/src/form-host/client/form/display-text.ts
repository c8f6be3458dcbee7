import { formatDay, formatInstant, formatMoney, formatNumber } from '../format/format-value';
import { type Language, labelIn } from '../language';
import { word } from '../words';
import { type Column, isLookup } from './column';

/** Text that a column shows when nobody edits it; empty columns show nothing. */
export function displayText(column: Column, language: Language, currency: string): string {
  const { value, kind, facts } = column;
  if (value === null || value === '') return '';
  if (isLookup(value)) return value.name;
  if (kind === 'boolean') return word(language, value === true ? 'yes' : 'no');
  const option = facts?.options.find((one) => one.value === value);
  if (option) return labelIn(language, option.label);
  if (kind === 'choice' || kind === 'status') return column.formatted ?? String(value);
  if (typeof value === 'number') {
    if (kind === 'money') return formatMoney(value, currency, language);
    return formatNumber(value, language, kind === 'decimal' ? (facts?.precision ?? 2) : 0);
  }
  if (kind === 'date' && typeof value === 'string')
    return value.length === 10 || facts?.dateOnly ? formatDay(value, language) : formatInstant(value, language);
  return String(value);
}
