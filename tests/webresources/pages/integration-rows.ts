import { ErrorClass, Health, SyncStatus, SyncTrigger } from '@crmjira/domain';
import { ADMINISTRATOR } from '../../../sandbox/src/seed/people';
import { idOf } from './jira-rows';

type Row = Readonly<Record<string, unknown>>;

/** name, provider, address, state, and columns of its own */
const INTEGRATIONS: readonly (readonly [string, string, string, Row, Row?])[] = [
  [
    'Rideau Logic Jira',
    'JIRA',
    'https://rideaulogic.atlassian.net',
    { ...tested('2025-05-16T16:45:00Z'), crmjira_sync_interval_minutes: 15 },
    { crmjira_health: Health.Healthy },
  ],
  [
    'Rideau Logic Data Center',
    'JIRA',
    'https://jira.corp.rideaulogic.example',
    { ...tested('2025-05-16T16:00:00Z'), crmjira_sync_interval_minutes: 60 },
    { crmjira_health: Health.Degraded, crmjira_response_ms: 4_600, crmjira_limit_ms: 5_000 },
  ],
  [
    'Maple Ridge partner Jira',
    'JIRA',
    'https://mapleridge.atlassian.net',
    {
      ...tested('2025-05-16T16:40:00Z'),
      ...{ crmjira_last_test_ok: false, crmjira_last_sync_on: '2025-05-15T02:40:00Z' },
      crmjira_sync_interval_minutes: 30,
    },
    { crmjira_health: Health.Down, crmjira_reason_code: 'jira-credentials', crmjira_since: '2025-05-15T03:10:00Z' },
  ],
  [
    'Active Directory',
    'AD',
    'ldaps://dc1.corp.rideaulogic.example:636',
    { ...tested('2025-05-16T16:00:00Z'), crmjira_health: Health.Healthy, crmjira_sync_interval_minutes: 240 },
  ],
  [
    'Sentry',
    'SENTRY',
    'https://rideaulogic.sentry.example',
    { ...tested('2025-05-16T16:45:00Z'), crmjira_health: Health.Healthy, crmjira_sync_interval_minutes: 15 },
  ],
  [
    'ERP item master',
    'REST',
    'https://erp.corp.rideaulogic.example',
    { ...tested('2025-05-16T16:00:00Z'), crmjira_health: Health.Healthy, crmjira_sync_interval_minutes: 60 },
  ],
  [
    'Carrier rates',
    'REST',
    'https://api.carrierlink.example',
    {
      ...tested('2025-05-15T20:20:00Z'),
      ...{ crmjira_is_active: false, crmjira_last_sync_on: null, crmjira_health: Health.Healthy },
      crmjira_sync_interval_minutes: 60,
    },
  ],
  [
    'Customs broker status',
    'SOAP',
    'https://ws.brokerlink.example',
    { crmjira_is_active: false, crmjira_sync_interval_minutes: 60 },
  ],
];

function tested(on: string): Row {
  return {
    ...{ crmjira_is_active: true, crmjira_tested_hash: 'a'.repeat(64), crmjira_last_test_ok: true },
    ...{ crmjira_last_test_on: on, crmjira_last_sync_on: on },
  };
}

const PROVIDERS: readonly (readonly [string, string, string, boolean])[] = [
  ['AD', 'Active Directory or LDAP', 'Users and team membership', false],
  ['JIRA', 'Jira', 'Atlassian Jira Cloud and Data Center', true],
  ['REST', 'REST service', 'Any JSON service', true],
  ['SENTRY', 'Sentry', 'Errors of running software', true],
];

export const integrationRows: readonly Row[] = INTEGRATIONS.map(([name, code, url, columns]) => ({
  crmjira_integrationid: idOf(name),
  crmjira_name: name,
  crmjira_base_url: url,
  crmjira_provider: { crmjira_code: code, crmjira_name: PROVIDERS.find(([one]) => one === code)?.[1] ?? code },
  ...columns,
}));

const healthRows: readonly Row[] = INTEGRATIONS.flatMap(([name, code, , , state]) =>
  state === undefined
    ? []
    : [
        {
          _crmjira_integration_id_value: idOf(name),
          crmjira_dependency: code.toLowerCase(),
          ...state,
        },
      ],
);

const providerRows: readonly Row[] = PROVIDERS.map(([code, name, description, webhooks]) => ({
  crmjira_code: code,
  crmjira_name: name,
  crmjira_description: description,
  crmjira_supports_webhooks: webhooks,
}));

/** May 3 to 16: runs that succeeded, and those that failed, as on the drawing. */
const GOOD = [336, 331, 510, 519, 503, 516, 503, 338, 333, 513, 520, 514, 459, 261];
const FAILED = [1, 0, 3, 2, 6, 2, 1, 0, 1, 2, 4, 5, 52, 29];
/** Of each day's failures all but those of the partner's token. */
const CAUSES = [ErrorClass.Timeout, ErrorClass.RateLimit, ErrorClass.Mapping, ErrorClass.Permission] as const;

