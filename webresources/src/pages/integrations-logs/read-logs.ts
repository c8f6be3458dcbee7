import { numberField, textField } from '@crmjira/form-data';
import type { Integration } from '../integrations/integration';
import { readIntegrations } from '../integrations/read-integrations';
import { readActs, readPeople, readRuns } from '../integrations/read-runs';
import type { AdminAct, Run } from '../integrations/run';
import type { PageFormat } from '../platform/page-format';
import { fetchRows } from '../platform/read-rows';
import { type Filter, MOST_EXPORTED, type Tab, actFilter, runFilter } from './logs-view';

const TABLES = { runs: 'crmjira_sync_log', acts: 'crmjira_admin_audit' } as const satisfies Readonly<
  Record<Tab, string>
>;
const PAGE = 5_000;

export interface Logs {
  readonly tab: Tab;
  readonly runs: readonly Run[];
  readonly acts: readonly AdminAct[];
  /** rows that fit; null: more than Dataverse counts */
  readonly found: number | null;
  readonly integrations: readonly Integration[];
  /** names of those who have done anything that fits the dates, by id */
  readonly people: ReadonlyMap<string, string>;
}

/** AggregateQueryRecordLimit exceeded (Microsoft, "Web service error codes"), which the client API gives signed or unsigned. */
const isOverLimit = (error: unknown): boolean =>
  error instanceof Object && Number(Reflect.get(error, 'errorCode')) >>> 0 === 0x8004e023;

/** Dataverse counts no more than 50,000 rows (Microsoft, "Aggregate data using FetchXml", AggregateQueryRecordLimit). */
async function counted<T>(count: () => Promise<T>): Promise<T | null> {
  try {
    return await count();
  } catch (error) {
    if (isOverLimit(error)) return null;
    throw error;
  }
}

async function countOf(tab: Tab, filter: string): Promise<number | null> {
  const table = TABLES[tab];
  const rows = await counted(() =>
    fetchRows(
      table,
      `<fetch aggregate="true"><entity name="${table}"><attribute name="${table}id" alias="found" aggregate="count" />` +
        `<filter>${filter}</filter></entity></fetch>`,
    ),
  );
  return rows === null ? null : rows.reduce((sum, row) => sum + (numberField(row, 'found') ?? 0), 0);
}

/** Who has done anything that fits; of too many rows nobody is offered. */
async function actorsOf(tab: Tab, filter: string): Promise<readonly string[]> {
  const table = TABLES[tab];
  const rows = await counted(() =>
    fetchRows(
      table,
      `<fetch aggregate="true"><entity name="${table}"><attribute name="${table}id" alias="found" aggregate="count" />` +
        '<attribute name="crmjira_actor" alias="actor" groupby="true" />' +
        `<filter>${filter}</filter></entity></fetch>`,
    ),
  );
  return (rows ?? []).flatMap((row) => textField(row, 'actor') ?? []);
}

const filterOf = (tab: Tab, filter: Filter, format: PageFormat): string =>
  tab === 'runs' ? runFilter(filter, format) : actFilter(filter, format);

/** The newest rows that fit. @param most rows @throws what the client API throws */
export async function readLogs(tab: Tab, filter: Filter, most: number, format: PageFormat): Promise<Logs> {
  const wanted = { bound: `top="${most}"`, filter: filterOf(tab, filter, format) };
  const [runs, acts, found, actors, integrations] = await Promise.all([
    tab === 'runs' ? readRuns(wanted) : [],
    tab === 'acts' ? readActs(wanted) : [],
    countOf(tab, wanted.filter),
    actorsOf(tab, filterOf(tab, { ...filter, by: '' }, format)),
    readIntegrations(),
  ]);
  const people = await readPeople([...actors, ...[...runs, ...acts].map(({ actorId }) => actorId)]);
  return { tab, runs, acts, found, integrations, people };
}

/** All rows that fit, 50,000 at most, page by page. @throws what the client API throws */
export async function readAll(
  tab: Tab,
  filter: Filter,
  format: PageFormat,
): Promise<Pick<Logs, 'runs' | 'acts' | 'people'>> {
  const filters = filterOf(tab, filter, format);
  const [runs, acts] = [
    tab === 'runs' ? await allPages((bound) => readRuns({ bound, filter: filters })) : [],
    tab === 'acts' ? await allPages((bound) => readActs({ bound, filter: filters })) : [],
  ];
  return { runs, acts, people: await readPeople([...runs, ...acts].map(({ actorId }) => actorId)) };
}

async function allPages<T>(read: (bound: string) => Promise<readonly T[]>): Promise<readonly T[]> {
  const all: T[] = [];
  for (let page = 1; all.length < MOST_EXPORTED; page += 1) {
    const rows = await read(`page="${page}" count="${PAGE}"`);
    all.push(...rows);
    if (rows.length < PAGE) break;
  }
  return all;
}
