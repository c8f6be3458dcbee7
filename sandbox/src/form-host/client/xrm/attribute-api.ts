import { type ColumnValue, type RequiredLevel, isDirty, isLookup } from '../form/column';
import { labelIn } from '../language';
import { controlApi } from './control-api';
import type { FormContextParts } from './form-context';

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

/** `formContext.getAttribute(name)`. Values as the client API gives them: dates as Date, lookups as an array of one. */
export function attributeApi(name: string, parts: FormContextParts) {
  const { model, events, language } = parts;
  const column = () => model.columns.get(name);
  return {
    getName: () => name,
    getAttributeType: () => attributeTypes[column()?.kind ?? ''] ?? 'string',
    getValue: () => toScript(column()?.value ?? null, column()?.kind === 'date'),
    setValue: (value: unknown) => {
      model.set(name, fromScript(value));
    },
    getInitialValue: () => toScript(column()?.saved ?? null, column()?.kind === 'date'),
    getIsDirty: () => {
      const known = column();
      return known ? isDirty(known) : false;
    },
    getRequiredLevel: () => column()?.required ?? 'none',
    setRequiredLevel: (level: RequiredLevel) => {
      const known = column();
      if (known) known.required = level;
      model.changed();
    },
    getText: () => {
      const known = column();
      const option = known?.facts?.options.find((one) => one.value === known.value);
      return option ? labelIn(language, option.label) : (known?.formatted ?? '');
    },
    getMaxLength: () => column()?.facts?.maxLength ?? 4000,
    getPrecision: () => column()?.facts?.precision ?? 2,
    getSubmitMode: () => 'dirty',
    isValid: () => true,
    addOnChange: (handler: unknown) => events.onChange(name).add(handler),
    removeOnChange: (handler: unknown) => events.onChange(name).remove(handler),
    fireOnChange: () => parts.fireOnChange(name),
    controls: {
      forEach: (visit: (control: unknown) => void) => visit(controlApi(name, name, parts)),
      get: () => [controlApi(name, name, parts)],
      getLength: () => 1,
    },
  };
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
