import { badRequest, noSuchProperty } from '../errors';
import type { ExpandItem, Node } from '../odata/ast';
import { fold } from '../store/row';
import { isObject, type DefinitionJson, type DefinitionValue } from './definition-json';

/** Where navigation properties of metadata hide until they are expanded. */
const navigations = new Set([
  'Attributes',
  'Keys',
  'ManyToOneRelationships',
  'OneToManyRelationships',
  'ManyToManyRelationships',
  'OptionSet',
  'GlobalOptionSet',
]);

export interface DefinitionQuery {
  readonly select?: readonly string[];
  readonly filter?: Node;
  readonly expand: readonly ExpandItem[];
}

/** `$filter`, `$select` and `$expand` over metadata: no `$top`, no `$orderby`, as the Web API has it. */
export function queryDefinitions(
  type: string,
  items: readonly DefinitionJson[],
  query: DefinitionQuery,
): readonly DefinitionJson[] {
  const found = query.filter ? items.filter((item) => test(query.filter, item) === true) : items;
  return found.map((item) => shape(type, item, query));
}

export function shape(type: string, item: DefinitionJson, query: DefinitionQuery): DefinitionJson {
  const expanded = new Map(query.expand.map((each) => [each.navigation, each]));
  const selected =
    query.select && query.select.length > 0 ? new Set([...query.select, 'MetadataId', '@odata.type']) : null;
  for (const name of query.select ?? [])
    if (!(name in item) && !knownSomewhere.has(name)) throw noSuchProperty(name, type);
  const json: Record<string, DefinitionValue> = {};
  for (const [name, value] of Object.entries(item)) {
    const expand = expanded.get(name);
    if (expand) json[name] = expandValue(name, value, expand);
    else if (navigations.has(name)) continue;
    else if (selected === null || selected.has(name)) json[name] = value;
  }
  for (const name of expanded.keys()) if (!(name in item)) throw noSuchProperty(name, type);
  return json;
}

/** Properties of one kind of attribute only: selecting them over all attributes is no mistake. */
const knownSomewhere = new Set([
  'CalculationOf',
  'CanChangeDateTimeBehavior',
  'ChildPicklistLogicalNames',
  'DatabaseLength',
  'DateTimeBehavior',
  'DefaultFormValue',
  'DefaultValue',
  'Format',
  'FormatName',
  'FormulaDefinition',
  'ImeMode',
  'IsBaseCurrency',
  'IsEntityReferenceStored',
  'IsLocalizable',
  'MaxLength',
  'MaxValue',
  'MinValue',
  'OptionSet',
  'ParentEnumAttributeLogicalName',
  'ParentPicklistLogicalName',
  'Precision',
  'PrecisionSource',
  'SourceTypeMask',
  'Targets',
  'YomiOf',
]);

function expandValue(name: string, value: DefinitionValue, expand: ExpandItem): DefinitionValue {
  const inner: DefinitionQuery = { select: expand.select, filter: expand.filter, expand: expand.expand ?? [] };
  if (Array.isArray(value)) return queryDefinitions(name, value.filter(isObject), inner);
  return isObject(value) ? shape(name, value, { ...inner, filter: undefined }) : value;
}

function read(item: DefinitionJson, segments: readonly string[]): DefinitionValue {
  let value: DefinitionValue = item;
  for (const name of segments) {
    if (!isObject(value) || !(name in value)) return null;
    value = value[name] ?? null;
  }
  return value;
}

const folded = (value: DefinitionValue): DefinitionValue => (typeof value === 'string' ? fold(value) : value);

function test(node: Node | undefined, item: DefinitionJson): DefinitionValue {
  switch (node?.kind) {
    case 'and':
      return test(node.left, item) === true && test(node.right, item) === true;
    case 'or':
      return test(node.left, item) === true || test(node.right, item) === true;
    case 'not':
      return test(node.of, item) !== true;
    case 'compare': {
      const [left, right] = [folded(test(node.left, item)), folded(test(node.right, item))];
      if (node.operator === 'eq') return left === right;
      if (node.operator === 'ne') return left !== right;
      if (left === null || right === null) return false;
      const sign = left < right ? -1 : left > right ? 1 : 0;
      return { gt: sign > 0, ge: sign >= 0, lt: sign < 0, le: sign <= 0 }[node.operator] ?? false;
    }
    case 'in':
      return node.values.map(folded).includes(folded(test(node.left, item)));
    case 'call': {
      const [text, part] = node.args.map((each) => fold(String(test(each, item) ?? '')));
      if (text === undefined || part === undefined) return false;
      if (node.name === 'contains') return text.includes(part);
      if (node.name === 'startswith') return text.startsWith(part);
      if (node.name === 'endswith') return text.endsWith(part);
      throw badRequest(`The '${node.name}' function is not supported.`);
    }
    case 'path':
      return read(item, node.segments);
    case 'literal':
      return node.value;
    default:
      throw badRequest('The expression is not supported for metadata.');
  }
}
