import { Health, IntegrationStatus, OperationType, successRate } from '@crmjira/domain';
import {
  type ConnectionHealth,
  type DependencyHealth,
  dependencyNow,
  lastDays,
  linesOf,
  serviceState,
  sharesOf,
} from '../../../webresources/src/pages/integration-health/health-figures';

const { Success, Failed, Retry } = IntegrationStatus;

test.each([
  [
    [
      [Success, 199],
      [Failed, 1],
    ],
    99.5,
    true,
  ],
  [
    [
      [Success, 98],
      [Failed, 2],
    ],
    98,
    false,
  ],
  [
    [
      [Success, 198],
      [Failed, 1],
      [Retry, 1],
    ],
    99,
    false,
  ],
  [[], null, null],
] as const)('R-1104 R-1112 success rate of %j (T4)', (rows, percent, met) => {
  expect(successRate(new Map<number, number>(rows))).toMatchObject({ percent, met });
});

test('R-1104 the last 30 days end today, in UTC', () => {
  const days = lastDays('2025-05-16T23:59:59Z', 30);
  expect([days.length, days[0], days.at(-1)]).toEqual([30, '2025-04-17', '2025-05-16']);
});

test('R-1104 a line for each operation that occurred; a day without rows is 0', () => {
  const volume = [
    { day: '2025-05-14', operation: OperationType.Update, rows: 3 },
    { day: '2025-05-16', operation: OperationType.Update, rows: 5 },
    { day: '2025-05-15', operation: OperationType.Sync, rows: 2 },
    { day: '2025-01-01', operation: OperationType.Delete, rows: 9 },
  ];
  expect(linesOf(volume, lastDays('2025-05-16T12:00:00Z', 3))).toEqual([
    { operation: OperationType.Update, rows: [3, 0, 5] },
    { operation: OperationType.Sync, rows: [0, 2, 0] },
  ]);
});

test('R-1104 shares add up to 100 and stand in order', () => {
  const operations = new Map<number, number>([
    [OperationType.Create, 119],
    [OperationType.Update, 8_151],
    [OperationType.Sync, 2_661],
    [OperationType.Delete, 3],
  ]);
  const shares = sharesOf(operations);
  expect(shares.map(({ percent }) => percent.toFixed(1))).toEqual(['74.5', '24.3', '1.1', '0.0']);
  expect(shares.reduce((sum, { percent }) => sum + percent, 0)).toBeCloseTo(100);
  expect(sharesOf(new Map())).toEqual([]);
});

const well: DependencyHealth = {
  name: 'dataverse',
  health: Health.Healthy,
  since: '2025-05-12T12:00:00Z',
  lastGoodOn: '2025-05-16T13:00:00Z',
  reason: null,
  code: null,
  responseMs: 420,
  daysLeft: 41,
  callsPerMinute: null,
  limitMs: 5_000,
  waiting: null,
  dead: null,
  source: { kind: null, rate: null, currency: null, delaySeconds: null },
  silentSince: null,
};
const connection: ConnectionHealth = {
  id: 'c',
  name: 'Jira',
  health: Health.Healthy,
  testedOn: '2025-05-16T13:00:00Z',
  testOk: true,
  syncedOn: null,
  waiting: null,
  dead: null,
  oldestSeconds: null,
  dependencies: [well],
};

test('R-1102 what a silent service said last is not shown as true', () => {
  expect(dependencyNow(connection, well, '2025-05-16T13:12:00Z')).toBe(well);
  expect(dependencyNow(connection, well, '2025-05-16T13:12:01Z')).toMatchObject({
    health: Health.Unknown,
    silentSince: '2025-05-16T13:00:00Z',
  });
});

test.each([
  ['2025-05-16T13:12:00Z', connection, 'reporting'],
  ['2025-05-16T13:12:01Z', connection, 'silent'],
  ['2025-05-16T13:01:00Z', { ...connection, testOk: false }, 'jira-unreachable'],
  ['2025-05-16T13:01:00Z', { ...connection, testedOn: null }, 'silent'],
] as const)('at %s the service is %#', (now, given, state) => {
  expect(serviceState(given, now)).toBe(state);
});
