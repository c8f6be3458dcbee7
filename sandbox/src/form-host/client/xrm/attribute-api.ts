import { type Column, type ColumnValue, type RequiredLevel, type SubmitMode, isDirty, isLookup } from '../form/column';
import { labelIn } from '../language';
import { columnGrant } from '../security/column-security';
import { collectionApi } from './collection';
import { controlApi } from './control-api';
import type { FormContextParts } from './form-context-parts';
import { refused } from './not-there';

const attributeTypes: Readonly<Record<string, string>> = {
  text: 'string',
  memo: 'memo',
  url: 'string',
  email: 'string',
  phone: 'string',
  money: 'money',
  decimal: 'decimal',
  integer: 'integer',
  choice: 'optionset',
  boolean: 'boolean',
  date: 'datetime',
  lookup: 'lookup',
  status: 'optionset',
};

/** Kinds of column whose format the client API names. */
const formats: Readonly<Record<string, string>> = {
  text: 'text',
  memo: 'textarea',
  email: 'email',
  url: 'url',
  phone: 'phone',
};

/** `formContext.getAttribute(name)`. Values as the client API gives them: dates as Date, lookups as an array of one. */
export function attributeApi(name: string, parts: FormContextParts) {
  const { model, events, language, persona, table } = parts;
  const column = () => model.columns.get(name);
  const change = (work: (known: Column) => void) => {
    const known = column();
    if (known) work(known);
    model.changed();
  };
  const options = () =>
    (column()?.facts?.options ?? []).map(({ value, label }) => ({ value, text: labelIn(language, label) }));
  return refused('attribute', {
    getName: () => name,
    getAttributeType: () => attributeTypes[column()?.kind ?? ''] ?? 'string',
    getFormat: () => {
      const known = column();
      if (known?.kind === 'date') return known.facts?.dateOnly ? 'date' : 'datetime';
      return formats[known?.kind ?? ''] ?? null;
    },
    getParent: () => parts.entity(),
    getIsPartyList: () => false,
    getValue: () => toScript(column()?.value ?? null, column()?.kind === 'date'),
    setValue: (value: unknown) => model.set(name, fromScript(value)),
    getInitialValue: () => toScript(column()?.saved ?? null, column()?.kind === 'date'),
    getIsDirty: () => {
      const known = column();
      return known ? isDirty(known) : false;
    },
    getRequiredLevel: () => column()?.required ?? 'none',
    setRequiredLevel: (level: RequiredLevel) => change((known) => (known.required = level)),
    getSubmitMode: () => column()?.submitMode ?? 'dirty',
    setSubmitMode: (mode: SubmitMode) => change((known) => (known.submitMode = mode)),
    getUserPrivilege: () => {
      const { read, create, update } = columnGrant(persona, table.name, name, column()?.facts ?? null);
      return { canRead: read, canUpdate: update, canCreate: create };
    },
    getText: () => options().find(({ value }) => value === column()?.value)?.text ?? column()?.formatted ?? '',
    getOptions: options,
    getOption: (wanted: number | string) =>
      options().find(({ value, text }) => value === wanted || text === wanted) ?? null,
    getSelectedOption: () => options().find(({ value }) => value === column()?.value) ?? null,
    getMaxLength: () => column()?.facts?.maxLength ?? 4000,
    getPrecision: () => column()?.facts?.precision ?? 2,
    getMin: () => column()?.facts?.minValue ?? null,
    getMax: () => column()?.facts?.maxValue ?? null,
    isValid: () => {
      const known = column();
      return (
        known === undefined || (known.invalid === null && !(known.required === 'required' && isEmpty(known.value)))
      );
    },
    setIsValid: (valid: boolean, message = '') => change((known) => (known.invalid = valid ? null : message)),
    addOnChange: (handler: unknown) => events.onChange(name).add(handler),
    removeOnChange: (handler: unknown) => events.onChange(name).remove(handler),
    fireOnChange: () => parts.fireOnChange(name),
    controls: collectionApi([name], (control) => controlApi(control, name, parts)),
  });
}

export function isEmpty(value: ColumnValue): boolean {
  return value === null || value === '';
}

function toScript(value: ColumnValue, isDate: boolean): unknown {
  if (isLookup(value)) return [value];
  if (isDate && typeof value === 'string') return new Date(value.length === 10 ? `${value}T00:00:00` : value);
  return value;
}

function fromScript(value: unknown): ColumnValue {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value) && isLookupLike(value[0])) return value[0];
  return null;
}

function isLookupLike(value: unknown): value is { id: string; name: string; entityType: string } {
  return typeof value === 'object' && value !== null && 'id' in value && 'entityType' in value;
}
