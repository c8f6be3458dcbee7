import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { createTokenSource } from '../../../plugins-proxy/src/clients/dataverse/token-source';
import { successRate } from '../../../domain/src/maintenance/success-rate';
import { readSuccessRate } from '../../../plugins-proxy/src/operations/metrics/success-rate';
import { guidOf } from '../../../sandbox/src/dataverse/guid';
import { type StandIns, startStandIns } from '../stand-ins';

const [success, failed, retry] = [2, 3, 4];

describe('the success rate (R-1104, R-1112, T4)', () => {
  test.each([
    [
      [
        [success, 199],
        [failed, 1],
      ],
      { percent: 99.5, met: true, pendingAndRetry: 0 },
    ],
    [
      [
        [success, 98],
        [failed, 2],
      ],
      { percent: 98, met: false, pendingAndRetry: 0 },
    ],
    [
      [
        [success, 198],
        [failed, 1],
        [retry, 1],
      ],
      { percent: 99, met: false, pendingAndRetry: 1 },
    ],
    [[], { percent: null, met: null, pendingAndRetry: 0 }],
  ] as [[number, number][], ReturnType<typeof successRate>][])('%j gives %j', (rows, wanted) => {
    expect(successRate(new Map(rows))).toEqual(wanted);
  });
});

describe('the queries of the dashboard in Dataverse (R-1105)', () => {
  const now = new Date('2025-01-20T12:00:00Z');
  const hourMs = 3_600_000;
  let standIns: StandIns;
  let token: string;
  const log = (n: number, hoursAgo: number, status: number, operation: number) => ({
    table: 'crmjira_integration_log',
    row: {
      crmjira_integration_logid: guidOf(`log ${n}`),
      crmjira_name: `LOG-${n}`,
      crmjira_operation_type: operation,
      crmjira_source_system: 2,
      crmjira_source_record_id: 'CRMABC',
      crmjira_integration_status: status,
      crmjira_error_message: status === failed ? `error ${n}` : null,
      crmjira_correlation_id: 'c',
      createdon: new Date(now.getTime() - hoursAgo * hourMs).toISOString(),
    },
  });

  /** F-218: what an administrator tried with a secret is no run of the integration. */
  const rotation = (n: number, hoursAgo: number) => {
    const { table, row } = log(n, hoursAgo, failed, 2);
    return { table, row: { ...row, crmjira_event_type: 'secret_rotation' } };
  };

  beforeAll(async () => {
    standIns = await startStandIns(() => now);
    const rows = [
      ...Array.from({ length: 20 }, (_, n) => log(n, 1 + n / 10, success, 2)),
      ...Array.from({ length: 12 }, (_, n) => log(100 + n, 20 - n, failed, 4)),
      log(200, 2, retry, 1),
      log(201, 30, failed, 1),
      log(202, 24 * 8, success, 1),
      log(203, 24 * 31, success, 1),
      rotation(204, 23),
    ];
    await standIns.dataverse.seed(rows);
    const { dataverse } = standIns.config;
    token = await createTokenSource(
      { ...dataverse, clientId: '11111111-1111-4111-8111-111111111111', clientSecret: 'tools-secret-of-the-tests' },
      5_000,
    ).token();
  });
  afterAll(() => standIns.close());

  const query = async (name: string, hours: number): Promise<Record<string, unknown>[]> => {
    const file = join(
      __dirname,
      '..',
      '..',
      '..',
      'plugins-proxy',
      'operations',
      'dataverse-queries',
      `${name}.fetch.xml`,
    );
    const since = new Date(now.getTime() - hours * hourMs).toISOString();
    const xml = readFileSync(file, 'utf8').replace('@since', since);
    const address = `${standIns.config.dataverse.url}/api/data/v9.2/crmjira_integration_logs?fetchXml=${encodeURIComponent(xml)}`;
    const response = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
    const body: unknown = await response.json();
    if (!response.ok) throw new Error(JSON.stringify(body));
    return z.object({ value: z.array(z.record(z.string(), z.unknown())) }).parse(body).value;
  };
  const counts = (rows: Record<string, unknown>[], by: string): Record<string, number> =>
    Object.fromEntries(rows.map((row) => [String(row[by]), Number(row['rows'])]));

  test('success rate of 24 hours: the same as the service reads, without what is tried with secrets (F-218)', async () => {
    const rows = counts(await query('success-rate', 24), 'status');
    expect(rows).toEqual({ '2': 20, '3': 12, '4': 1 });
    const inDataverse = successRate(new Map(Object.entries(rows).map(([status, n]) => [Number(status), n])));
    expect(inDataverse).toEqual({ percent: 60.61, met: false, pendingAndRetry: 1 });
    expect(await readSuccessRate(standIns.admin, now)).toEqual(inDataverse);
  });

  test('volume of 30 days by day and operation, distribution of 7 days', async () => {
    const volume = await query('volume', 24 * 30);
    expect(volume.reduce((sum, row) => sum + Number(row['rows']), 0)).toBe(36);
    expect(volume).toContainEqual(expect.objectContaining({ day: 12, month: 1, operation: 1, rows: 1 }));
    expect(counts(await query('distribution', 24 * 7), 'operation')).toEqual({ '1': 2, '2': 21, '4': 12 });
  });

  test('errors of 24 hours: only failures, newest first, at most ten (T4)', async () => {
    const rows = await query('recent-errors', 24);
    const newest = Array.from({ length: 10 }, (_, n) => `error ${111 - n}`);
    expect(rows.map((row) => row['crmjira_error_message'])).toEqual(newest);
  });
});
