import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { z } from 'zod';
import { createTokenSource } from '../../../../plugins-proxy/src/clients/dataverse/token-source';
import { successRate } from '../../../../domain/src/maintenance/success-rate';
import { guidOf } from '../../../../sandbox/src/dataverse/guid';
import { type StandIns, startStandIns } from '../../stand-ins';
import { type KqlRow, runKql } from './kql';

const folder = join(__dirname, '..', '..', '..', '..', 'plugins-proxy', 'operations');
const now = new Date('2025-01-20T12:00:00Z');
const hourMs = 3_600_000;
const table = 'CrmJiraIntegrationLog_CL';
const operations = ['', 'Create', 'Update', 'Delete', 'Sync'];

const workbook = z
  .object({ items: z.array(z.object({ name: z.string(), content: z.object({ query: z.string() }).loose() })) })
  .parse(JSON.parse(readFileSync(join(folder, 'azure-workbook.json'), 'utf8')));
const kql = (name: string): string => {
  const found = workbook.items.find((item) => item.name === name);
  if (found === undefined) throw new Error(`the workbook has no ${name}`);
  return found.content.query;
};

interface Log {
  readonly minutesAgo: number;
  readonly status: number;
  readonly operation: number;
  readonly source: number;
}
/** The export of a row as docs/operations.md says: TimeGenerated is createdon (R-1112). */
const exported = (log: Log, n: number): KqlRow => ({
  TimeGenerated: new Date(now.getTime() - log.minutesAgo * 60_000),
  IntegrationStatus_d: log.status,
  OperationType_d: log.operation,
  SourceSystem_d: log.source,
  ErrorMessage_s: log.status === 3 ? `error ${n}` : '',
});

/** A fixed set of rows, of every status, operation and age around the edges of the windows. */
const logs: readonly Log[] = fc.sample(
  fc.record({
    minutesAgo: fc.oneof(
      fc.integer({ min: 1, max: 24 * 60 + 30 }),
      fc.integer({ min: 1, max: 32 * 24 * 60 }),
      fc.constantFrom(24 * 60 - 1, 24 * 60 + 1, 7 * 24 * 60 - 1, 7 * 24 * 60 + 1, 30 * 24 * 60 - 1, 30 * 24 * 60 + 1),
    ),
    status: fc.integer({ min: 1, max: 4 }),
    operation: fc.integer({ min: 1, max: 4 }),
    source: fc.integer({ min: 1, max: 2 }),
  }),
  { seed: 1105, numRuns: 400 },
);
const cloudRows = logs.map(exported);

