import type { ColumnMetadata, ColumnType, GlobalOptionSetMetadata, OptionMetadata } from '@crmjira/domain';
import { DELEGATE_LOOKUPS } from './platform-tables';
import { findLabels, readLabels } from './read-labels';
import { readOptions } from './read-options';
import { attributeOf, complaint, findChild, flagOf, numberOf, textOf, type XmlElement } from './xml-element';

const COLUMN_TYPES: Readonly<Record<string, ColumnType>> = {
  nvarchar: 'String',
  ntext: 'Memo',
  int: 'Integer',
  bigint: 'BigInt',
  decimal: 'Decimal',
  float: 'Double',
  money: 'Money',
  bit: 'Boolean',
  picklist: 'Picklist',
  multiselectpicklist: 'MultiSelectPicklist',
  state: 'State',
  status: 'Status',
  datetime: 'DateTime',
  lookup: 'Lookup',
  owner: 'Owner',
  customer: 'Customer',
  partylist: 'PartyList',
  primarykey: 'Uniqueidentifier',
  uniqueidentifier: 'Uniqueidentifier',
};

const REQUIRED_LEVELS: Readonly<Record<string, ColumnMetadata['requiredLevel']>> = {
  none: 'None',
  recommended: 'Recommended',
  required: 'ApplicationRequired',
  systemrequired: 'SystemRequired',
};

const FORMATS: Readonly<Record<string, string>> = {
  text: 'Text',
  textarea: 'TextArea',
  url: 'Url',
  email: 'Email',
  phone: 'Phone',
  tickersymbol: 'TickerSymbol',
  phoneticguide: 'PhoneticGuide',
  versionnumber: 'VersionNumber',
  richtext: 'RichText',
  json: 'Json',
  timezone: 'TimeZone',
  language: 'Language',
  locale: 'Locale',
  none: 'None',
  duration: 'Duration',
  datetime: 'DateAndTime',
  date: 'DateOnly',
};

const DATE_BEHAVIORS = { 1: 'UserLocal', 2: 'DateOnly', 3: 'TimeZoneIndependent' } as const;

export type OptionSets = ReadonlyMap<string, GlobalOptionSetMetadata>;

/**
 * One `<attribute>` of an Entity.xml. Lookup targets and base columns stand elsewhere: the reader of the table adds them.
 *
 * @throws SolutionSourceError when type, level, length or choice do not make a column
 */
export function readColumn(element: XmlElement, optionSets: OptionSets): ColumnMetadata {
  const schemaName = attributeOf(element, 'PhysicalName');
  const logicalName = textOf(element, 'LogicalName');
  if (schemaName.toLowerCase() !== logicalName) throw complaint(element, `has the other LogicalName ${logicalName}`);
  const type = COLUMN_TYPES[textOf(element, 'Type')];
  if (type === undefined) throw complaint(element, `has an unknown Type '${textOf(element, 'Type')}'`);
  const requiredLevel = REQUIRED_LEVELS[textOf(element, 'RequiredLevel')];
  if (requiredLevel === undefined) throw complaint(element, 'has an unknown RequiredLevel');
  const description = findLabels(element, 'Descriptions', 'Description');
  return {
    logicalName,
    schemaName,
    type,
    displayName: readLabels(element, 'displaynames', 'displayname'),
    ...(description && { description }),
    requiredLevel,
    isCustom: flagOf(element, 'IsCustomField'),
    isSecured: flagOf(element, 'IsSecured'),
    isAudited: flagOf(element, 'IsAuditEnabled'),
    isValidForCreate: flagOf(element, 'ValidForCreateApi'),
    isValidForUpdate: flagOf(element, 'ValidForUpdateApi'),
    isValidForRead: flagOf(element, 'ValidForReadApi'),
    ...readTypeDetails(element, type, optionSets),
  };
}

