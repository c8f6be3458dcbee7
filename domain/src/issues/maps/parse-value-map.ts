import type { ValueMap, ValueMapRow } from './value-map';

/** Why a map is not saved; words: `map-problem-text.ts`. */
export interface MapProblem {
  readonly code:
    | 'not-a-map'
    | 'empty-side'
    | 'crm-twice'
    | 'jira-twice'
    | 'crm-unknown'
    | 'jira-unknown'
    | 'resolves-without-done';
  /** Row, counted from 1; null: the whole. */
  readonly row: number | null;
  readonly value: string | null;
}

export interface KnownValues {
  readonly crm: readonly string[];
  /** With `done`: a status of the category Done. */
  readonly jira: readonly { readonly id: string; readonly done?: boolean }[];
}

export type ParsedMap = { readonly map: ValueMap } | { readonly problems: readonly MapProblem[] };

const NOT_A_MAP: ParsedMap = { problems: [{ code: 'not-a-map', row: null, value: null }] };

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** A row as written: ids may be numbers there. */
function rowOf(value: unknown): { crm: string[]; jira: string[]; resolves: boolean } | null {
  if (typeof value !== 'object' || value === null) return null;
  const { crm, jira, resolves } = value as Readonly<Record<string, unknown>>;
  if (!Array.isArray(crm) || !Array.isArray(jira)) return null;
  const texts = [crm, jira].map((side) => side.map((one: unknown) => (Number.isSafeInteger(one) ? String(one) : one)));
  const [crmTexts, jiraTexts] = texts.map((side) => side.filter(isText));
  if (crmTexts!.length !== crm.length || jiraTexts!.length !== jira.length) return null;
  return { crm: crmTexts!, jira: jiraTexts!, resolves: resolves === true };
}

/**
 * Reads a stored map and refuses one with which both sides could never rest: a value in two rows, a row without one side.
 * @param known what both sites have; left out: the map was saved with it, and what has gone since changes nothing
 */
export function parseValueMap(text: string | null, known?: KnownValues): ParsedMap {
  if (text === null || text.trim() === '') return { map: { rows: [] } };
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return NOT_A_MAP;
  }
  const written = (content as { rows?: unknown } | null)?.rows;
  if (!Array.isArray(written)) return NOT_A_MAP;
  const rows = written.map(rowOf);
  const problems: MapProblem[] = [];
  const seen = { crm: new Set<string>(), jira: new Set<string>() };
  rows.forEach((row, at) => {
    const add = (code: MapProblem['code'], value: string | null = null): void =>
      void problems.push({ code, row: at + 1, value });
    if (row === null) return add('not-a-map');
    if (row.crm.length === 0 || row.jira.length === 0) add('empty-side');
    for (const side of ['crm', 'jira'] as const)
      for (const value of row[side]) {
        if (seen[side].has(value)) add(`${side}-twice`, value);
        seen[side].add(value);
        const values = side === 'crm' ? known?.crm : known?.jira.map(({ id }) => id);
        if (values && !values.includes(value)) add(`${side}-unknown`, value);
      }
    if (row.resolves && known && !row.jira.some((id) => known.jira.some((one) => one.id === id && one.done === true)))
      add('resolves-without-done');
  });
  return problems.length > 0
    ? { problems }
    : {
        map: {
          rows: rows
            .filter((row) => row !== null)
            .map(
              ({ crm, jira, resolves }) => ({ crm, jira, ...(resolves ? { resolves } : {}) }) as unknown as ValueMapRow,
            ),
        },
      };
}

export const writeValueMap = ({ rows }: ValueMap): string => JSON.stringify({ rows });