describe('R-1105 R-1112 R-1104 the dashboard in KQL and in Dataverse gives equal numbers over the same rows', () => {
  let standIns: StandIns;
  let token: string;
  beforeAll(async () => {
    standIns = await startStandIns(() => now);
    await standIns.dataverse.seed(
      logs.map((log, n) => ({
        table: 'crmjira_integration_log',
        row: {
          crmjira_integration_logid: guidOf(`log ${n}`),
          crmjira_name: `LOG-${n}`,
          crmjira_operation_type: log.operation,
          crmjira_source_system: log.source,
          crmjira_source_record_id: 'CRMABC',
          crmjira_integration_status: log.status,
          crmjira_error_message: log.status === 3 ? `error ${n}` : null,
          crmjira_correlation_id: 'c',
          createdon: new Date(now.getTime() - log.minutesAgo * 60_000).toISOString(),
        },
      })),
    );
    const { REGISTRATION_CLIENT_ID = '', REGISTRATION_CLIENT_SECRET = '' } = standIns.environment;
    const user = { clientId: REGISTRATION_CLIENT_ID, clientSecret: REGISTRATION_CLIENT_SECRET };
    token = await createTokenSource({ ...standIns.config.dataverse, ...user }, 5_000).token();
  });
  afterAll(() => standIns.close());

  const fetchXml = async (name: string, hours: number): Promise<Record<string, unknown>[]> => {
    const since = new Date(now.getTime() - hours * hourMs).toISOString();
    const xml = readFileSync(join(folder, 'dataverse-queries', `${name}.fetch.xml`), 'utf8').replace('@since', since);
    const address = `${standIns.config.dataverse.url}/api/data/v9.2/crmjira_integration_logs?fetchXml=${encodeURIComponent(xml)}`;
    const response = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
    return z.object({ value: z.array(z.record(z.string(), z.unknown())) }).parse(await response.json()).value;
  };

  test('success rate of 24 hours, with what is pending beside it', async () => {
    const rows = await fetchXml('success-rate', 24);
    const rate = successRate(new Map(rows.map((row) => [Number(row['status']), Number(row['rows'])])));
    const [tile] = runKql(kql('success-rate'), table, cloudRows, now);
    expect(tile).toEqual({ SuccessRate: String(rate.percent), Target: '> 99', PendingAndRetry: rate.pendingAndRetry });
    expect(rate.pendingAndRetry).toBeGreaterThan(0);
  });

  test('volume of 30 days, by day and operation', async () => {
    const inDataverse = (await fetchXml('volume', 24 * 30)).map((row) => [
      Number(row['month']),
      Number(row['day']),
      operations[Number(row['operation'])],
      Number(row['rows']),
    ]);
    const inKql = runKql(kql('volume'), table, cloudRows, now).map((row) => {
      const day = row['TimeGenerated'];
      if (!(day instanceof Date)) throw new Error('no day');
      return [day.getUTCMonth() + 1, day.getUTCDate(), row['Operation'], row['Rows']];
    });
    expect(inKql.map(String).sort()).toEqual(inDataverse.map(String).sort());
    expect(inKql.length).toBeGreaterThan(50);
  });

  test('distribution of 7 days, by operation', async () => {
    const inDataverse = (await fetchXml('distribution', 24 * 7)).map((row) => [
      operations[Number(row['operation'])],
      Number(row['rows']),
    ]);
    const inKql = runKql(kql('distribution'), table, cloudRows, now).map((row) => [row['Operation'], row['Rows']]);
    expect(inKql.map(String).sort()).toEqual(inDataverse.map(String).sort());
    expect(inKql).toHaveLength(4);
  });

  test('errors of 24 hours: the same ten, newest first', async () => {
    const inDataverse = await fetchXml('recent-errors', 24);
    const inKql = runKql(kql('recent-errors'), table, cloudRows, now);
    expect(inKql).toHaveLength(10);
    expect(inKql.map((row) => [row['TimeGenerated'], row['SourceSystem']])).toEqual(
      inDataverse.map((row) => [
        new Date(String(row['createdon'])),
        row['crmjira_source_system'] === 1 ? 'Dynamics 365' : 'JIRA',
      ]),
    );
    expect(inKql.map((row) => row['ErrorMessage_s']).sort()).toEqual(
      inDataverse.map((row) => row['crmjira_error_message']).sort(),
    );
  });
});

describe('R-1105 R-1112 T4 the success rate in KQL', () => {
  const rate = (...statuses: readonly (readonly [number, number])[]) => {
    const rows = statuses.flatMap(([status, n]) =>
      Array.from({ length: n }, (_, i) => exported({ minutesAgo: 1 + i, status, operation: 1, source: 1 }, i)),
    );
    return runKql(kql('success-rate'), table, rows, now)[0];
  };
  test('is 99.5, 98 and 99 as in the examples, and "no data" of no rows, never NaN', () => {
    expect(rate([2, 199], [3, 1])).toMatchObject({ SuccessRate: '99.5', PendingAndRetry: 0 });
    expect(rate([2, 98], [3, 2])).toMatchObject({ SuccessRate: '98' });
    expect(rate([2, 198], [3, 1], [4, 1])).toMatchObject({ SuccessRate: '99', PendingAndRetry: 1 });
    expect(rate()).toMatchObject({ SuccessRate: 'no data', PendingAndRetry: 0 });
  });

  test('what the test’s Kusto does not know is refused', () => {
    expect(() => runKql(`${table}\n| join Other`, table, [], now)).toThrow('not understood');
    expect(() => runKql(`${table}\n| where strlen(A) > 1`, table, [], now)).toThrow('strlen');
    expect(() => runKql('Other\n| take 1', table, [], now)).toThrow('reads Other');
  });
});
