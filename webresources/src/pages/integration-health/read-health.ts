import { BudgetSource, Health, IntegrationStatus, OperationType, SourceSystem } from '@crmjira/domain';
import { type RawRow, dateField, numberField, textField } from '@crmjira/form-data';
import {
  type ConnectionHealth,
  type DayCount,
  DEPENDENCIES,
  type DependencyHealth,
  type DependencyName,
  type HealthFigures,
  type LoggedError,
} from './health-figures';
import { providerOf, WITH_PROVIDER } from '../platform/read-rows';
import { valueIn } from '../platform/value-in';
import { readHeld } from './read-held';
import { readNames } from './read-names';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** R-1104 */
export const VOLUME_DAYS = 30;
/**
 * Days of volume asked for at once: Dataverse refuses an aggregate over more than 50,000 rows
 * (Microsoft, "Aggregate data using FetchXml", AggregateQueryRecordLimit), and 30 days may hold more.
 */
const DAYS_A_QUERY = 5;

const LOG = 'crmjira_integration_log';

/** Reads the figures, in ten requests and more. @throws what the client API throws: then no new ones are shown at all */
export async function readFigures(now = Date.now()): Promise<Omit<HealthFigures, 'connections'>> {
  const [statuses, volume, operations, errors, held] = await Promise.all([
    countBy('crmjira_integration_status', now - DAY_MS),
    readVolume(now),
    countBy('crmjira_operation_type', now - 7 * DAY_MS),
    readErrors(now - DAY_MS),
    readHeld(),
  ]);
  return { statuses, volume, operations, errors, held };
}

async function fetchRows(fetchXml: string): Promise<readonly RawRow[]> {
  const { entities } = await Xrm.WebApi.retrieveMultipleRecords(LOG, `?fetchXml=${encodeURIComponent(fetchXml)}`);
  return entities;
}

const created = (operator: 'gt' | 'le', instant: number): string =>
  `<condition attribute="createdon" operator="${operator}" value="${new Date(instant).toISOString()}" />`;

async function countBy(column: string, since: number): Promise<ReadonlyMap<number, number>> {
  const rows = await fetchRows(
    `<fetch aggregate="true"><entity name="${LOG}">` +
      `<attribute name="crmjira_integration_logid" alias="found" aggregate="count" />` +
      `<attribute name="${column}" alias="key" groupby="true" />` +
      `<filter>${created('gt', since)}</filter></entity></fetch>`,
  );
  return new Map(rows.map((row) => [numberField(row, 'key') ?? 0, numberField(row, 'found') ?? 0]));
}

async function readVolume(now: number): Promise<readonly DayCount[]> {
  const midnight = Math.floor(now / DAY_MS) * DAY_MS;
  const first = midnight - (VOLUME_DAYS - 1) * DAY_MS;
  const parts = Array.from({ length: VOLUME_DAYS / DAYS_A_QUERY }, (_, part) => first + part * DAYS_A_QUERY * DAY_MS);
  return (await Promise.all(parts.map((from) => readDays(from)))).flat();
}

/** @param from a UTC midnight */
async function readDays(from: number): Promise<readonly DayCount[]> {
  const day = (grouping: string): string =>
    `<attribute name="createdon" alias="${grouping}" groupby="true" dategrouping="${grouping}" usertimezone="false" />`;
  const rows = await fetchRows(
    `<fetch aggregate="true"><entity name="${LOG}">` +
      `<attribute name="crmjira_integration_logid" alias="found" aggregate="count" />` +
      day('day') +
      day('month') +
      `<attribute name="crmjira_operation_type" alias="operation" groupby="true" />` +
      // Created times are whole seconds: the second before midnight still belongs to the day before.
      `<filter>${created('gt', from - 1_000)}${created('le', from + DAYS_A_QUERY * DAY_MS - 1_000)}</filter>` +
      `</entity></fetch>`,
  );
  const days = Array.from({ length: DAYS_A_QUERY }, (_, index) => new Date(from + index * DAY_MS).toISOString());
  return rows.flatMap((row) => {
    const named = [numberField(row, 'month'), numberField(row, 'day')].map((part) => String(part).padStart(2, '0'));
    const found = days.find((one) => one.slice(5, 10) === named.join('-'));
    const operation = valueIn(OperationType, numberField(row, 'operation'));
    if (found === undefined || operation === null) return [];
    return [{ day: found.slice(0, 10), operation, rows: numberField(row, 'found') ?? 0 }];
  });
}

