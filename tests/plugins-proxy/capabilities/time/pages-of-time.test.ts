import { z } from 'zod';
import { createTokenSource } from '../../../../plugins-proxy/src/clients/dataverse/token-source';
import { readCount, readUnlinked } from '../../../../webresources/src/pages/backfill/read-unlinked';
import { pageFormat } from '../../../../webresources/src/pages/platform/page-format';
import { readHistory } from '../../../../webresources/src/pages/sync-history/read-history';
import { people } from '../../stand-ins';
import { startTimeWorld, stopTimeWorlds, type TimeWorld } from './time-world';

afterEach(async () => {
  Reflect.deleteProperty(globalThis, 'Xrm');
  await stopTimeWorlds();
});

const answer = z.object({ value: z.array(z.record(z.string(), z.unknown())) });
const entitySets: Readonly<Record<string, string>> = {
  crmjira_worklog_sync_log: 'crmjira_worklog_sync_logs',
  crmjira_time_record: 'crmjira_time_records',
  crmjira_jira_connection: 'crmjira_jira_connections',
  crmjira_jira_issue: 'crmjira_jira_issues',
};

/** The pages' queries as a person's browser sends them. */
async function browse({ standIns }: TimeWorld): Promise<void> {
  const { dataverse } = standIns.config;
  const tools = { clientId: '11111111-1111-4111-8111-111111111111', clientSecret: 'tools-secret-of-the-tests' };
  const token = await createTokenSource({ ...dataverse, ...tools }, 5_000).token();
  const retrieveMultipleRecords = async (table: string, query: string) => {
    const response = await fetch(`${dataverse.url}/api/data/v9.2/${entitySets[table] ?? ''}${query}`, {
      headers: { authorization: `Bearer ${token}`, MSCRMCallerID: people.owner },
    });
    const body: unknown = await response.json();
    if (!response.ok) throw new Error(JSON.stringify(body));
    return { entities: answer.parse(body).value };
  };
  Object.assign(globalThis, { Xrm: { WebApi: { retrieveMultipleRecords } } });
}

const format = pageFormat(1033, () => -240);

test('R-1812 R-1832 the history reads a person’s own attempts with their records as they are now, by status and day', async () => {
  const world = await startTimeWorld();
  const issue = await world.addIssue();
  const [good, bad] = [await world.addRecord(issue.key), await world.addRecord('ACME-99')];
  await world.run(good);
  await world.run(bad);
  await browse(world);
  const filter = { from: '2025-05-16', to: '2025-05-16', status: 'all', most: 50 } as const;
  const read = (
    changed: Partial<Parameters<typeof readHistory>[0]>,
    record: string | null = null,
    language: 1033 | 3084 = 1033,
  ) => readHistory({ ...filter, ...changed }, record, people.owner, format, language);
  const all = await read({});
  expect([all.successes, all.failures, all.connection?.url]).toEqual([1, 1, world.standIns.jiraUrl]);
  const attemptOf = (id: string) => all.attempts.find(({ record }) => record?.id === id);
  expect(attemptOf(good)).toMatchObject({
    ...{ isFailed: false, issueKey: issue.key, record: { state: 'synced', isOwn: true } },
    worklogId: expect.stringMatching(/^\d+$/),
  });
  expect(attemptOf(bad)).toMatchObject({ isFailed: true, worklogId: null, record: { state: 'failed', isOwn: true } });
  // In the language of whoever reads it, whatever it was written in; a row of a former version as it was written.
  const remarkOf = async (language: 1033 | 3084) => (await read({}, bad, language)).attempts[0]?.remark;
  expect([await remarkOf(1033), await remarkOf(3084)]).toEqual([
    expect.stringMatching(/^ACME-99 is not in Jira, or you may not see it\./),
    expect.stringMatching(/^ACME-99 n’existe pas dans Jira, ou vous n’y avez pas accès\./),
  ]);
  const [row] = await world.rows('crmjira_worklog_sync_logs', `_crmjira_time_record_value eq ${bad}`);
  await world.standIns.admin.changeSet([
    {
      op: 'update',
      collection: 'crmjira_worklog_sync_logs',
      id: String(row!['crmjira_worklog_sync_logid']),
      columns: { crmjira_error_code: null, crmjira_error_facts: null, crmjira_sync_error: 'As it was.' },
    },
  ]);
  expect(await remarkOf(3084)).toBe('As it was.');
  expect((await read({ status: 'failed' })).attempts.map(({ record }) => record?.id)).toEqual([bad]);
  expect((await read({}, good)).attempts.map(({ record }) => record?.id)).toEqual([good]);
  expect((await read({ from: '2025-05-17', to: '' })).attempts).toEqual([]);
}, 60_000);

test('R-1814 the wizard reads a person’s own records without an issue, newest first', async () => {
  const world = await startTimeWorld();
  const text = { crmjira_notes: 'see ACME-1', crmjira_external_link: 'https://a.test/browse/ACME-2' };
  const mine = await world.addRecord(null, { ...text, crmjira_sync_requested: false });
  await world.addRecord('ACME-3');
  await world.addRecord(null, { 'ownerid@odata.bind': `/systemusers(${people.manager})` });
  await browse(world);
  const period = { from: '', to: '2025-05-16' };
  expect((await readCount(period, format)).count).toBe(1);
  expect(await readUnlinked(period, format)).toEqual([
    expect.objectContaining({ id: mine, externalLink: text.crmjira_external_link, notes: text.crmjira_notes }),
  ]);
}, 60_000);
