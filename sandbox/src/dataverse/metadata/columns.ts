import type { ColumnMetadata, ColumnType, Labels, OptionMetadata } from '@crmjira/domain';

/** Microsoft's tables are shown in English here: the French names of their columns come with the language pack. */
export const label = (english: string, french = english): Labels => ({ 1033: english, 3084: french });

type Extra = Partial<ColumnMetadata>;

export function column(type: ColumnType, logicalName: string, displayName: string, extra: Extra = {}): ColumnMetadata {
  return {
    logicalName,
    schemaName: logicalName,
    type,
    displayName: label(displayName),
    requiredLevel: 'None',
    isCustom: false,
    isSecured: false,
    isAudited: false,
    isValidForCreate: true,
    isValidForUpdate: true,
    isValidForRead: true,
    ...extra,
  };
}

/** Set by the platform; a value in a payload is passed over without a word, as the Web API does. */
export const readOnly: Extra = { isValidForCreate: false, isValidForUpdate: false };
export const createOnly: Extra = { isValidForUpdate: false };
export const systemRequired: Extra = { requiredLevel: 'SystemRequired' };
export const applicationRequired: Extra = { requiredLevel: 'ApplicationRequired' };

export const text = (name: string, maxLength: number, display: string, extra: Extra = {}): ColumnMetadata =>
  column('String', name, display, { maxLength, format: 'Text', ...extra });
export const memo = (name: string, maxLength: number, display: string, extra: Extra = {}): ColumnMetadata =>
  column('Memo', name, display, { maxLength, format: 'TextArea', ...extra });
export const integer = (name: string, min: number, max: number, display: string, extra: Extra = {}): ColumnMetadata =>
  column('Integer', name, display, { minValue: min, maxValue: max, format: 'None', ...extra });
export const decimal = (name: string, precision: number, display: string, extra: Extra = {}): ColumnMetadata =>
  column('Decimal', name, display, { precision, minValue: -1e11, maxValue: 1e11, ...extra });
export const money = (name: string, display: string, extra: Extra = {}): ColumnMetadata =>
  column('Money', name, display, { precision: 2, minValue: 0, maxValue: 1e12, baseColumn: `${name}_base`, ...extra });
export const yesNo = (name: string, display: string, extra: Extra = {}): ColumnMetadata =>
  column('Boolean', name, display, { defaultValue: false, options: booleanOptions('Yes', 'No'), ...extra });
export const dateTime = (name: string, display: string, extra: Extra = {}): ColumnMetadata =>
  column('DateTime', name, display, { dateTimeBehavior: 'UserLocal', format: 'DateAndTime', ...extra });
export const dateOnly = (name: string, display: string, extra: Extra = {}): ColumnMetadata =>
  column('DateTime', name, display, { dateTimeBehavior: 'DateOnly', format: 'DateOnly', ...extra });
export const lookup = (name: string, targets: readonly string[], display: string, extra: Extra = {}): ColumnMetadata =>
  column('Lookup', name, display, { targets, ...extra });
export const guid = (name: string, display: string, extra: Extra = {}): ColumnMetadata =>
  column('Uniqueidentifier', name, display, extra);

export const booleanOptions = (yes: string, no: string): readonly OptionMetadata[] => [
  { value: 0, label: label(no) },
  { value: 1, label: label(yes) },
];

/** `choice('x', 'X', { 1: 'Hot', 2: 'Warm' })`. */
export const choice = (
  name: string,
  display: string,
  options: Readonly<Record<number, string>>,
  extra: Extra = {},
): ColumnMetadata =>
  column('Picklist', name, display, { options: optionsOf(options), isGlobalOptionSet: false, ...extra });

export const optionsOf = (options: Readonly<Record<number, string>>): readonly OptionMetadata[] =>
  Object.entries(options).map(([value, text]) => ({ value: Number(value), label: label(text) }));

/** State and status of a table: `{ 0: ['Open', { 1: 'In Progress' }] }`; the first status of a state is its default. */
export function states(
  definition: Readonly<Record<number, readonly [string, Readonly<Record<number, string>>]>>,
): readonly ColumnMetadata[] {
  const entries = Object.entries(definition).map(([state, [name, reasons]]) => ({
    state: Number(state),
    name,
    reasons,
  }));
  return [
    column('State', 'statecode', 'Status', {
      ...systemRequired,
      options: entries.map(({ state, name }) => ({ value: state, label: label(name) })),
      defaultValue: 0,
    }),
    column('Status', 'statuscode', 'Status Reason', {
      options: entries.flatMap(({ state, reasons }) => optionsOf(reasons).map((option) => ({ ...option, state }))),
    }),
  ];
}