/**
 * Why the model has no place for a column of another maker's package; undefined when it has.
 *
 * @param known names of the choices in the package, and whether a relationship says what the column points at
 */
export function canReadColumn(
  element: XmlElement,
  { choices, isLookup }: { readonly choices: ReadonlySet<string>; readonly isLookup: boolean },
): string | undefined {
  const type = COLUMN_TYPES[textOf(element, 'Type')];
  if (type === undefined) return `of type ${textOf(element, 'Type')}`;
  const isPointing = isLookup || DELEGATE_LOOKUPS.includes(textOf(element, 'LogicalName'));
  if (type === 'Lookup' && !isPointing) return 'a lookup without a relationship to a table of the environment';
  const choice = findChild(element, 'OptionSetName')?.text ?? '';
  if (choice !== '' && findChild(element, 'optionset') === undefined && !choices.has(choice))
    return `of the choice ${choice}, which is not in the package`;
  const format = findChild(element, 'Format')?.text ?? '';
  return format === '' || format in FORMATS ? undefined : `of the format ${format}`;
}

function readTypeDetails(element: XmlElement, type: ColumnType, optionSets: OptionSets): Partial<ColumnMetadata> {
  const range = () => ({ minValue: numberOf(element, 'MinValue'), maxValue: numberOf(element, 'MaxValue') });
  switch (type) {
    case 'String':
    case 'Memo': {
      const maxLength = numberOf(element, 'MaxLength');
      if (maxLength === undefined) throw complaint(element, 'needs a MaxLength');
      const autoNumberFormat = findChild(element, 'AutoNumberFormat')?.text ?? '';
      return { maxLength, ...readFormat(element), ...(autoNumberFormat !== '' && { autoNumberFormat }) };
    }
    case 'Integer':
      return { ...range(), ...readFormat(element) };
    case 'Money':
    case 'Decimal':
    case 'Double': {
      const precision = numberOf(element, 'Accuracy');
      if (precision === undefined) throw complaint(element, 'needs an Accuracy');
      return { precision, ...range() };
    }
    case 'DateTime': {
      const behavior = DATE_BEHAVIORS[numberOf(element, 'Behavior') as keyof typeof DATE_BEHAVIORS]; // looked up, checked below
      if (behavior === undefined) throw complaint(element, 'needs a Behavior of 1, 2 or 3');
      return { ...readFormat(element), dateTimeBehavior: behavior };
    }
    case 'Boolean':
      return { ...readChoice(element, optionSets), defaultValue: flagOf(element, 'AppDefaultValue') };
    case 'Picklist':
    case 'MultiSelectPicklist': {
      const choice = readChoice(element, optionSets);
      const value = numberOf(element, 'AppDefaultValue') ?? -1;
      if (value === -1) return choice;
      if (!choice.options.some((option) => option.value === value))
        throw complaint(element, `has the default ${value}, no option`);
      return { ...choice, defaultValue: value };
    }
    case 'State':
    case 'Status':
      return readChoice(element, optionSets);
    default:
      return {};
  }
}

function readFormat(element: XmlElement): { format?: string } {
  const text = findChild(element, 'Format')?.text ?? '';
  if (text === '') return {};
  const format = FORMATS[text];
  if (format === undefined) throw complaint(element, `has an unknown Format '${text}'`);
  return { format };
}

function readChoice(
  element: XmlElement,
  optionSets: OptionSets,
): { optionSetName: string; isGlobalOptionSet: boolean; options: readonly OptionMetadata[] } {
  const local = findChild(element, 'optionset');
  if (local !== undefined) {
    return { optionSetName: attributeOf(local, 'Name'), isGlobalOptionSet: false, options: readOptions(local) };
  }
  const name = textOf(element, 'OptionSetName');
  const global = optionSets.get(name);
  if (global === undefined) throw complaint(element, `names the choice ${name}, which is not in OptionSets/`);
  return { optionSetName: name, isGlobalOptionSet: true, options: global.options };
}
