import {
  fitText,
  monitorDayRowId,
  monitorErrorRowId,
  monitorProjectRowId,
  type StoredTickets,
  tables,
  wholeSecond,
} from '@crmjira/domain';
import { z } from 'zod';
import {
  guid,
  optionalFlag,
  optionalGuid,
  optionalInstant,
  optionalNumber,
  optionalText,
  text,
} from '../../../clients/dataverse/columns';
import { equalsId, equalsOneOf, quoted } from '../../../clients/dataverse/filter';
import type { PlainWrite } from '../../../clients/dataverse/plain-write';
import type { DataverseReader } from '../../../clients/dataverse/reader';
import type { SentryIssue, SentryProject } from '../../../clients/sentry/answers';
import type { SentryConnection } from '../../../connections/sentry/sentry-connections';
import { monitorSystem } from './error-kind';
import { storedTickets } from './stored-tickets';

const projects = tables.crmjira_monitor_project.entitySet;
const errors = tables.crmjira_monitor_error.entitySet;
const days = tables.crmjira_monitor_error_day.entitySet;

const projectRow = z.object({
  crmjira_monitor_projectid: guid,
  crmjira_external_id: text,
  crmjira_name: optionalText,
  crmjira_is_active: optionalFlag,
  _crmjira_product_value: optionalGuid,
  _crmjira_integration_id_value: optionalGuid,
});

/** A row of `crmjira_monitor_project`. */
export interface MonitorProject {
  readonly id: string;
  readonly name: string | null;
  /** Its errors are read. */
  readonly isActive: boolean;
  readonly productId: string | null;
  /** null: of a row that no service has found */
  readonly connectionId: string | null;
}

const toProject = (row: z.output<typeof projectRow>): MonitorProject => ({
  id: row.crmjira_monitor_projectid,
  name: row.crmjira_name,
  isActive: row.crmjira_is_active,
  productId: row._crmjira_product_value,
  connectionId: row._crmjira_integration_id_value,
});

/** Ids in one condition of a query. */
const together = 50;

/** Rows by ids, in queries of a length that Dataverse takes. */
async function byIds<S extends z.ZodType>(
  dataverse: DataverseReader,
  collection: string,
  column: string,
  ids: readonly string[],
  row: S,
  select: readonly string[],
  also = '',
): Promise<z.output<S>[]> {
  const all: z.output<S>[] = [];
  for (let start = 0; start < ids.length; start += together) {
    const filter = equalsOneOf(column, ids.slice(start, start + together)) + also;
    all.push(...(await dataverse.many(collection, { select, filter }, row)));
  }
  return all;
}

const projectSelect = Object.keys(projectRow.shape);

export async function readMonitorProjects(
  dataverse: DataverseReader,
  connectionId: string,
): Promise<readonly MonitorProject[]> {
  const filter = equalsId('_crmjira_integration_id_value', connectionId);
  return (await dataverse.many(projects, { select: projectSelect, filter }, projectRow)).map(toProject);
}

export const readMonitorProjectsOf = async (
  dataverse: DataverseReader,
  ids: readonly string[],
): Promise<readonly MonitorProject[]> =>
  (await byIds(dataverse, projects, 'crmjira_monitor_projectid', ids, projectRow, projectSelect)).map(toProject);

/**
 * What the row of a project lacks; null: nothing. What people have set stays: product, whether its errors are read. Pure.
 * @param stored undefined: it is new, and its errors are read
 */
export function projectWrite(
  { id: connectionId, host }: Pick<SentryConnection, 'id' | 'host'>,
  project: SentryProject,
  stored: MonitorProject | undefined,
): PlainWrite | null {
  const name = fitText('crmjira_monitor_project', 'crmjira_name', project.name ?? project.slug);
  if (stored !== undefined && stored.name === name && stored.connectionId === connectionId) return null;
  return {
    op: 'upsert',
    collection: projects,
    id: monitorProjectRowId(connectionId, project.id),
    columns: {
      crmjira_system: monitorSystem,
      // Numbers are those of one installation, of which there may be several.
      crmjira_external_id: fitText('crmjira_monitor_project', 'crmjira_external_id', `${host}/${project.id}`),
      crmjira_name: name,
      'crmjira_integration_id@odata.bind': `/${tables.crmjira_integration.entitySet}(${connectionId})`,
      ...(stored === undefined ? { crmjira_is_active: true } : {}),
    },
  };
}