async function readErrors(since: number): Promise<readonly LoggedError[]> {
  const { entities } = await Xrm.WebApi.retrieveMultipleRecords(
    LOG,
    '?$select=crmjira_integration_logid,createdon,crmjira_source_system,crmjira_operation_type,' +
      'crmjira_source_record_id,crmjira_target_record_id,crmjira_error_message,crmjira_error_code' +
      '&$expand=crmjira_budget_mapping_id($select=_crmjira_opportunity_id_value)' +
      `&$filter=crmjira_integration_status eq ${IntegrationStatus.Failed} and createdon gt ${new Date(since).toISOString()}` +
      '&$orderby=createdon desc&$top=10',
  );
  const found = entities.map((row: RawRow) => {
    const records = [textField(row, 'crmjira_target_record_id'), textField(row, 'crmjira_source_record_id')];
    const ids = records.flatMap((record) => guidOrNull(record ?? '') ?? []);
    return {
      id: textField(row, 'crmjira_integration_logid') ?? '',
      at: dateField(row, 'createdon') ?? '',
      source: valueIn(SourceSystem, numberField(row, 'crmjira_source_system')),
      operation: valueIn(OperationType, numberField(row, 'crmjira_operation_type')),
      // People know a project's key, and an opportunity by its name (F-122).
      record: records.find((record) => record !== null && guidOrNull(record) === null) ?? null,
      message: textField(row, 'crmjira_error_message') ?? '',
      code: textField(row, 'crmjira_error_code'),
      opportunityId: opportunityOf(row['crmjira_budget_mapping_id']) ?? ids[0] ?? null,
    };
  });
  const names = await readNames(found.flatMap(({ record, opportunityId }) => (record ? [] : (opportunityId ?? []))));
  return found.map((error) => ({ ...error, record: error.record ?? names.get(error.opportunityId ?? '') ?? null }));
}

/** How the rows call what the service needs. */
const ROW_NAMES: Readonly<Record<DependencyName, string>> = {
  jira: 'jira',
  dataverse: 'dataverse',
  budgetSource: 'budget_source',
  gateway: 'gateway',
};

/** Columns of the row of one dependency. */
const STATE_COLUMNS = [
  'health',
  'since',
  'last_good_on',
  'reason',
  'reason_code',
  'response_ms',
  'limit_ms',
  'days_left',
  'waiting',
  'dead_letters',
].map((name) => `crmjira_${name}`);
/** What is told of a dependency on the row of its connection. */
const CONNECTION_COLUMNS = [
  'crmjira_budget_source_kind',
  'crmjira_budget_source_rate',
  'crmjira_budget_source_rate_currency',
  'crmjira_budget_source_delay_s',
  'crmjira_gateway_calls_per_minute',
];
const STATES = ['health', 'since', 'last_good_on', 'reason', 'reason_code'];
/** Where the states stood before they had rows of their own: read until a service of this version has written these. */
const FORMER_COLUMNS = [
  ...Object.values(ROW_NAMES).flatMap((name) => STATES.map((ending) => `crmjira_${name}_${ending}`)),
  'crmjira_jira_response_ms',
  'crmjira_jira_limit_ms',
  'crmjira_jira_days_left',
  'crmjira_dataverse_response_ms',
  'crmjira_dataverse_days_left',
  'crmjira_budget_source_response_ms',
  'crmjira_gateway_days_left',
];

