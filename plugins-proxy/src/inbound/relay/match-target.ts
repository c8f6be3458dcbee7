import {
  hasShape,
  isShapeName,
  type RelayOperation,
  relayOperations,
  shapeSource,
  type ShapeName,
} from './relay-table';
import { RelayRefusal } from './relay-refusal';

/** Where the relay hangs; what follows is the path on the Jira site. */
export const relayPrefix = '/relay/jira';

/** What will be asked of Jira, written anew from the table and the values that passed it. */
export interface RelayTarget {
  readonly operation: RelayOperation;
  /** Id of the connection that the address names; null: the first one. */
  readonly connection: string | null;
  /** Path and query below the site's address. */
  readonly path: string;
  /** Values of the placeholders but the API version, as JSON: which record it is about (R-1230). */
  readonly record: string;
}

/** `@<connection id>/` before the path: the site of that connection. */
const namedConnection = /^\/@([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})(?=\/)/i;

/** Longest request target that is looked at, in characters: a JQL query of 4,000 with half of it escaped. */
const longestTarget = 8_192;

interface Compiled {
  readonly operation: RelayOperation;
  readonly pattern: RegExp;
  /** Text before, between and behind the placeholders: one more than there are names. */
  readonly texts: readonly string[];
  readonly names: readonly ShapeName[];
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&');

function compile(operation: RelayOperation): Compiled {
  // Splitting by a pattern with a group gives texts and names in turn.
  const parts = operation.path.split(/\{(\w+)\}/);
  const names = parts
    .filter((_, index) => index % 2 === 1)
    .map((name) => {
      if (!isShapeName(name)) throw new Error(`relay table: ${operation.path} has a placeholder without a shape`);
      return name;
    });
  const texts = parts.filter((_, index) => index % 2 === 0);
  const source = texts.map((text, index) => {
    const name = names[index];
    return escaped(text) + (name === undefined ? '' : `(${shapeSource(name)})`);
  });
  return { operation, pattern: new RegExp(`^${source.join('')}$`), texts, names };
}

const compiled = relayOperations.map(compile);
const byMethod: ReadonlyMap<string, readonly Compiled[]> = new Map(
  ['GET', 'POST', 'PUT'].map((method) => [method, compiled.filter(({ operation }) => operation.method === method)]),
);

/** Operations with a query parameter that must be there. */
const operationsThatRequire: ReadonlySet<RelayOperation> = new Set(
  relayOperations.filter(({ query }) => Object.values(query).some((wanted) => wanted.endsWith('!'))),
);

function rewriteQuery(operation: RelayOperation, raw: string): string {
  if (raw === '' && !operationsThatRequire.has(operation)) return '';
  const given = new Map<string, string>();
  for (const [key, value] of new URLSearchParams(raw)) {
    if (given.has(key) || !Object.hasOwn(operation.query, key)) throw new RelayRefusal('queryNotAllowed');
    given.set(key, value);
  }
  const pairs: string[] = [];
  for (const [key, wanted] of Object.entries(operation.query)) {
    const value = given.get(key);
    const required = wanted.endsWith('!');
    if (value === undefined && !required) continue;
    // The type says `ShapeName` with or without the cursor; without it, it is a name.
    const shape = (required ? wanted.slice(0, -1) : wanted) as ShapeName;
    // The replacement character stands where the percent-encoding was not UTF-8.
    if (value === undefined || value.includes('�') || !hasShape(shape, value))
      throw new RelayRefusal('queryNotAllowed');
    pairs.push(`${key}=${encodeURIComponent(value)}`);
  }
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/**
 * Finds the operation that a request asks for. The target is compared as it came over the wire, undecoded: no shape has a percent
 * sign, a dot segment or an empty segment, so encoded, doubled and absolute forms match nothing (R-1212).
 * @param rawTarget request target of the request line
 * @throws RelayRefusal when the table does not have it
 */
export function matchTarget(method: string, rawTarget: string): RelayTarget {
  if (rawTarget.length > longestTarget) throw new RelayRefusal('tooLong');
  if (!rawTarget.startsWith(`${relayPrefix}/`)) throw new RelayRefusal('notAllowed');
  const question = rawTarget.indexOf('?');
  const place = rawTarget.slice(relayPrefix.length, question === -1 ? undefined : question);
  const named = place.startsWith('/@') ? namedConnection.exec(place) : null;
  const connection = named?.[1]?.toLowerCase() ?? null;
  const path = named === null ? place : place.slice(named[0].length);
  const query = question === -1 ? '' : rawTarget.slice(question + 1);
  for (const { operation, pattern, texts, names } of byMethod.get(method) ?? []) {
    const match = pattern.exec(path);
    if (match === null) continue;
    let rebuilt = texts[0] ?? '';
    let record = '';
    for (const [index, name] of names.entries()) {
      const value = match[index + 1] ?? '';
      rebuilt += value + (texts[index + 1] ?? '');
      // No shape of a path has a character that JSON writes in another way; `relay-table.test.ts` holds them to it.
      if (name !== 'version') record += `${record === '' ? '' : ','}"${name}":"${value}"`;
    }
    return { operation, connection, path: rebuilt + rewriteQuery(operation, query), record: `{${record}}` };
  }
  throw new RelayRefusal('notAllowed');
}