/** That the errors of a project were read. */
export const projectRead = (id: string, at: Date): PlainWrite => ({
  op: 'update',
  collection: projects,
  id,
  columns: { crmjira_last_sync_on: wholeSecond(at.toISOString()) },
});

const errorRow = z.object({
  '@odata.etag': z.string().optional(),
  crmjira_monitor_errorid: guid,
  _crmjira_monitor_project_value: optionalGuid,
  crmjira_external_id: text,
  crmjira_title: optionalText,
  crmjira_level: optionalText,
  crmjira_status: optionalText,
  crmjira_event_count: optionalNumber,
  crmjira_first_seen_on: optionalInstant,
  crmjira_last_seen_on: optionalInstant,
  crmjira_external_url: optionalText,
  crmjira_came_back_on: optionalInstant,
  crmjira_base: optionalText.transform(storedTickets),
});

/** A row of `crmjira_monitor_error`. */
export interface MonitorError {
  readonly id: string;
  readonly etag: string | null;
  readonly projectId: string | null;
  readonly externalId: string;
  readonly title: string;
  readonly level: string;
  readonly status: string;
  readonly events: number;
  readonly firstSeenOn: string | null;
  readonly lastSeenOn: string | null;
  readonly url: string | null;
  /** null: nothing has been accounted for yet */
  readonly tickets: StoredTickets | null;
}

const toError = (row: z.output<typeof errorRow>): MonitorError => ({
  id: row.crmjira_monitor_errorid,
  etag: row['@odata.etag'] ?? null,
  projectId: row._crmjira_monitor_project_value,
  externalId: row.crmjira_external_id,
  title: row.crmjira_title ?? '',
  level: row.crmjira_level ?? '',
  status: row.crmjira_status ?? '',
  events: row.crmjira_event_count ?? 0,
  firstSeenOn: row.crmjira_first_seen_on,
  lastSeenOn: row.crmjira_last_seen_on,
  url: row.crmjira_external_url,
  tickets: row.crmjira_base,
});

const errorSelect = Object.keys(errorRow.shape).filter((column) => !column.startsWith('@'));

export const readErrors = async (
  dataverse: DataverseReader,
  ids: readonly string[],
): Promise<readonly MonitorError[]> =>
  (await byIds(dataverse, errors, 'crmjira_monitor_errorid', ids, errorRow, errorSelect)).map(toError);

/** By their ids in the monitor, of whichever project. */
export async function findErrors(dataverse: DataverseReader, externalId: string): Promise<readonly MonitorError[]> {
  const filter = `crmjira_external_id eq ${quoted(externalId)}`;
  return (await dataverse.many(errors, { select: errorSelect, filter }, errorRow)).map(toError);
}

const openRow = z.object({ crmjira_external_id: text });

/** Ids in the monitor of errors of a project that have tickets and are not resolved. */
export async function readUnresolvedWithTickets(
  dataverse: DataverseReader,
  projectId: string,
): Promise<readonly string[]> {
  const filter = `${equalsId('_crmjira_monitor_project_value', projectId)} and crmjira_base ne null and crmjira_status ne 'resolved' and crmjira_status ne 'deleted'`;
  const rows = await dataverse.many(errors, { select: Object.keys(openRow.shape), filter }, openRow);
  return rows.map((row) => row.crmjira_external_id);
}

