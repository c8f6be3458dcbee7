import type { ColumnMetadata, ColumnType, OptionMetadata } from '@crmjira/domain';
import { guidOf } from '../guid';
import type { Table } from '../metadata/schema';
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
export function attributeDefinition(table: Table, column: ColumnMetadata): DefinitionJson {
  const [, typeName] = kinds[column.type];
  return {
    '@odata.type': `#Microsoft.Dynamics.CRM.${metadataType(column)}`,
    MetadataId: guidOf(`attribute:${table.logicalName}.${column.logicalName}`),
    HasChanged: null,
    AttributeOf: null,
    AttributeType: attributeType(column),
    AttributeTypeName: { Value: typeName },
    ColumnNumber: table.columns.indexOf(column) + 1,
    Description: labelJson(column.description),
    DisplayName: labelJson(column.displayName),
    EntityLogicalName: table.logicalName,
    IsAuditEnabled: managed(column.isAudited, 'canmodifyauditsettings'),
    IsCustomAttribute: column.isCustom,
    IsLogical: false,
    IsManaged: false,
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
    SourceType: 0,
    ...own(table, column),
  };
}

function own(table: Table, column: ColumnMetadata): DefinitionJson {
  switch (column.type) {
    case 'String':
    case 'Memo':
      return {
        MaxLength: column.maxLength ?? null,
        Format: column.format ?? 'Text',
        FormatName: { Value: column.format ?? 'Text' },
        AutoNumberFormat: column.autoNumberFormat ?? '',
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
        ...(column.type === 'Money'
          ? {
              PrecisionSource: 2,
              IsBaseCurrency: column.logicalName.endsWith('_base'),
              CalculationOf: column.baseColumn ?? null,
            }
          : {}),
      };
    case 'DateTime':
      return {
        Format: column.format ?? 'DateAndTime',
        DateTimeBehavior: { Value: column.dateTimeBehavior ?? 'UserLocal' },
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
        DefaultFormValue: typeof column.defaultValue === 'number' ? column.defaultValue : -1,
        ...(column.type === 'State' ? stateSet(table, column) : optionSets(table, column)),
      };
    default:
      return {};
  }
}

/** Expanded on request only: `$expand=OptionSet,GlobalOptionSet`. */
function optionSets(table: Table, column: ColumnMetadata): DefinitionJson {
  const name = column.optionSetName ?? `${table.logicalName}_${column.logicalName}`;
  const set = column.type === 'Boolean' ? booleanSet(name, column) : optionSet(name, column);
  return { OptionSet: set, GlobalOptionSet: column.isGlobalOptionSet === true ? set : null };
}

/** A state names the status that rows take with it. */
function stateSet(table: Table, column: ColumnMetadata): DefinitionJson {
  const statuses = table.column.get('statuscode')?.options ?? [];
  const name = `${table.logicalName}_${column.logicalName}`;
  const options = (column.options ?? []).map((option) => ({
    ...optionJson(option),
    DefaultStatus: statuses.find(({ state }) => state === option.value)?.value ?? -1,
    InvariantName: option.label[1033],
  }));
  return { OptionSet: { ...base(name, column, 'State'), Options: options }, GlobalOptionSet: null };
}

const base = (name: string, column: ColumnMetadata, type: string): DefinitionJson => ({
  MetadataId: guidOf(`optionset:${name}`),
  HasChanged: null,
  Name: name,
  DisplayName: labelJson(column.displayName),
  Description: labelJson(column.description),
  IsGlobal: column.isGlobalOptionSet === true,
  IsCustomOptionSet: column.isCustom,
  IsManaged: false,
  OptionSetType: type,
});

const optionSet = (name: string, column: ColumnMetadata): DefinitionJson => ({
  ...base(name, column, column.type === 'State' || column.type === 'Status' ? column.type : 'Picklist'),
  Options: (column.options ?? []).map((option) => optionJson(option)),
});

function booleanSet(name: string, column: ColumnMetadata): DefinitionJson {
  const find = (value: number): DefinitionJson | null => {
    const option = column.options?.find((each) => each.value === value);
    return option ? optionJson(option) : null;
  };
  return { ...base(name, column, 'Boolean'), TrueOption: find(1), FalseOption: find(0) };
}

export const optionJson = (option: OptionMetadata): DefinitionJson => ({
  Value: option.value,
  Color: null,
  IsManaged: false,
  ExternalValue: '',
  MetadataId: null,
  HasChanged: null,
  Label: labelJson(option.label),
  Description: labelJson(undefined),
  ...(option.state === undefined ? {} : { State: option.state }),
});