/** @param prefix what the columns of the state begin with */
function dependencyOf(name: DependencyName, connection: RawRow, row: RawRow, prefix: string): DependencyHealth {
  return {
    name,
    health: valueIn(Health, numberField(row, `${prefix}_health`)) ?? Health.Unknown,
    since: dateField(row, `${prefix}_since`),
    lastGoodOn: dateField(row, `${prefix}_last_good_on`),
    reason: textField(row, `${prefix}_reason`),
    code: textField(row, `${prefix}_reason_code`),
    responseMs: numberField(row, `${prefix}_response_ms`),
    daysLeft: numberField(row, `${prefix}_days_left`),
    limitMs: numberField(row, `${prefix}_limit_ms`),
    waiting: numberField(row, `${prefix}_waiting`),
    dead: numberField(row, `${prefix}_dead_letters`),
    callsPerMinute: numberField(connection, 'crmjira_gateway_calls_per_minute'),
    source: {
      kind: valueIn(BudgetSource, numberField(connection, 'crmjira_budget_source_kind')),
      rate: numberField(connection, 'crmjira_budget_source_rate'),
      currency: textField(connection, 'crmjira_budget_source_rate_currency'),
      delaySeconds: numberField(connection, 'crmjira_budget_source_delay_s'),
    },
    silentSince: null,
  };
}

/** @param states rows of its dependencies; none: as its former columns tell */
function dependenciesOf(connection: RawRow, states: readonly RawRow[]): readonly DependencyHealth[] {
  return DEPENDENCIES.flatMap((name) => {
    if (states.length === 0) return [dependencyOf(name, connection, connection, `crmjira_${ROW_NAMES[name]}`)];
    const row = states.find((state) => textField(state, 'crmjira_dependency') === ROW_NAMES[name]);
    return row === undefined ? [] : [dependencyOf(name, connection, row, 'crmjira')];
  });
}

/** The states, in two requests; the connection that the service is set up with comes first. @throws what the client API throws */
export async function readConnections(): Promise<readonly ConnectionHealth[]> {
  const [connections, states] = await Promise.all([
    Xrm.WebApi.retrieveMultipleRecords(
      'crmjira_integration',
      '?$select=crmjira_integrationid,crmjira_name,crmjira_health,crmjira_last_test_on,crmjira_last_test_ok,' +
        `crmjira_last_sync_on,crmjira_jobs_waiting,crmjira_oldest_waiting_s,crmjira_dead_letters,` +
        [...CONNECTION_COLUMNS, ...FORMER_COLUMNS].join(',') +
        `&${WITH_PROVIDER}&$filter=crmjira_is_active eq true&$orderby=crmjira_name`,
    ),
    Xrm.WebApi.retrieveMultipleRecords(
      'crmjira_integration_health',
      `?$select=_crmjira_integration_id_value,crmjira_dependency,${STATE_COLUMNS.join(',')}`,
    ),
  ]);
  // Only Jira serves opportunities: the others stand on the pages of products and integrations.
  const served = connections.entities.filter((row: RawRow) => ['', 'jira'].includes(providerOf(row)));
  const read = served.map((row: RawRow): ConnectionHealth => {
    const id = textField(row, 'crmjira_integrationid') ?? '';
    const own = states.entities.filter((state) => textField(state, '_crmjira_integration_id_value') === id);
    return {
      id,
      name: textField(row, 'crmjira_name') ?? '',
      health: valueIn(Health, numberField(row, 'crmjira_health')) ?? Health.Unknown,
      testedOn: dateField(row, 'crmjira_last_test_on'),
      testOk: row['crmjira_last_test_ok'] === undefined ? null : row['crmjira_last_test_ok'] === true,
      syncedOn: dateField(row, 'crmjira_last_sync_on'),
      waiting: numberField(row, 'crmjira_jobs_waiting'),
      dead: numberField(row, 'crmjira_dead_letters'),
      oldestSeconds: numberField(row, 'crmjira_oldest_waiting_s'),
      dependencies: dependenciesOf(row, own),
    };
  });
  // What is the service's own is told with its first connection.
  const rank = ({ dependencies }: ConnectionHealth): number =>
    dependencies.some(({ name, health }) => name === 'dataverse' && health !== Health.Unknown) ? 0 : 1;
  return [...read].sort((one, other) => rank(one) - rank(other));
}

function opportunityOf(mapping: unknown): string | null {
  // an expanded lookup is a nested row, or null
  return typeof mapping === 'object' && mapping !== null
    ? textField(mapping as RawRow, '_crmjira_opportunity_id_value')
    : null;
}

function guidOrNull(text: string): string | null {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text) ? text.toLowerCase() : null;
}
