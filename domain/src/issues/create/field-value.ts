import type { CreateField } from './create-fields';

/** Types whose value a person can enter as text. */
const TEXT_TYPES: readonly string[] = ['string', 'number', 'date', 'datetime', 'any'];

/** Whether what the field needs can be typed or chosen from its list. A person's account, for one, cannot. */
export function isEnterable({ type, items, choices }: CreateField): boolean {
  if (choices !== null) return choices.length > 0 && type !== 'option-with-child';
  return TEXT_TYPES.includes(type) || (type === 'array' && items === 'string');
}

export type FieldInput = { readonly value: unknown } | { readonly problem: 'empty' | 'not-a-choice' | 'not-valid' };

/** What Jira takes for what a person has entered. @param toRich text as the deployment takes it where a field holds paragraphs */
export function fieldInput(field: CreateField, entered: string, toRich: (text: string) => unknown): FieldInput {
  const text = entered.trim();
  const { type, items, choices, isRich } = field;
  if (text === '') return { problem: 'empty' };
  if (choices !== null) {
    const chosen = choices.find(({ name }) => name === text);
    if (chosen === undefined) return { problem: 'not-a-choice' };
    const value = { id: chosen.id };
    return { value: type === 'array' ? [value] : value };
  }
  switch (type) {
    case 'number': {
      const number = Number(text.replace(',', '.'));
      return Number.isFinite(number) ? { value: number } : { problem: 'not-valid' };
    }
    case 'date':
      return isDay(text) ? { value: text } : { problem: 'not-valid' };
    case 'datetime':
      return Number.isNaN(Date.parse(text))
        ? { problem: 'not-valid' }
        : { value: new Date(text).toISOString().replace('Z', '+0000') };
    case 'array':
      return items === 'string' ? { value: text.split(/[\s,]+/) } : { problem: 'not-valid' };
    default:
      return { value: isRich ? toRich(text) : text };
  }
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
