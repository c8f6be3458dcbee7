import { judgeAuditing } from '../../../plugins-proxy/src/cli/doctor/auditing-check';
import {
  deploymentChecks,
  judgeAddresses,
  judgeReferences,
  judgeSolutions,
} from '../../../plugins-proxy/src/cli/doctor/deployment-checks';
import { calledHosts, judgeEgress } from '../../../plugins-proxy/src/cli/doctor/egress-check';
import { runChecks } from '../../../plugins-proxy/src/cli/doctor/check';
import type { Session } from '../../../plugins-proxy/src/cli/session';
import type { DataverseClient } from '../../../plugins-proxy/src/clients/dataverse/dataverse-client';
import type { EnvironmentVariables } from '../../../plugins-proxy/src/connections/environment/read-environment-variables';
import { IntegrationError } from '../../../plugins-proxy/src/platform/errors/integration-error';
import { testConfig } from '../test-config';

const profile = 'CRM-JIRA Integration Columns: Service';
const user = '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a01';
const team = '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a02';

/** A Dataverse that has the rows of a few collections and refuses the rest as a real one does. */
function answering(rows: Readonly<Record<string, readonly unknown[] | number>>): Session {
  const dataverse: Pick<DataverseClient, 'many' | 'whoAmI'> = {
    whoAmI: async () => ({ userId: user, organizationId: user, businessUnitId: user }),
    many: async (collection, _query, schema) => {
      const found = rows[collection] ?? 404;
      if (typeof found !== 'number') return found.map((row) => schema.parse(row));
      throw new IntegrationError('no', { code: 'dataverse-refused', errorClass: 'permanent', status: found });
    },
  };
  const config = { ...testConfig(), registration: null };
  // Only what the checks use is there.
  return { config, dataverse } as unknown as Session;
}
const look = async (rows: Readonly<Record<string, readonly unknown[] | number>>) => {
  const checks = deploymentChecks(answering(rows)).map((check) => ({ ...check, needs: [] }));
  return Object.fromEntries((await runChecks(checks)).map((result) => [result.id, result]));
};
const teams = { [`systemusers(${user})/teammembership_association`]: [{ teamid: team }] };
const direct = `systemusers(${user})/systemuserprofiles_association`;
const through = `teams(${team})/teamprofiles_association`;

