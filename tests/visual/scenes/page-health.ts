import { BudgetSource, Health, IntegrationStatus, OperationType, SourceSystem, derivedId } from '@crmjira/domain';
import { CONNECTION_ID } from '../../../sandbox/src/run/directory';
import { opportunities } from '../../../sandbox/src/seed/scenarios';
import { type LogRows, type PageScene, pageScene } from '../page-scene';
import type { Row } from '../scene';
import { healthRows } from '../../webresources/pages/health-rows';
import { EMOJI, LINK, MARKUP, RIGHT_TO_LEFT } from './hostile';

const PAGE = 'integration-health';
const REFRESH = 'button "Refresh"';
/** Offered as soon as there are figures. */
const RETRY_FAILED = 'button "Retry all failed"';
/** there as soon as something was read */
const LOG = 'button "All log entries"';

/** Thirty days up to the one of the pictures, 16 May: busy on working days, quiet on Saturday and Sunday. */
const days = Array.from({ length: 30 }, (_, back) => new Date(Date.UTC(2025, 4, 16 - back))).flatMap((date, back) => {
  const rests = date.getUTCDay() % 6 === 0;
  const found: Readonly<Record<number, number>> = {
    [OperationType.Update]: (rests ? 420 : 1_380) + ((back * 53) % 190),
    [OperationType.Sync]: 380 + ((back * 7) % 12),
    [OperationType.Create]: rests ? 2 : 14 + ((back * 5) % 17),
  };
  return Object.entries(found).map(([operation, rows]) => ({
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    operation: Number(operation),
    found: rows,
  }));
});

const [first, second] = opportunities;
const failed = (at: string, key: string, operation: OperationType, source: SourceSystem, of: Row): Row => ({
  crmjira_integration_logid: derivedId(first?.id ?? '', 'visual', key, at),
  createdon: at,
  crmjira_source_system: source,
  crmjira_operation_type: operation,
  crmjira_source_record_id: key,
  crmjira_error_code: null,
  ...of,
});
const mapped = (id: string | undefined): Row => ({
  crmjira_budget_mapping_id: { _crmjira_opportunity_id_value: id },
});

const errors: readonly Row[] = [
  failed('2025-05-16T16:41:07Z', 'CRMHVNTAEM', OperationType.Update, SourceSystem.Jira, {
    ...mapped(first?.id),
    crmjira_error_code: 'jira-unavailable',
    crmjira_error_message: 'Jira does not answer just now; it is tried again.',
  }),
  failed('2025-05-16T15:20:55Z', 'CRMPSZRVOR', OperationType.Create, SourceSystem.Dynamics365, {
    ...mapped(second?.id),
    crmjira_error_code: 'jira-refused',
    crmjira_error_message: 'Jira refused the request: The project lead does not exist.',
  }),
  // of no opportunity
  failed('2025-05-16T10:00:48Z', 'nightly sync', OperationType.Sync, SourceSystem.Jira, {
    crmjira_error_code: 'jira-forbidden',
    crmjira_error_message: 'The integration account may not do this in Jira.',
  }),
  failed('2025-05-16T02:51:00Z', 'CRMDRQCVFF', OperationType.Update, SourceSystem.Jira, {
    ...mapped(second?.id),
    crmjira_error_code: 'jira-rate-limit',
    crmjira_error_message: 'Jira asked to slow down; it is tried again.',
  }),
];
/** As long as the tree still gives the name of a cell whole. */
const MUCH = 'W'.repeat(800);
/** What a key of Jira never is, and what a broken or hostile one may send as such. */
const HOSTILE_KEYS = [MARKUP, LINK, EMOJI, 'W'.repeat(200)];
const log: LogRows = {
  statuses: { [IntegrationStatus.Success]: 1_990, [IntegrationStatus.Failed]: 6, [IntegrationStatus.Retry]: 4 },
  operations: {
    [OperationType.Update]: 8_151,
    [OperationType.Sync]: 2_661,
    [OperationType.Create]: 119,
    [OperationType.Delete]: 3,
  },
  days,
  errors: [],
};
const nothing: LogRows = { statuses: {}, operations: {}, days: [], errors: [] };

