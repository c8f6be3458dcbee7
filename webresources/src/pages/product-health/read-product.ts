import { Health, LinkState, RowState, addDays } from '@crmjira/domain';
import {
  type RawRow,
  dateField,
  flagField,
  formattedField,
  isForbidden,
  numberField,
  readFailure,
  textField,
} from '@crmjira/form-data';
import { type Product, readProducts } from '../platform/read-products';
import {
  conditionIn,
  expandedRow,
  fetchRows,
  providerOf,
  readRows,
  readRowsIfAllowed,
  WITH_PROVIDER,
} from '../platform/read-rows';
import { valueIn } from '../platform/value-in';
import type {
  Events,
  MonitoredProject,
  OpenTickets,
  ProductError,
  ProductFacts,
  SilentMonitor,
  Ticket,
  TicketProject,
} from './product-view';

const PERIOD = 7;
/** Errors that are looked at closer: those with most events. */
const MOST_ERRORS = 50;
/** Cases whose links are looked for: as many as an address can name. */
const MOST_CASES = 40;

const DAY = 'crmjira_monitor_error_day';
const ERROR = 'crmjira_monitor_error';
const ISSUE = 'crmjira_jira_issue';
const INCIDENT_OPEN = 0;

/** UTC day of an instant, so many days before. */
const dayBefore = (now: number, days: number): string =>
  addDays(new Date(now).toISOString().slice(0, 10), -days).slice(0, 10);

/** All that the page shows of a product. @param wanted null: the first that anything belongs to @throws what the client API throws */
export async function readProduct(wanted: string | null, now = Date.now()): Promise<ProductFacts> {
  const [products, monitored, projects] = await Promise.all([readProducts(), readMonitored(), readTicketProjects()]);
  const product = choose(wanted, products, [...monitored, ...projects]);
  const own = <Row extends { readonly productId: string | null }>(rows: readonly Row[]): readonly Row[] =>
    rows.filter(({ productId }) => product !== null && productId === product.id);
  const [ownMonitored, ownProjects] = [own(monitored), own(projects)];
  const [errors, tickets, cases, silent] = await Promise.all([
    readErrorsIfAllowed(ownMonitored, now),
    readTickets(ownProjects, now),
    readCases(product),
    readSilent(ownMonitored),
  ]);
  return {
    products,
    product,
    monitored: ownMonitored,
    projects: ownProjects,
    ...errors,
    knownSince: knownSince(ownMonitored, errors.firstDay),
    ...tickets,
    cases,
    silent,
  };
}

function choose(
  wanted: string | null,
  products: readonly Product[],
  rows: readonly { readonly productId: string | null }[],
): Product | null {
  const used = new Set(rows.map(({ productId }) => productId));
  const found = products.find(({ id }) => id === wanted);
  return (
    found ??
    products.find(({ id, isFamily }) => !isFamily && used.has(id)) ??
    products.find(({ isFamily }) => !isFamily) ??
    null
  );
}

/** The first whole day of which errors are known: the day after the projects were found, or that of the oldest error. */
function knownSince(monitored: readonly MonitoredProject[], firstDay: string | null): string | null {
  const found = monitored.flatMap(({ knownSince: since }) => since ?? []);
  return [...found, ...(firstDay === null ? [] : [firstDay])].sort()[0] ?? null;
}

async function readMonitored(): Promise<readonly MonitoredProject[]> {
  const rows = await readRowsIfAllowed(
    'crmjira_monitor_project',
    '?$select=crmjira_monitor_projectid,crmjira_name,crmjira_system,crmjira_last_sync_on,_crmjira_product_value,createdon' +
      `&$filter=statecode eq ${RowState.Active}&$orderby=crmjira_name`,
  );
  return rows.map((row): MonitoredProject => {
    const created = dateField(row, 'createdon');
    const system = textField(row, 'crmjira_system') ?? '';
    return {
      id: textField(row, 'crmjira_monitor_projectid') ?? '',
      name: textField(row, 'crmjira_name') ?? '',
      system: system.charAt(0).toUpperCase() + system.slice(1),
      productId: textField(row, '_crmjira_product_value'),
      syncedOn: dateField(row, 'crmjira_last_sync_on'),
      knownSince: created === null ? null : addDays(created, 1).slice(0, 10),
    };
  });
}

