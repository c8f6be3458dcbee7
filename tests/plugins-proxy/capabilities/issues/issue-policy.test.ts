import { DEFAULT_CONFLICTS, ResolutionRule, writeValueMap } from '@crmjira/domain';
import { issuePolicies } from '../../../../plugins-proxy/src/capabilities/issues/policy/issue-policy';
import { createMetadataCache } from '../../../../plugins-proxy/src/clients/jira/metadata-cache';
import { cloudProfile, dataCenterProfile } from '../../../../plugins-proxy/src/clients/jira/profile';
import type { JiraConnection } from '../../../../plugins-proxy/src/connections/jira/jira-connection';
import { jiraStandIn, type JiraStandIn } from '../../jira-stand-in';
import { type StandIns, startStandIns } from '../../stand-ins';

let standIns: StandIns;
let site: JiraStandIn;
beforeAll(async () => {
  standIns = await startStandIns(() => new Date());
  site = await jiraStandIn('cloud');
}, 60_000);
afterAll(async () => {
  await site.close();
  await standIns.close();
});

const connectionId = '5a8d2c1e-0000-4000-8000-000000000c01';
const calls = { asked: 0 };

/** A connection whose row says this. */
async function policyOf(columns: Record<string, unknown> = {}, deployment: 'cloud' | 'dc' = 'cloud') {
  const empty = { crmjira_conflict_policy: null, crmjira_status_map: null, crmjira_priority_map: null };
  await standIns.admin.changeSet([
    {
      op: 'update',
      collection: 'crmjira_integrations',
      id: connectionId,
      columns: { ...empty, crmjira_resolution_rule: null, ...columns },
    },
  ]);
  const { http } = site.site;
  const counted: typeof http = {
    ...http,
    call: (call) => {
      calls.asked += 1;
      return http.call(call);
    },
  };
  const profile = deployment === 'cloud' ? cloudProfile : { ...dataCenterProfile, api: cloudProfile.api };
  const metadata = createMetadataCache(Date.now);
  const connection = { id: connectionId, name: 'Jira', site: { ...site.site, http: counted, profile, metadata } };
  const issuePolicyOf = issuePolicies({ dataverse: standIns.admin, limits: () => ({ timeoutMs: 30_000 }) });
  return () => issuePolicyOf(connection as unknown as JiraConnection, 'incident');
}

test.each(['cloud', 'dc'] as const)(
  'R-1705 R-1708 a row that says nothing gets what the site and the case suggest, asked for once: %s',
  async (deployment) => {
    const ask = await policyOf({}, deployment);
    calls.asked = 0;
    const [policy] = await Promise.all([ask(), ask()]);
    await ask();
    expect(calls.asked).toBe(2);
    expect(policy).toEqual({
      conflicts: DEFAULT_CONFLICTS,
      // To Do, In Progress and In Review are a case in progress; Done resolves it.
      statuses: {
        rows: [
          { crm: ['1'], jira: ['3', '10000'] },
          { crm: ['4'], jira: ['10002'] },
          { crm: ['5', '1000'], jira: ['10001'], resolves: true },
        ],
      },
      priorities: {
        rows: [
          { crm: ['1'], jira: ['2', '1'] },
          { crm: ['2'], jira: ['3'] },
          { crm: ['3'], jira: ['4', '5'] },
        ],
      },
      resolutionRule: ResolutionRule.All,
      titleLength: 200,
      wireMs: 45_000,
    });
  },
);

test('R-1708 what an administrator has written holds', async () => {
  const statuses = { rows: [{ crm: ['1'], jira: ['10000'] }] } as const;
  const ask = await policyOf({
    crmjira_conflict_policy: '{"status": "jira", "label": "crm"}',
    crmjira_status_map: writeValueMap(statuses),
    crmjira_resolution_rule: ResolutionRule.Any,
  });
  expect(await ask()).toMatchObject({
    conflicts: { status: 'jira', priority: 'ask', summary: 'ask', label: 'crm' },
    statuses,
    resolutionRule: ResolutionRule.Any,
  });
});

test('R-1708 a setting that cannot be used is told in words, and nothing is planned with it', async () => {
  const ask = await policyOf({
    crmjira_conflict_policy: '{"status": "both"}',
    crmjira_status_map: JSON.stringify({
      rows: [
        { crm: ['1'], jira: ['3'] },
        { crm: ['2'], jira: ['3'] },
      ],
    }),
    crmjira_priority_map: 'Highest = 1',
  });
  await expect(ask()).rejects.toMatchObject({
    code: 'jira-connection',
    errorClass: 'configuration',
    connectionId,
    message:
      'The Jira connection "Jira" cannot be used for issues: Conflict policy: status cannot have this value. A field is status, priority, summary or label; its value crm, jira or ask, of label also merge. Status map: Row 2: In Progress stands in two rows. Keep one. Priority map: The map cannot be read. Correct the connection in Dynamics.',
  });
});