describe('doctor looks at what the runbook asks of Dynamics (R-2202, R-2207)', () => {
  test('both solutions in one version', () => {
    const row = (uniquename: string, version: string) => ({ uniquename, version });
    expect(judgeSolutions([row('crmjira', '1.2.0.0'), row('crmjiraconnector', '1.2.0.0')])).toEqual({
      status: 'ok',
      says: 'crmjiraconnector 1.2.0.0, crmjira 1.2.0.0',
    });
    expect(judgeSolutions([row('crmjira', '1.2.0.0'), row('crmjiraconnector', '1.1.0.0')])).toMatchObject({
      status: 'warning',
      remedy: expect.stringContaining('connector first'),
    });
    const both = [row('crmjira', '1.2.0.0'), row('crmjiraconnector', '1.2.0.0')];
    expect(judgeSolutions([...both, row('crmjiracases', '1.1.0.0')])).toMatchObject({
      status: 'warning',
      says: 'crmjiraconnector 1.2.0.0, crmjira 1.2.0.0, crmjiracases 1.1.0.0',
    });
    expect(judgeSolutions([row('crmjira', '1.2.0.0')])).toMatchObject({ says: 'not imported: crmjiraconnector' });
  });

  test('the column security profile, given to the user or to a team of it; without it columns are empty and nothing says so', async () => {
    const none = await look({ ...teams, [direct]: [], [through]: [] });
    expect(none['column-security']).toMatchObject({
      status: 'failed',
      says: 'no profile at all',
      remedy: expect.stringContaining(profile),
    });
    const byTeam = await look({ ...teams, [direct]: [], [through]: [{ name: profile }] });
    expect(byTeam['column-security']).toMatchObject({ status: 'ok', says: profile });
    const other = await look({ ...teams, [direct]: [{ name: 'Readers' }], [through]: [] });
    expect(other['column-security']).toMatchObject({ status: 'failed', says: 'Readers' });
  });

  test('a connection for every reference of the flows', () => {
    const row = (name: string, connectionid: string | null) => ({ connectionreferencelogicalname: name, connectionid });
    expect(judgeReferences([row('crmjira_Dataverse', 'c1'), row('crmjira_Approvals', 'c2')])).toMatchObject({
      status: 'ok',
    });
    expect(judgeReferences([row('crmjira_Dataverse', 'c1'), row('crmjira_Approvals', null)])).toMatchObject({
      status: 'failed',
      says: 'without a connection: crmjira_Approvals',
    });
    expect(judgeReferences([])).toMatchObject({ status: 'failed', says: 'there is none' });
  });

  test('addresses of the import are those of the service', () => {
    const service = { jiraUrl: 'https://jira.example.ca', publicUrl: 'https://proxy.example.ca' };
    const set = (values: Record<string, string>, isDefault = false) =>
      new Map(Object.entries(values).map(([name, value]) => [`crmjira_${name}`, { value, isDefault }]));
    const right = {
      JiraBaseUrl: 'https://jira.example.ca/',
      ProxyBaseUrl: 'https://proxy.example.ca',
      ProxyHost: 'proxy.example.ca',
    };
    expect(judgeAddresses(set(right), service)).toMatchObject({ status: 'ok' });
    expect(judgeAddresses(set({ ...right, ProxyHost: 'old.example.ca' }), service)).toMatchObject({
      status: 'warning',
      says: 'crmjira_ProxyHost is old.example.ca, the host of PUBLIC_URL is proxy.example.ca',
    });
    expect(judgeAddresses(set({ JiraBaseUrl: 'https://your-jira-server.company.com' }, true), service)).toMatchObject({
      status: 'skipped',
    });
  });

  test('R-1212 the hosts that may be called, as Dynamics says and as the service holds itself to', () => {
    const listed = (value: string, isDefault = false) =>
      new Map([['crmjira_EgressAllowList', { value, isDefault }]]) as EnvironmentVariables;
    const called = calledHosts(
      testConfig({ DATAVERSE_URL: 'https://acme.crm3.dynamics.com', JIRA_URL: 'https://acme.atlassian.net' }),
    );
    expect(called).toEqual(expect.arrayContaining(['acme.crm3.dynamics.com', 'acme.atlassian.net']));
    const service = { called, approved: ['acme.atlassian.net'] };
    const all = `*.crm3.dynamics.com, ${called.join(',')}`;
    expect(judgeEgress(listed(all), service)).toMatchObject({ status: 'ok' });
    expect(judgeEgress(listed('*.crm3.dynamics.com,login.microsoftonline.com'), service)).toMatchObject({
      status: 'warning',
      says: expect.stringMatching(/called but not in .*: .*acme\.atlassian\.net; in APPROVED_HOSTS but not in/),
    });
    expect(judgeEgress(listed(all), { called, approved: null })).toMatchObject({
      status: 'warning',
      says: expect.stringContaining('APPROVED_HOSTS is not set'),
    });
    expect(judgeEgress(listed('*.dynamics.com', true), service)).toMatchObject({ status: 'skipped' });
  });

  test('R-1222 auditing of the environment is on, and keeps what it notes for seven years', () => {
    const found = (isauditenabled: boolean, auditretentionperiodv2: number | null) =>
      judgeAuditing([{ isauditenabled, auditretentionperiodv2 }]);
    expect(found(true, -1)).toEqual({ status: 'ok', says: 'kept for ever' });
    expect(found(true, 2557)).toEqual({ status: 'ok', says: 'kept for 2557 days' });
    for (const [days, says] of [
      [2556, 'kept for 2556 days, not for 7 years'],
      [null, 'kept for 30 days, not for 7 years'],
    ] as const)
      expect(found(true, days)).toMatchObject({
        status: 'warning',
        says,
        remedy: expect.stringContaining('2557 days'),
      });
    expect(found(false, -1)).toMatchObject({ status: 'warning', says: expect.stringContaining('auditing is off') });
  });

  test('what may not be read is said, not passed over; any other trouble fails the check', async () => {
    const found = await look({ solutions: 403, connectionreferences: 404, ...teams, [direct]: 503 });
    expect(found['solutions']).toMatchObject({
      status: 'skipped',
      says: expect.stringContaining('REGISTRATION_CLIENT_ID'),
    });
    expect(found['connection-references']).toMatchObject({ status: 'skipped' });
    expect(found['column-security']).toMatchObject({ status: 'failed' });
  });
});