/** The columns of one thing that the service needs. */
const told = (
  name: 'jira' | 'dataverse' | 'budget_source' | 'gateway',
  health: Health,
  code: string | null = null,
): Row => ({
  [`crmjira_${name}_health`]: health,
  [`crmjira_${name}_since`]: code === null ? '2025-05-12T12:00:00Z' : '2025-05-16T17:46:00Z',
  [`crmjira_${name}_last_good_on`]: code === null ? '2025-05-16T18:01:00Z' : '2025-05-16T17:41:00Z',
  [`crmjira_${name}_reason`]: code === null ? null : 'As the service words it.',
  [`crmjira_${name}_reason_code`]: code,
});
/** What is measured of the sides. */
const figures: Row = {
  crmjira_jira_response_ms: 420,
  crmjira_jira_limit_ms: 5_000,
  crmjira_jira_days_left: 41,
  crmjira_dataverse_response_ms: 180,
  crmjira_dataverse_days_left: 59,
  crmjira_budget_source_response_ms: 420,
  crmjira_budget_source_kind: BudgetSource.ComputedWorklogsRate,
  crmjira_budget_source_rate: 125,
  crmjira_budget_source_rate_currency: 'CAD',
  crmjira_budget_source_delay_s: 15,
};
/** … and of a gateway, where there is one. */
const ofGateway: Row = { crmjira_gateway_calls_per_minute: 31, crmjira_gateway_days_left: 28 };
const allWell: Row = {
  crmjira_name: 'Jira',
  crmjira_health: Health.Healthy,
  crmjira_last_test_ok: true,
  ...figures,
  ...told('jira', Health.Healthy),
  ...told('dataverse', Health.Healthy),
  ...told('budget_source', Health.Healthy),
  ...told('gateway', Health.NotUsed),
};
const connection = (columns: Row): Readonly<Record<string, Row | readonly Row[]>> => {
  const told = healthRows({ ...allWell, crmjira_integrationid: CONNECTION_ID, ...columns });
  return { crmjira_integrations: [told.connection], crmjira_integration_healths: told.states };
};
const guides = (...names: readonly string[]) => names.map((name) => `button "${name}: connection set-up"`);
const tested: Row = {
  crmjira_last_test_on: '2025-05-16T18:01:00Z',
  crmjira_last_sync_on: '2025-05-16T18:00:12Z',
  crmjira_jobs_waiting: 2,
  crmjira_oldest_waiting_s: 4,
  crmjira_dead_letters: 0,
};
const well = connection(tested);

/** The first connection does well, another one does not. */
function oneOfTwoAway(): ReturnType<typeof connection> {
  const first = {
    ...allWell,
    ...tested,
    crmjira_health: Health.Degraded,
    crmjira_jobs_waiting: 6,
    crmjira_dead_letters: 1,
    crmjira_jira_waiting: 0,
    crmjira_jira_dead_letters: 0,
  };
  const europe: Row = {
    crmjira_health: Health.Down,
    crmjira_last_test_on: '2025-05-16T18:01:00Z',
    crmjira_last_test_ok: false,
    ...told('jira', Health.Down, 'jira-unavailable'),
    crmjira_jira_limit_ms: 5_000,
    crmjira_jira_waiting: 4,
    crmjira_jira_dead_letters: 1,
    ...told('budget_source', Health.Down, 'jira-unavailable'),
    crmjira_budget_source_kind: BudgetSource.ComputedWorklogsRate,
    crmjira_budget_source_rate: 125,
    crmjira_budget_source_rate_currency: 'CAD',
  };
  const rows = [
    healthRows({ ...first, crmjira_integrationid: CONNECTION_ID }),
    healthRows({
      ...europe,
      crmjira_integrationid: derivedId(CONNECTION_ID, 'visual', 'europe'),
      crmjira_name: 'Jira of Europe',
    }),
  ];
  return {
    crmjira_integrations: rows.map(({ connection: row }) => row),
    crmjira_integration_healths: rows.flatMap(({ states }) => states),
  };
}
const retries = [
  'button "Retry CRMHVNTAEM"',
  'button "Retry CRMPSZRVOR"',
  'button "Retry CRMDRQCVFF"',
  'button "Open CRMHVNTAEM"',
  'button "Open CRMPSZRVOR"',
  'button "Open CRMDRQCVFF"',
  'button "Retry all"',
];
const failing: LogRows = {
  ...log,
  errors,
  statuses: { ...log.statuses, [IntegrationStatus.Success]: 1_890, [IntegrationStatus.Failed]: 106 },
};