async function readTicketProjects(): Promise<readonly TicketProject[]> {
  const rows = await readRows(
    'crmjira_jira_project',
    '?$select=crmjira_jira_projectid,crmjira_project_key,crmjira_name,crmjira_is_offered,_crmjira_product_value,_crmjira_integration_id_value' +
      `&$filter=statecode eq ${RowState.Active} and _crmjira_product_value ne null&$orderby=crmjira_project_key`,
  );
  return rows.map((row): TicketProject => ({
    id: textField(row, 'crmjira_jira_projectid') ?? '',
    key: textField(row, 'crmjira_project_key') ?? '',
    name: textField(row, 'crmjira_name') ?? '',
    organization: formattedField(row, '_crmjira_integration_id_value') ?? '',
    productId: textField(row, '_crmjira_product_value'),
    isOffered: flagField(row, 'crmjira_is_offered'),
  }));
}

interface Errors extends Pick<ProductFacts, 'events' | 'errors' | 'errorCount'> {
  readonly firstDay: string | null;
}

async function readErrorsIfAllowed(monitored: readonly MonitoredProject[], now: number): Promise<Errors> {
  try {
    return await readErrors(monitored, now);
  } catch (error) {
    if (isForbidden(error)) return { events: null, errors: [], errorCount: 0, firstDay: null };
    throw error;
  }
}

/** Joins days of errors to the errors of these projects. @param inside attributes of the error that are asked for */
const ofProjects = (monitored: readonly MonitoredProject[], inside = ''): string =>
  `<link-entity name="${ERROR}" from="${ERROR}id" to="${ERROR}" alias="error">${inside}` +
  `<filter>${conditionIn(
    'crmjira_monitor_project',
    monitored.map(({ id }) => id),
  )}</filter></link-entity>`;

const since = (column: string, day: string): string =>
  `<condition attribute="${column}" operator="ge" value="${day}" />`;
const until = (column: string, day: string): string =>
  `<condition attribute="${column}" operator="lt" value="${day}" />`;

/** Groups by a column's day, in UTC. */
const byDay = (column: string): string =>
  ['day', 'month']
    .map(
      (part) =>
        `<attribute name="${column}" alias="${part}" groupby="true" dategrouping="${part}" usertimezone="false" />`,
    )
    .join('');

/** The day of a row that was grouped by it, among the days that were asked for. */
function dayOf(row: RawRow, days: readonly string[]): string | null {
  const named = [numberField(row, 'month'), numberField(row, 'day')].map((part) => String(part).padStart(2, '0'));
  return days.find((day) => day.slice(5) === named.join('-')) ?? null;
}

const lastDays = (now: number): readonly string[] =>
  Array.from({ length: 2 * PERIOD + 1 }, (_, back) => dayBefore(now, 2 * PERIOD - back));

async function readErrors(monitored: readonly MonitoredProject[], now: number): Promise<Errors> {
  if (monitored.length === 0) return { events: [], errors: [], errorCount: 0, firstDay: null };
  const [first, middle, today] = [dayBefore(now, 2 * PERIOD), dayBefore(now, PERIOD), dayBefore(now, 0)];
  const sum = '<attribute name="crmjira_event_count" alias="events" aggregate="sum" />';
  const byError = (from: string, to: string): Promise<readonly RawRow[]> =>
    fetchRows(
      DAY,
      `<fetch aggregate="true"><entity name="${DAY}">${sum}<attribute name="${ERROR}" alias="error" groupby="true" />` +
        `<filter>${since('crmjira_day', from)}${until('crmjira_day', to)}</filter>${ofProjects(monitored)}</entity></fetch>`,
    );
  const [days, last, before, oldest] = await Promise.all([
    fetchRows(
      DAY,
      `<fetch aggregate="true"><entity name="${DAY}">${sum}${byDay('crmjira_day')}<filter>${since('crmjira_day', first)}</filter>` +
        ofProjects(monitored, '<attribute name="crmjira_monitor_project" alias="project" groupby="true" />') +
        '</entity></fetch>',
    ),
    byError(middle, today),
    byError(first, middle),
    fetchRows(
      DAY,
      `<fetch top="1"><entity name="${DAY}"><attribute name="crmjira_day" /><order attribute="crmjira_day" />${ofProjects(monitored)}</entity></fetch>`,
    ),
  ]);
  const counted = (rows: readonly RawRow[]): ReadonlyMap<string, number> =>
    new Map(rows.map((row) => [textField(row, 'error') ?? '', numberField(row, 'events') ?? 0]));
  const [lastOf, beforeOf] = [counted(last), counted(before)];
  const most = [...lastOf].sort(([, one], [, other]) => other - one).filter(([, events]) => events > 0);
  const found = await readErrorRows(most.slice(0, MOST_ERRORS).map(([id]) => id));
  const asked = lastDays(now);
  const [oldestRow] = oldest;
  return {
    events: days.flatMap((row): Events[] => {
      const day = dayOf(row, asked);
      return day === null
        ? []
        : [{ day, count: numberField(row, 'events') ?? 0, projectId: textField(row, 'project') ?? '' }];
    }),
    errors: found
      .map((error) => ({ ...error, last: lastOf.get(error.id) ?? 0, before: beforeOf.get(error.id) ?? 0 }))
      .sort((one, other) => other.last - one.last),
    errorCount: most.length,
    firstDay: oldestRow === undefined ? null : (dateField(oldestRow, 'crmjira_day')?.slice(0, 10) ?? null),
  };
}

