import { z } from 'zod';
import type { Language } from '../language';
import { readRow } from '../web-api/web-api';
import { collectionApi } from './collection';

const labelSchema = z.object({
  LocalizedLabels: z.array(z.object({ Label: z.string(), LanguageCode: z.number() })),
});
type Label = z.infer<typeof labelSchema>;

const attributeSchema = z.object({
  LogicalName: z.string(),
  EntityLogicalName: z.string(),
  AttributeType: z.string(),
  DisplayName: labelSchema,
});
type Attribute = z.infer<typeof attributeSchema>;

const definitionSchema = z.looseObject({
  LogicalName: z.string(),
  EntitySetName: z.string(),
  OwnershipType: z.string(),
  PrimaryIdAttribute: z.string(),
  PrimaryNameAttribute: z.string(),
  DisplayName: labelSchema,
  DisplayCollectionName: labelSchema,
  Description: labelSchema,
  Attributes: z.array(attributeSchema),
});

/** Numbers of AttributeTypeCode. Source: Microsoft.Xrm.Sdk.Metadata, AttributeTypeCode. */
const attributeTypes: Readonly<Record<string, number>> = {
  Boolean: 0,
  Customer: 1,
  DateTime: 2,
  Decimal: 3,
  Double: 4,
  Integer: 5,
  Lookup: 6,
  Memo: 7,
  Money: 8,
  Owner: 9,
  PartyList: 10,
  Picklist: 11,
  State: 12,
  Status: 13,
  String: 14,
  Uniqueidentifier: 15,
  CalendarRules: 16,
  Virtual: 17,
  BigInt: 18,
  ManagedProperty: 19,
  EntityName: 20,
};

/**
 * `Xrm.Utility.getEntityMetadata`: the table's definition with texts in the user's language and the columns that are asked for. Options
 * of choices are not part of it here.
 * @throws WebApiError for a table that is not there, Error for a column that the table has not
 */
export async function entityMetadata(table: string, columns: readonly string[], language: Language) {
  const row = await readRow(`EntityDefinitions(LogicalName='${table}')?$expand=Attributes`);
  const definition = definitionSchema.parse(row);
  const textIn = ({ LocalizedLabels: labels }: Label): string =>
    (labels.find(({ LanguageCode }) => LanguageCode === language) ?? labels[0])?.Label ?? '';
  const attributes = new Map(
    columns.map((column) => {
      const found = definition.Attributes.find(({ LogicalName }) => LogicalName === column);
      if (!found) throw new Error(`The table ${table} has no column ${column}.`);
      return [column, attributeOf(found, textIn)];
    }),
  );
  return {
    ...definition,
    DisplayName: textIn(definition.DisplayName),
    DisplayCollectionName: textIn(definition.DisplayCollectionName),
    Description: textIn(definition.Description),
    Attributes: collectionApi([...attributes.keys()], (name) => attributes.get(name) ?? null),
  };
}

function attributeOf(
  { LogicalName, EntityLogicalName, AttributeType, DisplayName }: Attribute,
  textIn: (label: Label) => string,
) {
  const type = attributeTypes[AttributeType];
  if (type === undefined) throw new Error(`The host does not know columns of the type ${AttributeType}.`);
  return { LogicalName, EntityLogicalName, AttributeType: type, DisplayName: textIn(DisplayName) };
}
