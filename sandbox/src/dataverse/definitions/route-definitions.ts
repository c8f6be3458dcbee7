import { DataverseError, errorCode, noSuchSegment } from '../errors';
import { guidOf, isGuid } from '../guid';
import { json, type ApiResponse } from '../http/api-message';
import type { Session } from '../http/session';
import type { Schema } from '../metadata/schema';
import { parseNamed, type PathSegment } from '../odata/path';
import { parseOptions, parseParameters } from '../odata/query-options';
import { optionJson } from './attribute-definition';
import type { DefinitionJson } from './definition-json';
import { isObject } from './definition-json';
import { entityCollections, entityDefinition, relationshipDefinitions } from './entity-definition';
import { labelJson } from './labels';
import { queryDefinitions, shape, type DefinitionQuery } from './query-definitions';

const sets = new Set(['EntityDefinitions', 'RelationshipDefinitions', 'GlobalOptionSetDefinitions']);

export const isDefinitionSet = (name: string): boolean => sets.has(name);

const namespace = 'Microsoft.Dynamics.CRM.';

/** Metadata is read-only here: it comes from the solution. */
export function routeDefinitions(session: Session, segments: readonly PathSegment[]): ApiResponse {
  if (session.request.method !== 'GET') {
    throw new DataverseError(
      405,
      errorCode.methodNotAllowed,
      `The HTTP verb '${session.request.method}' is not supported for this resource.`,
    );
  }
  const query = parseOptions(parseParameters(session.request.query));
  const [first, ...rest] = segments;
  const items = itemsOf(session.platform.schema, first?.name ?? '');
  const context = (path: string): string => `${session.serviceRoot}$metadata#${path}`;
  return walk(context, first?.name ?? '', items, first?.argument ?? null, rest, query);
}

const cache = new WeakMap<Schema, Map<string, readonly DefinitionJson[]>>();

function itemsOf(schema: Schema, set: string): readonly DefinitionJson[] {
  const known = cache.get(schema) ?? new Map<string, readonly DefinitionJson[]>();
  cache.set(schema, known);
  const found = known.get(set);
  if (found) return found;
  const made =
    set === 'EntityDefinitions'
      ? [...schema.tables.values()].map((table) => entityDefinition(schema, table))
      : set === 'RelationshipDefinitions'
        ? relationshipDefinitions(schema)
        : globalOptionSets(schema);
  known.set(set, made);
  return made;
}

const globalOptionSets = (schema: Schema): readonly DefinitionJson[] =>
  schema.globalOptionSets.map((set) => ({
    '@odata.type': '#Microsoft.Dynamics.CRM.OptionSetMetadata',
    MetadataId: guidOf(`optionset:${set.name}`),
    HasChanged: null,
    Name: set.name,
    DisplayName: labelJson(set.displayName, schema.managed.choice(set.name)),
    Description: labelJson(undefined, true),
    IsGlobal: true,
    IsCustomOptionSet: true,
    IsManaged: schema.managed.choice(set.name),
    OptionSetType: 'Picklist',
    Options: set.options.map((option) => optionJson(option, schema.managed.choice(set.name))),
  }));

/** `Set`, `Set(key)`, then casts, collections and properties of what was found. */
function walk(
  context: (path: string) => string,
  type: string,
  items: readonly DefinitionJson[],
  argument: string | null,
  rest: readonly PathSegment[],
  query: DefinitionQuery,
): ApiResponse {
  const [next, ...more] = rest;
  if (argument === null || argument === '') {
    if (next?.name === '$count') return { ...json(200, items.length), body: String(items.length) };
    if (next?.name.startsWith(namespace)) {
      const cast = next.name.slice(namespace.length);
      return walk(
        context,
        cast,
        items.filter((item) => isKind(item, cast)),
        next.argument,
        more,
        query,
      );
    }
    if (next) throw noSuchSegment(next.name);
    return json(200, { '@odata.context': context(type), value: queryDefinitions(type, items, query) });
  }
  const item = findItem(type, items, argument);
  if (!next) return json(200, { '@odata.context': context(`${type}/$entity`), ...shape(type, item, query) });
  if (next.name.startsWith(namespace)) {
    const cast = next.name.slice(namespace.length);
    if (!isKind(item, cast)) throw noSuchSegment(next.name);
    return walk(context, cast, [item], `MetadataId=${String(item.MetadataId)}`, more, query);
  }
  const value = item[next.name];
  if (value === undefined) throw noSuchSegment(next.name);
  if (Array.isArray(value) && (entityCollections as readonly string[]).includes(next.name)) {
    return walk(context, next.name, value.filter(isObject), next.argument, more, query);
  }
  if (isObject(value) && more.length === 0)
    return json(200, { '@odata.context': context(`${type}/${next.name}`), ...shape(next.name, value, query) });
  return json(200, { '@odata.context': context(`${type}/${next.name}`), value });
}

const isKind = (item: DefinitionJson, cast: string): boolean => {
  const kind = String(item['@odata.type'] ?? '').slice(namespace.length + 1);
  return (
    kind === cast ||
    cast === 'AttributeMetadata' ||
    (cast === 'EnumAttributeMetadata' &&
      ['Picklist', 'State', 'Status', 'MultiSelectPicklist'].some((each) => kind === `${each}AttributeMetadata`)) ||
    (item.RelationshipType === 'OneToManyRelationship' && cast === metadataCast.oneToMany) ||
    (item.RelationshipType === 'ManyToManyRelationship' && cast === metadataCast.manyToMany)
  );
};

const metadataCast = {
  oneToMany: 'OneToManyRelationshipMetadata',
  manyToMany: 'ManyToManyRelationshipMetadata',
} as const;

function findItem(type: string, items: readonly DefinitionJson[], argument: string): DefinitionJson {
  const named = isGuid(argument) ? ([['MetadataId', argument]] as const) : parseNamed(argument);
  const found = items.find((item) =>
    named.every(([name, value]) => String(item[name]).toLowerCase() === String(value).toLowerCase()),
  );
  if (found) return found;
  const wanted = String(named[0]?.[1] ?? argument);
  throw new DataverseError(
    404,
    type === 'EntityDefinitions' ? errorCode.entityNotFound : errorCode.attributeNotFound,
    type === 'EntityDefinitions'
      ? `Could not find an entity with name ${wanted} and id ${'00000000-0000-0000-0000-000000000000'}.`
      : `Could not find ${type} with name ${wanted}.`,
  );
}