const isAnyOf = (column: string, ids: readonly string[]): string => ids.map((id) => `${column} eq ${id}`).join(' or ');

type ErrorRow = Omit<ProductError, 'last' | 'before'>;

async function readErrorRows(ids: readonly string[]): Promise<readonly ErrorRow[]> {
  if (ids.length === 0) return [];
  const rows = await readRows(
    ERROR,
    '?$select=crmjira_monitor_errorid,crmjira_external_id,crmjira_title,crmjira_external_url,crmjira_level,' +
      'crmjira_first_seen_on,crmjira_last_seen_on,_crmjira_monitor_project_value' +
      `&$filter=${isAnyOf('crmjira_monitor_errorid', ids)}`,
  );
  const errors = rows.map((row): Omit<ErrorRow, 'tickets'> => ({
    id: textField(row, 'crmjira_monitor_errorid') ?? '',
    externalId: textField(row, 'crmjira_external_id') ?? '',
    title: textField(row, 'crmjira_title') ?? '',
    url: textField(row, 'crmjira_external_url'),
    projectId: textField(row, '_crmjira_monitor_project_value') ?? '',
    level: textField(row, 'crmjira_level') ?? '',
    firstSeenOn: dateField(row, 'crmjira_first_seen_on'),
    lastSeenOn: dateField(row, 'crmjira_last_seen_on'),
  }));
  const tickets = await readTicketsOf(errors.map(({ externalId }) => externalId));
  return errors.map((error) => ({ ...error, tickets: tickets.get(error.externalId) ?? [] }));
}

/** Tickets of errors, by the number of the error in its monitor. */
async function readTicketsOf(externalIds: readonly string[]): Promise<ReadonlyMap<string, readonly Ticket[]>> {
  if (externalIds.length === 0) return new Map();
  const whose = externalIds
    .map((id) => `crmjira_external_id eq '${encodeURIComponent(id.replace(/'/g, "''"))}'`)
    .join(' or ');
  const rows = await readRowsIfAllowed(
    'crmjira_issue_link',
    '?$select=crmjira_external_id,crmjira_state,crmjira_last_error,createdon,_crmjira_created_by_user_value' +
      `&$expand=${ISSUE}($select=crmjira_issue_key,crmjira_url,crmjira_status,crmjira_status_category,crmjira_resolved_on)` +
      `&$filter=crmjira_external_system eq 'sentry' and crmjira_state ne ${LinkState.Unlinked} and (${whose})&$orderby=createdon desc`,
  );
  const found = new Map<string, Ticket[]>();
  for (const row of rows) {
    const issue: RawRow = expandedRow(row, ISSUE) ?? {};
    const id = textField(row, 'crmjira_external_id') ?? '';
    const ticket: Ticket = {
      key: textField(issue, 'crmjira_issue_key'),
      url: textField(issue, 'crmjira_url'),
      status: textField(issue, 'crmjira_status') ?? '',
      category: textField(issue, 'crmjira_status_category') ?? '',
      resolvedOn: dateField(issue, 'crmjira_resolved_on'),
      state: valueIn(LinkState, numberField(row, 'crmjira_state')) ?? LinkState.Requested,
      lastError: textField(row, 'crmjira_last_error'),
      linkedBy: formattedField(row, '_crmjira_created_by_user_value'),
      linkedOn: dateField(row, 'createdon'),
    };
    found.set(id, [...(found.get(id) ?? []), ticket]);
  }
  return found;
}

