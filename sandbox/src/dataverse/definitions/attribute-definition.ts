import type { ColumnMetadata, ColumnType, OptionMetadata } from '@crmjira/domain';
import { guidOf } from '../guid';
import type { Table } from '../metadata/schema';
import { columnFacts } from './definition-facts';
import type { DefinitionJson } from './definition-json';
import { labelJson, managed } from './labels';

/** OData type of the attribute's own kind, and the name of its type. */
const kinds: Readonly<Record<ColumnType, readonly [metadata: string, typeName: string]>> = {
  String: ['StringAttributeMetadata', 'StringType'],
  Memo: ['MemoAttributeMetadata', 'MemoType'],
  Integer: ['IntegerAttributeMetadata', 'IntegerType'],
  BigInt: ['BigIntAttributeMetadata', 'BigIntType'],
  Decimal: ['DecimalAttributeMetadata', 'DecimalType'],
  Double: ['DoubleAttributeMetadata', 'DoubleType'],
  Money: ['MoneyAttributeMetadata', 'MoneyType'],
  Boolean: ['BooleanAttributeMetadata', 'BooleanType'],
  Picklist: ['PicklistAttributeMetadata', 'PicklistType'],
  MultiSelectPicklist: ['MultiSelectPicklistAttributeMetadata', 'MultiSelectPicklistType'],
  State: ['StateAttributeMetadata', 'StateType'],
  Status: ['StatusAttributeMetadata', 'StatusType'],
  DateTime: ['DateTimeAttributeMetadata', 'DateTimeType'],
  Lookup: ['LookupAttributeMetadata', 'LookupType'],
  Owner: ['LookupAttributeMetadata', 'OwnerType'],
  Customer: ['LookupAttributeMetadata', 'CustomerType'],
  PartyList: ['LookupAttributeMetadata', 'PartyListType'],
  Uniqueidentifier: ['UniqueIdentifierAttributeMetadata', 'UniqueidentifierType'],
  EntityName: ['EntityNameAttributeMetadata', 'EntityNameType'],
  Virtual: ['AttributeMetadata', 'VirtualType'],
};

export const metadataType = (column: ColumnMetadata): string => kinds[column.type][0];

/** `AttributeType`: a multi-choice column calls itself Virtual there. */
const attributeType = (column: ColumnMetadata): string =>
  column.type === 'MultiSelectPicklist' ? 'Virtual' : column.type;

/** Properties of the attribute's own kind come under the kind only, as the Web API gives them. */
export function attributeDefinition(table: Table, column: ColumnMetadata, isManaged: boolean): DefinitionJson {
  const [, typeName] = kinds[column.type];
  return {
    '@odata.type': `#Microsoft.Dynamics.CRM.${metadataType(column)}`,
    MetadataId: guidOf(`attribute:${table.logicalName}.${column.logicalName}`),
    HasChanged: null,
    ...columnFacts(column, isManaged),
    AttributeOf: null,
    AttributeType: attributeType(column),
    AttributeTypeName: { Value: typeName },
    ColumnNumber: table.columns.indexOf(column) + 1,
    Description: labelJson(column.description, isManaged),
    DisplayName: labelJson(column.displayName, isManaged),
    EntityLogicalName: table.logicalName,
    IsAuditEnabled: managed(column.isAudited, 'canmodifyauditsettings'),
    IsCustomAttribute: column.isCustom,
    IsLogical: false,
    IsManaged: isManaged,
    IsPrimaryId: column.logicalName === table.primaryId,
    IsPrimaryName: column.logicalName === table.primaryName,
    IsSecured: column.isSecured,
    IsValidForCreate: column.isValidForCreate,
    IsValidForRead: column.isValidForRead,
    IsValidForUpdate: column.isValidForUpdate,
    IsValidODataAttribute: column.type !== 'PartyList' && column.type !== 'Virtual',
    LogicalName: column.logicalName,
    RequiredLevel: {
      Value: column.requiredLevel,
      CanBeChanged: true,
      ManagedPropertyLogicalName: 'canmodifyrequirementlevelsettings',
    },
    SchemaName: column.schemaName,
    ...own(table, column, isManaged),
  };
}

