import { z } from 'zod';
import { badRequest } from '../errors';
import type { Schema } from '../metadata/schema';
import { isObject, type DefinitionJson, type DefinitionValue } from './definition-json';
import { entityDefinition } from './entity-definition';

const condition = z.object({
  PropertyName: z.string(),
  ConditionOperator: z.string(),
  Value: z.object({ Value: z.union([z.string(), z.array(z.string())]).optional() }).optional(),
});
const criteria = z.object({ Conditions: z.array(condition).optional(), FilterOperator: z.string().optional() });
const properties = z.object({ AllProperties: z.boolean().optional(), PropertyNames: z.array(z.string()).optional() });
const shape = z.object({
  Criteria: criteria.optional(),
  Properties: properties.optional(),
  AttributeQuery: z.object({ Criteria: criteria.optional(), Properties: properties.optional() }).optional(),
});

/**
 * The `EntityMetadata` of a RetrieveMetadataChanges answer: tables by criteria, with the properties asked for.
 * @param query the `Query` parameter, JSON of an EntityQueryExpression
 */
export function metadataChanges(schema: Schema, query: string): readonly DefinitionJson[] {
  const parsed = shape.safeParse(parseJson(query));
  if (!parsed.success) throw badRequest("The parameter 'Query' is not an EntityQueryExpression.");
  const { Criteria, Properties, AttributeQuery } = parsed.data;
  return [...schema.tables.values()]
    .map((table) => entityDefinition(schema, table))
    .filter((item) => meets(item, Criteria))
    .map((item) => {
      const attributes = (Array.isArray(item.Attributes) ? item.Attributes : []).filter(isObject);
      const shown = attributes
        .filter((each) => meets(each, AttributeQuery?.Criteria))
        .map((each) => pick(each, AttributeQuery?.Properties));
      return { ...pick(item, Properties), ...('Attributes' in pick(item, Properties) ? { Attributes: shown } : {}) };
    });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function meets(item: DefinitionJson, filter: z.infer<typeof criteria> | undefined): boolean {
  const tests = (filter?.Conditions ?? []).map(({ PropertyName, ConditionOperator, Value }) => {
    const value = String(item[PropertyName] ?? '').toLowerCase();
    const given = Value?.Value ?? [];
    const wanted = (typeof given === 'string' ? [given] : given).map((each) => each.toLowerCase());
    const found = wanted.includes(value);
    return ConditionOperator.startsWith('Not') ? !found : found;
  });
  return filter?.FilterOperator === 'Or' && tests.length > 0 ? tests.some(Boolean) : tests.every(Boolean);
}

function pick(item: DefinitionJson, wanted: z.infer<typeof properties> | undefined): DefinitionJson {
  const names = wanted?.PropertyNames;
  if (!names || wanted.AllProperties === true) return item;
  const always = new Set([...names, 'MetadataId', 'HasChanged', '@odata.type', 'LogicalName']);
  const entries: (readonly [string, DefinitionValue])[] = Object.entries(item).filter(([name]) => always.has(name));
  return Object.fromEntries(entries);
}