async function readTickets(
  projects: readonly TicketProject[],
  now: number,
): Promise<Pick<ProductFacts, 'resolved' | 'open'>> {
  if (projects.length === 0) return { resolved: [], open: [] };
  const count = `<attribute name="${ISSUE}id" alias="found" aggregate="count" />`;
  const project = '<attribute name="crmjira_project" alias="project" groupby="true" />';
  const own = conditionIn(
    'crmjira_project',
    projects.map(({ id }) => id),
  );
  const isThere = '<condition attribute="crmjira_is_deleted" operator="ne" value="1" />';
  const [resolved, open] = await Promise.all([
    fetchRows(
      ISSUE,
      `<fetch aggregate="true"><entity name="${ISSUE}">${count}${project}${byDay('crmjira_resolved_on')}` +
        `<filter>${own}${isThere}${since('crmjira_resolved_on', `${dayBefore(now, 2 * PERIOD)}T00:00:00Z`)}</filter></entity></fetch>`,
    ),
    fetchRows(
      ISSUE,
      `<fetch aggregate="true"><entity name="${ISSUE}">${count}${project}` +
        '<attribute name="crmjira_status" alias="status" groupby="true" />' +
        '<attribute name="crmjira_status_category" alias="category" groupby="true" />' +
        `<filter>${own}${isThere}<condition attribute="crmjira_status_category" operator="ne" value="done" /></filter></entity></fetch>`,
    ),
  ]);
  const days = lastDays(now);
  return {
    resolved: resolved.flatMap((row): Events[] => {
      const day = dayOf(row, days);
      return day === null
        ? []
        : [{ day, count: numberField(row, 'found') ?? 0, projectId: textField(row, 'project') ?? '' }];
    }),
    open: open.map((row): OpenTickets => ({
      status: textField(row, 'status') ?? '',
      category: textField(row, 'category') ?? '',
      projectId: textField(row, 'project') ?? '',
      count: numberField(row, 'found') ?? 0,
    })),
  };
}

/** Null where there are no cases, or where this person may not read them. */
async function readCases(product: Product | null): Promise<ProductFacts['cases']> {
  if (product === null) return null;
  try {
    const rows = await readRows(
      'incident',
      `?$select=incidentid&$filter=_productid_value eq ${product.id} and statecode eq ${INCIDENT_OPEN}`,
    );
    const ids = rows.slice(0, MOST_CASES).map((row) => textField(row, 'incidentid') ?? '');
    if (ids.length === 0) return { open: 0, linked: 0 };
    const links = await readRowsIfAllowed(
      'crmjira_issue_link',
      `?$select=crmjira_regarding_id&$filter=crmjira_state ne ${LinkState.Unlinked} and (` +
        `${ids.map((id) => `crmjira_regarding_id eq '${id}'`).join(' or ')})`,
    );
    return { open: rows.length, linked: new Set(links.map((row) => textField(row, 'crmjira_regarding_id'))).size };
  } catch (error) {
    const failure = readFailure(error, !navigator.onLine);
    // An environment without Customer Service has no such table.
    if (failure === 'forbidden' || failure === 'missing') return null;
    throw error;
  }
}

/** The monitor that does not answer, where any of these projects is one of its. */
async function readSilent(monitored: readonly MonitoredProject[]): Promise<SilentMonitor | null> {
  if (monitored.length === 0) return null;
  const [connections, states] = await Promise.all([
    readRowsIfAllowed(
      'crmjira_integration',
      `?$select=crmjira_integrationid,crmjira_name&${WITH_PROVIDER}&$filter=statecode eq ${RowState.Active}`,
    ),
    readRowsIfAllowed(
      'crmjira_integration_health',
      `?$select=_crmjira_integration_id_value,crmjira_since,crmjira_last_good_on&$filter=crmjira_health eq ${Health.Down}`,
    ),
  ]);
  for (const row of connections) {
    if (providerOf(row) !== 'sentry') continue;
    const state = states.find(
      (one) => textField(one, '_crmjira_integration_id_value') === textField(row, 'crmjira_integrationid'),
    );
    if (state !== undefined)
      return {
        name: textField(row, 'crmjira_name') ?? 'Sentry',
        since: dateField(state, 'crmjira_since'),
        lastGoodOn: dateField(state, 'crmjira_last_good_on'),
      };
  }
  return null;
}