/** States of the page for administrators that tells how the integration does. */
export const integrationHealth: readonly PageScene[] = [
  pageScene(
    PAGE,
    'all is well',
    [
      '99.50%',
      'Target met',
      'No errors in the last 24 hours.',
      'definition: 0.42 s',
      'definition: 41 days',
      'definition: 31/min',
      'definition: 128 days',
      'definition: 5.00 s',
      'definition: Computed',
      REFRESH,
      RETRY_FAILED,
      LOG,
    ],
    {
      rows: connection({
        ...tested,
        ...told('gateway', Health.Healthy),
        ...ofGateway,
        crmjira_gateway_days_left: 128,
      }),
      log,
    },
  ),
  pageScene(
    PAGE,
    'errors',
    [
      '94.50%',
      'Target not met',
      'text: Attention',
      'The project lead does not exist',
      'Nothing to retry',
      'definition: 3 min',
      'A token, secret or certificate expires in 28 days.',
      REFRESH,
      RETRY_FAILED,
      LOG,
      ...guides('Gateway'),
      ...retries,
    ],
    {
      rows: connection({
        crmjira_health: Health.Degraded,
        crmjira_last_test_on: '2025-05-16T18:01:00Z',
        crmjira_last_sync_on: '2025-05-16T18:00:12Z',
        crmjira_jobs_waiting: 48,
        crmjira_oldest_waiting_s: 190,
        ...told('gateway', Health.Degraded, 'expires-soon'),
        ...ofGateway,
        crmjira_dead_letters: 3,
      }),
      log: failing,
    },
  ),
  pageScene(PAGE, 'retrying', ['Retrying', 'button "Retrying"', REFRESH, RETRY_FAILED, LOG, ...retries.slice(1)], {
    rows: well,
    log: failing,
    acts: [{ press: /^(Retry|Réessayer) CRMHVNTAEM/ }],
  }),
  pageScene(PAGE, 'nothing yet', ['There is no active connection.', 'No data', REFRESH, RETRY_FAILED, LOG], {
    rows: { crmjira_integrations: [] },
    log: nothing,
  }),
  pageScene(PAGE, 'loading', ['Loading…', REFRESH], { silent: true }),
  pageScene(PAGE, 'not permitted', ['You do not have permission', REFRESH], { persona: 'sales-rep' }),
  pageScene(PAGE, 'unreachable', ['Dataverse unreachable since 14:04.', 'Nothing has been read yet.', REFRESH], {
    unreadable: { sets: ['crmjira_integrations', 'crmjira_integration_logs'], status: 503, code: '0x80072320' },
  }),
  pageScene(
    PAGE,
    'stale',
    ['Dataverse unreachable since 14:04.', 'What you see is from 14:04.', '99.50%', REFRESH, RETRY_FAILED, LOG],
    {
      rows: well,
      log,
      acts: [{ fails: 'unreachable' }],
    },
  ),
  pageScene(PAGE, 'offline', ['Offline since 14:04.', 'What you see is from 14:04.', REFRESH, RETRY_FAILED, LOG], {
    rows: well,
    log,
    acts: [{ fails: 'offline' }],
  }),
  pageScene(
    PAGE,
    'service silent',
    [
      'the integration has not reported since 13:02.',
      'Nothing is lost',
      'Nothing heard since 13:02.',
      REFRESH,
      RETRY_FAILED,
      LOG,
      ...guides('Jira', 'Dataverse', 'Budget source', 'Gateway'),
    ],
    {
      rows: connection({
        crmjira_health: Health.Unknown,
        crmjira_last_test_on: '2025-05-16T17:02:00Z',
        crmjira_last_sync_on: '2025-05-16T17:00:12Z',
      }),
      log,
    },
  ),
  pageScene(
    PAGE,
    'Jira away',
    [
      'Jira did not answer at 14:01.',
      'Nothing is lost',
      'Jira is not responding.',
      'Its state was not known at the last test.',
      REFRESH,
      RETRY_FAILED,
      LOG,
      ...guides('Jira', 'Budget source', 'Gateway'),
    ],
    {
      rows: connection({
        crmjira_health: Health.Down,
        crmjira_last_test_on: '2025-05-16T18:01:00Z',
        crmjira_last_test_ok: false,
        crmjira_last_sync_on: '2025-05-16T17:40:12Z',
        ...told('jira', Health.Down, 'jira-unavailable'),
        ...told('budget_source', Health.Down, 'jira-unavailable'),
        crmjira_jira_response_ms: null,
        crmjira_budget_source_response_ms: null,
        ...told('gateway', Health.Unknown),
      }),
      log,
    },
  ),
  pageScene(
    PAGE,
    'one of two Jira sites away',
    [
      'Jira of Europe did not answer at 14:01.',
      'region "Jira of Europe"',
      'Jira is not responding.',
      'definition: "4"',
      REFRESH,
      RETRY_FAILED,
      LOG,
      ...guides('Jira of Europe · Jira', 'Jira of Europe · Budget source'),
    ],
    { rows: oneOfTwoAway(), log },
  ),
  pageScene(
    PAGE,
    'budget source and gateway in trouble',
    [
      'Tempo refused the credentials of the integration account.',
      'Dataverse asked us to slow down.',
      'The gateway in front of Jira blocks the integration.',
      'definition: Today or past',
      REFRESH,
      RETRY_FAILED,
      LOG,
      ...guides('Dataverse', 'Budget source', 'Gateway'),
    ],
    {
      rows: connection({
        crmjira_health: Health.Degraded,
        crmjira_last_test_on: '2025-05-16T18:01:00Z',
        crmjira_last_sync_on: '2025-05-16T17:40:12Z',
        ...told('dataverse', Health.Degraded, 'dataverse-limit'),
        ...told('budget_source', Health.Down, 'tempo-credentials'),
        crmjira_budget_source_kind: BudgetSource.TempoCloud,
        ...told('gateway', Health.Down, 'gateway-unavailable'),
        ...ofGateway,
        crmjira_budget_source_response_ms: null,
        crmjira_gateway_days_left: 0,
      }),
      log,
    },
  ),
  pageScene(
    PAGE,
    'hostile text',
    [
      MARKUP.slice(0, 8),
      RIGHT_TO_LEFT,
      EMOJI,
      MUCH,
      REFRESH,
      RETRY_FAILED,
      LOG,
      'button "Retry all"',
      ...HOSTILE_KEYS.flatMap((key) => [
        `button ${JSON.stringify(`Retry ${key}`)}`,
        `button ${JSON.stringify(`Open ${key}`)}`,
      ]),
    ],
    {
      unpictured: true,
      rows: well,
      log: {
        ...failing,
        errors: HOSTILE_KEYS.map((key, index) =>
          failed(`2025-05-16T1${index}:41:07Z`, key, OperationType.Update, SourceSystem.Jira, {
            ...mapped(first?.id),
            crmjira_error_message: [RIGHT_TO_LEFT, MARKUP, MUCH, EMOJI][index],
          }),
        ),
      },
    },
  ),
];