function own(table: Table, column: ColumnMetadata, isManaged: boolean): DefinitionJson {
  switch (column.type) {
    case 'String':
    case 'Memo':
      return {
        MaxLength: column.maxLength ?? null,
        Format: column.format ?? 'Text',
        FormatName: { Value: column.format ?? 'Text' },
        ImeMode: 'Auto',
        IsLocalizable: false,
        // Bytes: two a character.
        ...(column.type === 'String' ? { DatabaseLength: 2 * (column.maxLength ?? 0), YomiOf: null } : {}),
      };
    case 'Integer':
      return { MinValue: column.minValue ?? null, MaxValue: column.maxValue ?? null, Format: column.format ?? 'None' };
    case 'Decimal':
    case 'Double':
    case 'Money':
      return {
        MinValue: column.minValue ?? null,
        MaxValue: column.maxValue ?? null,
        Precision: column.precision ?? 2,
        ImeMode: 'Disabled',
        ...(column.type === 'Money' ? { PrecisionSource: 2, ...baseCurrency(table, column) } : {}),
      };
    case 'DateTime':
      return {
        Format: column.format ?? 'DateAndTime',
        DateTimeBehavior: { Value: column.dateTimeBehavior ?? 'UserLocal' },
        CanChangeDateTimeBehavior: managed(!isManaged, 'canmodifybehavior', !isManaged),
        ImeMode: 'Inactive',
      };
    case 'Lookup':
    case 'Owner':
    case 'Customer':
    case 'PartyList':
      return { Targets: [...(column.targets ?? [])], Format: 'None' };
    case 'Picklist':
    case 'MultiSelectPicklist':
    case 'State':
    case 'Status':
    case 'Boolean':
      return {
        ...(column.type === 'Boolean'
          ? { DefaultValue: column.defaultValue === true }
          : { DefaultFormValue: standardChoice(column), ParentEnumAttributeLogicalName: null }),
        ...(column.type === 'Picklist' ? { ParentPicklistLogicalName: null, ChildPicklistLogicalNames: [] } : {}),
        ...(column.type === 'State' ? stateSet(table, column, isManaged) : optionSets(table, column, isManaged)),
      };
    case 'EntityName':
      return { IsEntityReferenceStored: true, DefaultFormValue: null, ParentEnumAttributeLogicalName: null };
    default:
      return {};
  }
}

/** A state's is its first; other choices have none unless the column names one. */
function standardChoice(column: ColumnMetadata): number {
  if (typeof column.defaultValue === 'number') return column.defaultValue;
  return column.type === 'State' ? (column.options?.[0]?.value ?? 0) : -1;
}

/** A base column says what it is computed of. */
function baseCurrency(table: Table, column: ColumnMetadata): DefinitionJson {
  const amount = table.columns.find(({ baseColumn }) => baseColumn === column.logicalName);
  return { IsBaseCurrency: amount !== undefined, CalculationOf: amount?.logicalName ?? null };
}

/** Expanded on request only: `$expand=OptionSet,GlobalOptionSet`. */
function optionSets(table: Table, column: ColumnMetadata, isManaged: boolean): DefinitionJson {
  const name = column.optionSetName ?? `${table.logicalName}_${column.logicalName}`;
  const set = column.type === 'Boolean' ? booleanSet(name, column, isManaged) : optionSet(name, column, isManaged);
  return { OptionSet: set, GlobalOptionSet: column.isGlobalOptionSet === true ? set : null };
}

/** A state names the status that rows take with it. */
function stateSet(table: Table, column: ColumnMetadata, isManaged: boolean): DefinitionJson {
  const statuses = table.column.get('statuscode')?.options ?? [];
  const name = `${table.logicalName}_${column.logicalName}`;
  const options = (column.options ?? []).map((option) => ({
    ...optionJson(option, isManaged),
    DefaultStatus: statuses.find(({ state }) => state === option.value)?.value ?? -1,
    InvariantName: option.label[1033],
  }));
  return { OptionSet: { ...base(name, column, 'State', isManaged), Options: options }, GlobalOptionSet: null };
}

const base = (name: string, column: ColumnMetadata, type: string, isManaged: boolean): DefinitionJson => ({
  MetadataId: guidOf(`optionset:${name}`),
  HasChanged: null,
  Name: name,
  DisplayName: labelJson(column.displayName, isManaged),
  Description: labelJson(column.description, isManaged),
  IsGlobal: column.isGlobalOptionSet === true,
  IsCustomOptionSet: column.isCustom,
  IsManaged: isManaged,
  OptionSetType: type,
});

const optionSet = (name: string, column: ColumnMetadata, isManaged: boolean): DefinitionJson => ({
  ...base(name, column, column.type === 'State' || column.type === 'Status' ? column.type : 'Picklist', isManaged),
  Options: (column.options ?? []).map((option) => optionJson(option, isManaged)),
});

function booleanSet(name: string, column: ColumnMetadata, isManaged: boolean): DefinitionJson {
  const find = (value: number): DefinitionJson | null => {
    const option = column.options?.find((each) => each.value === value);
    return option ? optionJson(option, isManaged) : null;
  };
  return { ...base(name, column, 'Boolean', isManaged), TrueOption: find(1), FalseOption: find(0) };
}

export const optionJson = (option: OptionMetadata, isManaged: boolean): DefinitionJson => ({
  Value: option.value,
  Color: null,
  IsManaged: isManaged,
  ExternalValue: '',
  MetadataId: null,
  HasChanged: null,
  Label: labelJson(option.label, isManaged),
  Description: labelJson(undefined, isManaged),
  ...(option.state === undefined ? {} : { State: option.state }),
});
