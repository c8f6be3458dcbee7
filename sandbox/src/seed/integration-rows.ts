import { AuthType, derivedId, ErrorClass, Health, SyncStatus, SyncTrigger } from '@crmjira/domain';
import { ADMINISTRATOR, FINANCE_CONTROLLER } from './people';
import { randomFor } from './random';
import { ref, type SeedRow } from './seed-row';

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
/** Days of runs that the log holds. */
const PAST_DAYS = 15;

/** Connections that the company has anyway. */
export interface KnownConnections {
  readonly jira: string;
  readonly plant: string;
  readonly sentry: string;
}

export const PROVIDERS = [
  ['ad', '5a8d2c1e-0000-4000-8000-000000000d03', 'Active Directory or LDAP', 'Users and team membership', false],
  ['rest', '5a8d2c1e-0000-4000-8000-000000000d04', 'REST service', 'Any JSON service', true],
  ['soap', '5a8d2c1e-0000-4000-8000-000000000d05', 'SOAP service', 'Older XML services', false],
] as const;

const idOf = (number: number): string => `5a8d2c1e-0000-4000-8000-000000000c0${number}`;
const DIRECTORY = idOf(5);
const ITEMS = idOf(6);
const RATES = idOf(7);
const BROKER = idOf(8);

/** name, provider, address, whether it is active, and whether it has passed a test */
const INTEGRATIONS = [
  [DIRECTORY, 'Active Directory', 0, 'ldaps://dc1.corp.company.example:636', true, true],
  [ITEMS, 'ERP item master', 1, 'https://erp.corp.company.example', true, true],
  [RATES, 'Carrier rates', 1, 'https://api.carrierlink.example', false, true],
  [BROKER, 'Customs broker status', 2, 'https://ws.brokerlink.example', false, false],
] as const;

interface Habit {
  readonly id: string;
  readonly name: string;
  /** minutes between two scheduled runs */
  readonly every: number;
  /** webhooks a day, and records of a run, on average */
  readonly webhooks: number;
  readonly records: number;
  readonly milliseconds: number;
  /** what goes wrong, and how many runs in a hundred do */
  readonly troubles: readonly (readonly [ErrorClass, number, string])[];
}

const habits = ({ jira, plant, sentry }: KnownConnections): readonly Habit[] => [
  {
    ...{ id: jira, name: 'Jira', every: 60, webhooks: 12, records: 40, milliseconds: 3_200 },
    troubles: [[ErrorClass.Timeout, 0.6, 'Jira did not answer within 30 s.']],
  },
  {
    ...{ id: plant, name: 'Plant Jira', every: 180, webhooks: 2, records: 18, milliseconds: 4_600 },
    troubles: [
      [ErrorClass.Timeout, 3, 'Jira did not answer within 30 s.'],
      [ErrorClass.Permission, 1.5, 'The account may not edit PLANT-198 (403).'],
    ],
  },
  {
    ...{ id: sentry, name: 'Sentry', every: 120, webhooks: 3, records: 9, milliseconds: 900 },
    troubles: [[ErrorClass.RateLimit, 2, 'Sentry takes no more requests for now (429).']],
  },
  {
    ...{ id: DIRECTORY, name: 'Active Directory', every: 240, webhooks: 0, records: 214, milliseconds: 8_700 },
    troubles: [],
  },
  {
    ...{ id: ITEMS, name: 'ERP item master', every: 120, webhooks: 0, records: 63, milliseconds: 2_400 },
    troubles: [
      [ErrorClass.Authentication, 4, 'The service refused the sign-in (401).'],
      [ErrorClass.Mapping, 2, 'Mapping 3 (price): “12,50” is no number.'],
    ],
  },
];

