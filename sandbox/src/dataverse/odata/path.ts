import { badRequest, noSuchSegment } from '../errors';
import { isGuid } from '../guid';
import { decode, substituteAliases } from './query-options';

export interface PathSegment {
  readonly name: string;
  /** Text between the parentheses; null when there are none. */
  readonly argument: string | null;
}

/** Cuts a path at slashes outside of parentheses and quotes. */
export function parsePath(path: string, aliases: ReadonlyMap<string, string>): readonly PathSegment[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let part = '';
  for (const char of path.replace(/%27/g, "'").replace(/%28/g, '(').replace(/%29/g, ')')) {
    if (char === "'") quoted = !quoted;
    if (!quoted && char === '(') depth += 1;
    if (!quoted && char === ')') depth -= 1;
    if (char === '/' && !quoted && depth === 0) {
      parts.push(part);
      part = '';
    } else part += char;
  }
  parts.push(part);
  return parts.filter((each) => each !== '').map((each) => segment(decode(each.replaceAll('+', '%2B')), aliases));
}

function segment(text: string, aliases: ReadonlyMap<string, string>): PathSegment {
  const open = text.indexOf('(');
  if (open < 0) return { name: text, argument: null };
  if (!text.endsWith(')')) throw noSuchSegment(text);
  return { name: text.slice(0, open), argument: substituteAliases(text.slice(open + 1, -1).trim(), aliases) };
}

export type Key =
  | { readonly kind: 'primary'; readonly id: string }
  | { readonly kind: 'alternate'; readonly values: ReadonlyMap<string, string | number | boolean> };

/** `guid`, `accountid=guid`, `number='A',_parent_value=guid`. */
export function parseKey(argument: string, primaryId: string): Key {
  const bare = argument.replace(/^\{(.*)\}$/, '$1');
  if (isGuid(bare)) return { kind: 'primary', id: bare.toLowerCase() };
  const values = new Map(parseNamed(argument).map(([name, value]) => [name, value]));
  const primary = values.get(primaryId);
  if (values.size === 1 && typeof primary === 'string' && isGuid(primary))
    return { kind: 'primary', id: primary.toLowerCase() };
  if (values.size === 0) throw badRequest(`Bad Request - Error in query syntax.`);
  return { kind: 'alternate', values };
}

/** Named arguments of a key or function: `Name='x',Count=2,Ids=['a','b']` (lists stay text). */
export function parseNamed(argument: string): readonly (readonly [string, string | number | boolean])[] {
  const pairs: [string, string | number | boolean][] = [];
  const pattern = /\s*([\w@.]+)\s*=\s*('(?:[^']|'')*'|\[[^\]]*\]|\{[^}]*\}(?:\})*|[^,]*)\s*(?:,|$)/gy;
  let at = 0;
  while (at < argument.length) {
    pattern.lastIndex = at;
    const match = pattern.exec(argument);
    if (!match || match[0] === '') throw badRequest('Bad Request - Error in query syntax.');
    pairs.push([match[1] ?? '', scalar((match[2] ?? '').trim())]);
    at = pattern.lastIndex;
  }
  return pairs;
}

function scalar(text: string): string | number | boolean {
  if (text.startsWith("'")) return text.slice(1, -1).replaceAll("''", "'");
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