/** What the aggregate of one part answers: rows of the days that its conditions name. */
function countRows(query: string): readonly Row[] {
  const [from = ''] = /operator="ge" value="(\d{4}-\d\d-\d\d)/.exec(query)?.slice(1) ?? [];
  const first = Number(from.slice(8)) - 3;
  return [first, first + 1].flatMap((index): readonly Row[] => {
    const [good, failed] = [GOOD[index], FAILED[index]];
    if (from.slice(0, 8) !== '2025-05-' || good === undefined || failed === undefined) return [];
    const row = (name: string, trigger: SyncTrigger, found: number, cause?: ErrorClass): Row => ({
      ...{ day: index + 3, integration: idOf(name), trigger, found },
      status: cause === undefined ? SyncStatus.Success : SyncStatus.Failed,
      cause: cause ?? null,
    });
    const [webhooks, retries] = [Math.round(good / 3), Math.round(good / 60)];
    const token = index >= 11 ? Math.max(0, failed - 3) : 0;
    return [
      row('Rideau Logic Jira', SyncTrigger.Scheduled, good - webhooks - retries),
      row('Sentry', SyncTrigger.Webhook, webhooks),
      row('ERP item master', SyncTrigger.Retry, retries),
      ...(token === 0
        ? []
        : [row('Maple Ridge partner Jira', SyncTrigger.Scheduled, token, ErrorClass.Authentication)]),
      ...Array.from({ length: failed - token }, (_, one) =>
        row('Rideau Logic Data Center', SyncTrigger.Scheduled, 1, CAUSES[one % CAUSES.length]),
      ),
    ];
  });
}

/** minutes before 13:00 on a clock in Toronto, integration, trigger, milliseconds, records, and why it failed */
const RUNS: readonly (readonly [number, string, SyncTrigger, number, number, (readonly [ErrorClass, string])?])[] = [
  [15, 'Rideau Logic Jira', SyncTrigger.Scheduled, 3_200, 41],
  [19, 'Rideau Logic Jira', SyncTrigger.Webhook, 400, 1],
  [
    ...([20, 'Maple Ridge partner Jira', SyncTrigger.Scheduled, 600, 0] as const),
    [ErrorClass.Authentication, 'Jira refused the sign-in (401).'],
  ],
  [
    ...([68, 'Rideau Logic Data Center', SyncTrigger.Webhook, 1_100, 1] as const),
    [ErrorClass.Conflict, 'Conflict in mapping 4 (Priority).'],
  ],
  [60, 'Active Directory', SyncTrigger.Manual, 8_700, 214],
];

const before = (minutes: number): string =>
  new Date(Date.parse('2025-05-16T17:00:00Z') - minutes * 60_000).toISOString();

export const runRows: readonly Row[] = RUNS.map(([minutes, name, trigger, milliseconds, records, error]) => ({
  crmjira_sync_logid: idOf(`run ${minutes}`),
  _crmjira_integration_id_value: idOf(name),
  crmjira_trigger: trigger,
  crmjira_status: error === undefined ? SyncStatus.Success : SyncStatus.Failed,
  crmjira_started_on: before(minutes),
  crmjira_finished_on: before(minutes),
  crmjira_duration_ms: milliseconds,
  crmjira_records_processed: records,
  crmjira_records_failed: error?.[0] === ErrorClass.Conflict ? 1 : 0,
  crmjira_error_class: error?.[0] ?? null,
  crmjira_error_message: error?.[1] ?? null,
  _crmjira_actor_value: trigger === SyncTrigger.Manual ? ADMINISTRATOR.id : null,
  crmjira_correlation_id: idOf(`correlation ${minutes}`),
})).sort((one, other) => other.crmjira_started_on.localeCompare(one.crmjira_started_on));

export const actRows: readonly Row[] = [
  [28, 'mapping-changed', 'Rideau Logic Data Center', '9f2c', '41ab'],
  [1_240, 'tested', 'Carrier rates', '77d0', '77d0'],
  [1_262, 'created', 'Carrier rates', null, '77d0'],
  [3_108, 'refused-role:activated', 'Carrier rates', null, null],
  [4_495, 'secret-rotated', 'Rideau Logic Jira', 'c07e', '5d10'],
].map(([minutes, action, name, from, to]) => ({
  crmjira_admin_auditid: idOf(`act ${minutes}`),
  crmjira_at: before(Number(minutes)),
  _crmjira_actor_value: ADMINISTRATOR.id,
  crmjira_action: action,
  crmjira_name: name,
  crmjira_target_id: idOf(String(name)),
  crmjira_before_hash: from === null ? null : String(from).padEnd(64, '3'),
  crmjira_after_hash: to === null ? null : String(to).padEnd(64, '4'),
}));

const person: Row = {
  systemuserid: ADMINISTRATOR.id,
  fullname: `${ADMINISTRATOR.firstName} ${ADMINISTRATOR.lastName}`,
};

/** Answers the queries of the pages of integrations, by table or set. @param isNew nothing is connected yet */
export const integrationAnswer =
  (isNew = false) =>
  (set: string, query: string): readonly Row[] | null => {
    const table = set.replace(/s$/, '').replace('healths', 'health');
    const counts = query.includes('aggregate="true"');
    const byActor = counts && query.includes('crmjira_actor');
    const rowsOf = (rows: readonly Row[]): readonly Row[] =>
      byActor ? [{ actor: ADMINISTRATOR.id, found: 1 }] : counts ? [{ found: rows.length }] : rows;
    switch (table) {
      case 'crmjira_integration':
        return isNew ? [] : integrationRows;
      case 'crmjira_integration_health':
        return isNew ? [] : healthRows;
      case 'crmjira_integration_provider':
        return providerRows;
      case 'crmjira_sync_log':
        if (isNew) return [];
        return query.includes('dategrouping') ? countRows(query) : rowsOf(runRows);
      case 'crmjira_admin_audit':
        return isNew ? [] : rowsOf(actRows);
      case 'systemuser':
        return [person];
      default:
        return null;
    }
  };