/** Whole second, UTC. */
const stamp = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** Runs of one integration over the past days; a failed one is tried again five minutes later. */
function runsOf(habit: Habit, now: number): SeedRow[] {
  const random = randomFor(`runs of ${habit.name}`);
  const rows: SeedRow[] = [];
  const run = (at: number, trigger: SyncTrigger, mayFail: boolean): void => {
    let chance = random() * 100;
    const trouble = mayFail ? habit.troubles.find(([, share]) => (chance -= share) < 0) : undefined;
    const records = trouble
      ? 0
      : Math.round(habit.records * (0.5 + random()) * (trigger === SyncTrigger.Webhook ? 0.1 : 1));
    const milliseconds =
      trouble?.[0] === ErrorClass.Timeout ? 30_000 : Math.round(habit.milliseconds * (0.6 + random() * 0.8));
    const id = derivedId(habit.id, 'sync-log', String(trigger), String(rows.length));
    rows.push({
      table: 'crmjira_sync_log',
      row: {
        crmjira_sync_logid: id,
        crmjira_name: `Sync: ${habit.name}`,
        'crmjira_integration_id@odata.bind': ref('crmjira_integration', habit.id),
        ...(trigger === SyncTrigger.Manual ? { 'crmjira_actor@odata.bind': ref('systemuser', ADMINISTRATOR.id) } : {}),
        crmjira_trigger: trigger,
        crmjira_status: trouble ? SyncStatus.Failed : SyncStatus.Success,
        crmjira_is_dry_run: false,
        crmjira_started_on: stamp(at),
        crmjira_finished_on: stamp(at + milliseconds),
        crmjira_duration_ms: milliseconds,
        crmjira_records_processed: records,
        crmjira_changed: Math.round(records / 4),
        crmjira_removed: 0,
        crmjira_records_failed: 0,
        crmjira_error_class: trouble?.[0] ?? null,
        crmjira_error_message: trouble?.[2] ?? null,
        crmjira_correlation_id: id,
      },
    });
    if (trouble) run(at + 5 * MINUTE_MS, SyncTrigger.Retry, false);
  };
  const first = now - PAST_DAYS * DAY_MS;
  for (let at = first; at < now - 10 * MINUTE_MS; at += habit.every * MINUTE_MS) run(at, SyncTrigger.Scheduled, true);
  for (let day = 0; day < PAST_DAYS; day += 1) {
    for (let told = 0; told < habit.webhooks; told += 1)
      run(first + (day + random() * 0.99) * DAY_MS, SyncTrigger.Webhook, false);
    if (random() < 0.3) run(first + (day + 0.6) * DAY_MS, SyncTrigger.Manual, false);
  }
  return rows;
}

/** hours ago, who, code of the action, name and id of what it was done to, before and after */
const ACTS = [
  [5, ADMINISTRATOR, 'mapping-changed', 'ERP item master', ITEMS, '9f2c', '41ab'],
  [29, ADMINISTRATOR, 'tested', 'Carrier rates', RATES, '77d0', '77d0'],
  [30, ADMINISTRATOR, 'created', 'Carrier rates', RATES, null, '77d0'],
  [54, FINANCE_CONTROLLER, 'refused-role:activated', 'Carrier rates', RATES, null, null],
  [76, ADMINISTRATOR, 'refused:activated', 'Customs broker status', BROKER, null, null],
  [80, ADMINISTRATOR, 'created', 'Customs broker status', BROKER, null, 'c07e'],
  [200, ADMINISTRATOR, 'activated', 'Active Directory', DIRECTORY, '5d10', '5d10'],
  [201, ADMINISTRATOR, 'run-confirmed', 'Active Directory', DIRECTORY, '5d10', '5d10'],
] as const;

/** What the company connects beside Jira and Sentry, how its runs went, and what its administrators did. */
export function integrationRows(known: KnownConnections, now: Date): SeedRow[] {
  const at = now.getTime();
  const hash = (start: string | null): string | null => (start === null ? null : start.padEnd(64, '0'));
  return [
    ...PROVIDERS.map(([code, id, name, description, webhooks]): SeedRow => ({
      table: 'crmjira_integration_provider',
      row: {
        crmjira_integration_providerid: id,
        crmjira_code: code.toUpperCase(),
        crmjira_name: name,
        crmjira_description: description,
        crmjira_supports_webhooks: webhooks,
      },
    })),
    ...INTEGRATIONS.map(([id, name, provider, address, isActive, isTested]): SeedRow => ({
      table: 'crmjira_integration',
      row: {
        crmjira_integrationid: id,
        crmjira_name: name,
        'crmjira_provider@odata.bind': ref('crmjira_integration_provider', PROVIDERS[provider][1]),
        crmjira_base_url: address,
        crmjira_auth_type: AuthType.ApiToken,
        crmjira_secret_name: `file:${id}`,
        // Nothing answers at these addresses: the first run of the sandbox's own comes tomorrow.
        crmjira_sync_interval_minutes: 1_440,
        crmjira_batch_size: 100,
        crmjira_is_active: isActive,
        ...(isTested
          ? {
              crmjira_tested_hash: derivedId(id, 'tested').replaceAll('-', ''),
              crmjira_last_test_on: stamp(at - 60 * MINUTE_MS),
              crmjira_last_test_ok: true,
              crmjira_health: Health.Healthy,
            }
          : {}),
        ...(isActive ? { crmjira_last_sync_on: stamp(at) } : {}),
      },
    })),
    ...habits(known).flatMap((habit) => runsOf(habit, at)),
    ...ACTS.map(([hours, who, action, name, target, before, after]): SeedRow => ({
      table: 'crmjira_admin_audit',
      row: {
        crmjira_admin_auditid: derivedId(target, 'audit', action),
        crmjira_name: name,
        'crmjira_actor@odata.bind': ref('systemuser', who.id),
        crmjira_action: action,
        crmjira_target_table: 'crmjira_integration',
        crmjira_target_id: target,
        crmjira_before_hash: hash(before),
        crmjira_after_hash: hash(after),
        crmjira_at: stamp(at - hours * 60 * MINUTE_MS),
      },
    })),
  ];
}
