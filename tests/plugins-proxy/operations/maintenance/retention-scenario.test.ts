import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { guidOf } from '../../../../sandbox/src/dataverse/guid';
import { runCli } from '../../../../plugins-proxy/src/cli/program';
import { crmjira, jsonOf, type Run } from '../../cli-terminal';
import { type StandIns, startStandIns } from '../../stand-ins';

const logs = 'crmjira_integration_logs';
let now = new Date('2025-06-01T12:00:00Z');
let standIns: StandIns;
let folder: string;
let environment: Record<string, string>;

const log = (n: number, createdon: string, status = 2) => ({
  table: 'crmjira_integration_log',
  row: {
    crmjira_integration_logid: guidOf(`log ${n}`),
    crmjira_name: `LOG-${n}`,
    crmjira_operation_type: 2,
    crmjira_source_system: 2,
    crmjira_source_record_id: 'CRMABC',
    crmjira_integration_status: status,
    crmjira_error_message: status === 3 ? `Jira refused number ${n}.` : null,
    crmjira_correlation_id: `correlation-${n}`,
    createdon,
  },
});

beforeEach(async () => {
  now = new Date('2025-06-01T12:00:00Z');
  folder = mkdtempSync(join(tmpdir(), 'crmjira-retention-'));
  standIns = await startStandIns(() => now);
  const { REGISTRATION_CLIENT_ID, REGISTRATION_CLIENT_SECRET } = standIns.environment;
  environment = {
    ...standIns.environment,
    STORE_FILE: join(folder, 'proxy.sqlite'),
    // The only role in the sandbox that may delete a log row is the administrator's.
    RETENTION_CLIENT_ID: REGISTRATION_CLIENT_ID ?? '',
    RETENTION_CLIENT_SECRET: REGISTRATION_CLIENT_SECRET ?? '',
  };
  await standIns.dataverse.seed([
    log(1, '2025-01-10T08:00:00Z'),
    log(2, '2025-01-20T08:00:00Z', 3),
    log(3, '2025-03-03T12:00:01Z'),
    log(4, '2025-05-31T08:00:00Z', 3),
  ]);
});
afterEach(async () => {
  await standIns.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = (...args: string[]): Promise<Run> => crmjira(environment, args, () => now);
const inDataverse = async (): Promise<string[]> => {
  const rows = await standIns.admin.many(logs, { select: [], orderBy: ['createdon asc'] }, rowSchema);
  return rows.map((row) => String(row['crmjira_name']));
};
const resultOf = (outcome: Run, what: string) =>
  (jsonOf(outcome)['results'] as { what: string }[]).find((one) => one.what === what);

const rowSchema = z.record(z.string(), z.unknown());

test('R-1509 R-1503 log rows leave the hot table after 90 days, are found, come back, and leave again', async () => {
  const dry = await run('retention', 'run', '--dry-run', '--json');
  expect(dry.code).toBe(0);
  expect(resultOf(dry, 'crmjira_integration_log')).toMatchObject({ archived: 2, deleted: 0, purged: 0, due: 2 });
  expect(await inDataverse()).toHaveLength(4);
  expect((await run('retention', 'search', '--since', '2025-01-01')).out).toBe('0 found');

  const moved = await run('retention', 'run', '--json');
  expect(resultOf(moved, 'crmjira_integration_log')).toMatchObject({ archived: 2, deleted: 2, purged: 0, due: 0 });
  expect(await inDataverse()).toEqual(['LOG-3', 'LOG-4']);
  expect(resultOf(await run('retention', 'run', '--json'), 'crmjira_integration_log')).toMatchObject({
    archived: 0,
    deleted: 0,
  });

  const found = await run(
    'retention',
    'search',
    '--status',
    'failed',
    '--since',
    '2025-01-01',
    '--until',
    '2025-02-01',
  );
  expect(found.out).toContain('correlation-2  Jira refused number 2.');
  expect(found.out).toMatch(/1 found$/);
  expect((await run('retention', 'search', '--correlation-id', 'correlation-1', '--json')).out).toContain('"LOG-1"');

  expect((await run('retention', 'restore')).code).toBe(2);
  const back = await run('retention', 'restore', '--correlation-id', 'correlation-2', '--json');
  expect(jsonOf(back)).toEqual({ restored: [guidOf('log 2')] });
  const restored = await standIns.admin.one(logs, guidOf('log 2'), [], rowSchema);
  expect(restored).toMatchObject({
    crmjira_name: 'LOG-2',
    crmjira_integration_status: 3,
    crmjira_error_message: 'Jira refused number 2.',
    crmjira_correlation_id: 'correlation-2',
    createdon: new Date('2025-01-20T08:00:00Z'),
  });
  // Twice is the same as once.
  expect((await run('retention', 'restore', '--correlation-id', 'correlation-2')).code).toBe(0);
  await run('retention', 'run');
  expect(await inDataverse()).toEqual(['LOG-2', 'LOG-3', 'LOG-4']);
  now = new Date('2025-09-01T12:00:00Z');
  await run('retention', 'run');
  expect(await inDataverse()).toEqual([]);
  expect((await run('retention', 'search')).out).toMatch(/4 found$/);
});

test('R-1107 R-1222 rows are purged on the day seven years are over, with a record, and not a day before', async () => {
  await run('retention', 'run');
  now = new Date('2032-01-10T07:59:59Z');
  expect(resultOf(await run('retention', 'run', '--json'), 'crmjira_integration_log')).toMatchObject({ purged: 0 });
  expect((await run('retention', 'search')).out).toMatch(/4 found$/);
  now = new Date('2032-01-20T08:00:00Z');
  expect(resultOf(await run('retention', 'run', '--dry-run', '--json'), 'crmjira_integration_log')).toMatchObject({
    purged: 2,
  });
  expect(resultOf(await run('retention', 'run', '--json'), 'crmjira_integration_log')).toMatchObject({ purged: 2 });
  expect((await run('retention', 'search')).out).toMatch(/2 found$/);
  expect(jsonOf(await run('retention', 'records', '--json'))).toMatchObject({
    archived: [{ table: 'crmjira_integration_log', rows: 2 }],
    purges: [
      {
        at: '2032-01-20T08:00:00.000Z',
        content: {
          rows: 2,
          from: '2025-01-10T08:00:00.000Z',
          to: '2025-01-20T08:00:00.000Z',
          retentionYears: 7,
          idsHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      },
    ],
  });
});

test('F-213 nothing is deleted without its verb; on a terminal it is shown, and asked for', async () => {
  const bare = await run('retention');
  expect([bare.code, bare.out, bare.err]).toEqual([2, '', expect.stringContaining('Usage: crmjira retention')]);

  const questions: string[] = [];
  const err: string[] = [];
  const answering = (answer: string, ...more: string[]) =>
    runCli(['retention', 'run', ...more], {
      environment,
      now: () => now,
      out: () => undefined,
      err: (line) => void err.push(line),
      status: null,
      ask: async (question) => {
        questions.push(question);
        return answer;
      },
    });
  expect(await answering('y')).toBe(1);
  expect(err.join('\n')).toMatch(
    /crmjira_integration_log +before 2025-03-03: 2 archived.*\nNot agreed: nothing was changed\./s,
  );
  expect(await inDataverse()).toHaveLength(4);
  expect(await answering('yes')).toBe(0);
  expect(await inDataverse()).toEqual(['LOG-3', 'LOG-4']);
  expect(await answering('', '--yes')).toBe(0);
  expect(questions).toEqual(Array(2).fill('Do this now? Type "yes": '));
});

test('R-1107 without an account that may delete, rows are archived and stay where they are', async () => {
  delete environment['RETENTION_CLIENT_ID'];
  const outcome = await run('retention', 'run', '--json');
  expect(outcome.code).toBe(0);
  expect(resultOf(outcome, 'crmjira_integration_log')).toMatchObject({ archived: 2, deleted: 0, due: 2, error: null });
  expect(await inDataverse()).toHaveLength(4);
});

test('R-1202 the role of the service itself may not delete a log row, and the run says so', async () => {
  const { DATAVERSE_CLIENT_ID, DATAVERSE_CLIENT_SECRET } = standIns.environment;
  environment['RETENTION_CLIENT_ID'] = DATAVERSE_CLIENT_ID ?? '';
  environment['RETENTION_CLIENT_SECRET'] = DATAVERSE_CLIENT_SECRET ?? '';
  const outcome = await run('retention', 'run', '--json');
  expect(outcome.code).toBe(1);
  expect(resultOf(outcome, 'crmjira_integration_log')).toMatchObject({
    error: expect.stringContaining('may not do this'),
  });
  expect(await inDataverse()).toHaveLength(4);
});
