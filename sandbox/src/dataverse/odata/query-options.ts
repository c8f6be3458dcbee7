import { badRequest } from '../errors';
import type { ExpandItem, Node, OrderItem, Transformation } from './ast';
import { parseApply, parseExpand, parseFilter, parseOrderBy } from './parser';

export interface QueryOptions {
  readonly select?: readonly string[];
  readonly filter?: Node;
  readonly orderBy: readonly OrderItem[];
  readonly expand: readonly ExpandItem[];
  readonly apply?: readonly Transformation[];
  readonly top?: number;
  readonly count: boolean;
  readonly skipToken?: string;
  readonly deltaToken?: string;
  readonly fetchXml?: string;
  /** Identifier of a view whose FetchXML is to run. */
  readonly view?: { readonly table: 'savedquery' | 'userquery'; readonly id: string };
}

export type Parameters = ReadonlyMap<string, string>;

const systemOptions = new Set([
  '$select',
  '$filter',
  '$orderby',
  '$expand',
  '$apply',
  '$top',
  '$count',
  '$skiptoken',
  '$deltatoken',
  '$format',
]);

/** `+` is a space here, as in every query string; names of parameters keep their case. */
export function parseParameters(query: string): Parameters {
  const parameters = new Map<string, string>();
  for (const part of query.split('&')) {
    if (part === '') continue;
    const at = part.indexOf('=');
    const [name, value] = at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
    parameters.set(decode(name), decode(value));
  }
  return parameters;
}

export function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (error) {
    if (error instanceof URIError) throw badRequest('The URL is not correctly percent-encoded.');
    throw error;
  }
}

/** @throws DataverseError 400 for an option that the Web API has not, `$skip` among them. */
export function parseOptions(parameters: Parameters): QueryOptions {
  for (const name of parameters.keys()) {
    if (name === '$skip') throw badRequest('Skip Clause is not supported in CRM');
    if (name.startsWith('$') && !systemOptions.has(name)) {
      throw badRequest(`The query parameter '${name}' is not supported.`);
    }
  }
  const filled = (name: string): string | undefined => parameters.get(name)?.trim() || undefined;
  const [select, filter, orderBy, expand, apply, top] = [
    '$select',
    '$filter',
    '$orderby',
    '$expand',
    '$apply',
    '$top',
  ].map(filled);
  if (top !== undefined && !/^\d+$/.test(top)) throw badRequest(`Invalid value '${top}' for $top query option found.`);
  const count = filled('$count');
  if (count !== undefined && count !== 'true' && count !== 'false')
    throw badRequest(`Invalid value '${count}' for $count query option found.`);
  const aliases = new Map([...parameters].filter(([name]) => name.startsWith('@')));
  const resolve = (text: string): string => substituteAliases(text, aliases);
  return {
    select: select
      ?.split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '*' && name !== ''),
    filter: filter === undefined ? undefined : parseFilter(resolve(filter)),
    orderBy: orderBy === undefined ? [] : parseOrderBy(resolve(orderBy)),
    expand: expand === undefined ? [] : parseExpand(expand),
    apply: apply === undefined ? undefined : parseApply(apply),
    top: top === undefined ? undefined : Number(top),
    count: count === 'true',
    skipToken: filled('$skiptoken'),
    deltaToken: filled('$deltatoken'),
    fetchXml: parameters.get('fetchXml') ?? parameters.get('fetchxml'),
    view: viewIn(parameters),
  };
}

function viewIn(parameters: Parameters): QueryOptions['view'] {
  const saved = parameters.get('savedQuery');
  const own = parameters.get('userQuery');
  if (saved !== undefined) return { table: 'savedquery', id: saved.toLowerCase() };
  return own === undefined ? undefined : { table: 'userquery', id: own.toLowerCase() };
}

/** `@p1` in a filter or function call stands for the parameter of that name. */
export function substituteAliases(text: string, aliases: ReadonlyMap<string, string>): string {
  if (aliases.size === 0) return text;
  return text.replace(/'(?:[^']|'')*'|@[A-Za-z_]\w*/g, (match) =>
    match.startsWith('@') ? (aliases.get(match) ?? match) : match,
  );
}