/** What a row shows of an error, as the row holds it: no longer than its columns, whole seconds. */
function shown(issue: SentryIssue): Record<string, string | number | null> {
  const fit = (column: string, value: string): string => fitText('crmjira_monitor_error', column, value);
  const title = fit('crmjira_title', issue.title);
  return {
    crmjira_title: title,
    crmjira_level: fit('crmjira_level', issue.level),
    crmjira_status: fit('crmjira_status', issue.status),
    crmjira_event_count: Math.min(issue.count, 2_147_483_647),
    crmjira_first_seen_on: wholeSecond(issue.firstSeen),
    crmjira_last_seen_on: wholeSecond(issue.lastSeen),
    crmjira_external_url: issue.permalink == null ? null : fit('crmjira_external_url', issue.permalink),
  };
}

const storedColumns = (stored: MonitorError): Record<string, string | number | null> => ({
  crmjira_title: stored.title,
  crmjira_level: stored.level,
  crmjira_status: stored.status,
  crmjira_event_count: stored.events,
  crmjira_first_seen_on: stored.firstSeenOn,
  crmjira_last_seen_on: stored.lastSeenOn,
  crmjira_external_url: stored.url,
});

/** What the row of an error lacks to agree with the monitor; null: nothing. Pure. */
export function errorWrite(projectId: string, issue: SentryIssue, stored: MonitorError | undefined): PlainWrite | null {
  const columns = shown(issue);
  const known = stored === undefined ? null : storedColumns(stored);
  if (known !== null && Object.entries(columns).every(([name, value]) => known[name] === value)) return null;
  return {
    op: 'upsert',
    collection: errors,
    id: monitorErrorRowId(projectId, issue.id),
    columns: {
      ...columns,
      crmjira_name: fitText('crmjira_monitor_error', 'crmjira_name', issue.title),
      ...(stored === undefined
        ? {
            crmjira_external_id: issue.id,
            'crmjira_monitor_project@odata.bind': `/${projects}(${projectId})`,
          }
        : {}),
    },
  };
}

/** What was acted on for an error, with If-Match on the row as it was read. */
export const ticketsWrite = ({ id, etag }: MonitorError, tickets: StoredTickets): PlainWrite => ({
  op: 'update',
  collection: errors,
  id,
  columns: {
    crmjira_base: JSON.stringify(tickets),
    crmjira_came_back_on: tickets.cameBack === null ? null : wholeSecond(tickets.cameBack.on),
  },
  ...(etag === null ? {} : { ifMatch: etag }),
});

/** That an error is not to be seen in the monitor any more. */
export const goneWrite = ({ id }: MonitorError): PlainWrite => ({
  op: 'update',
  collection: errors,
  id,
  columns: { crmjira_status: 'deleted' },
});

const dayRow = z.object({
  crmjira_monitor_error_dayid: guid,
  _crmjira_monitor_error_value: guid,
  crmjira_day: z.string().transform((day) => day.slice(0, 10)),
  crmjira_event_count: optionalNumber,
});

/** Events of a day, by the id of its row. */
export type StoredDays = ReadonlyMap<string, number>;

/** Days of these errors from `from` on. */
export async function readDays(
  dataverse: DataverseReader,
  errorIds: readonly string[],
  from: string,
): Promise<StoredDays> {
  const also = ` and crmjira_day ge ${from}`;
  const select = Object.keys(dayRow.shape);
  const rows = await byIds(dataverse, days, '_crmjira_monitor_error_value', errorIds, dayRow, select, also);
  return new Map(rows.map((row) => [row.crmjira_monitor_error_dayid, row.crmjira_event_count ?? 0]));
}

/** Days that a monitor has counted, of which something is new; a day without events has no row. Pure. */
export const dayWrites = (
  errorId: string,
  counts: ReadonlyMap<string, number>,
  stored: StoredDays,
): readonly PlainWrite[] =>
  [...counts].flatMap(([day, count]): PlainWrite[] => {
    const id = monitorDayRowId(errorId, day);
    const known = stored.get(id);
    if (known === count || (known === undefined && count === 0)) return [];
    return [
      {
        op: 'upsert',
        collection: days,
        id,
        columns: {
          crmjira_event_count: count,
          ...(known === undefined
            ? { crmjira_day: day, crmjira_name: day, 'crmjira_monitor_error@odata.bind': `/${errors}(${errorId})` }
            : {}),
        },
      },
    ];
  });
