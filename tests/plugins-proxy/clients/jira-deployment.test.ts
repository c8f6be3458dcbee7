import { InvalidConfiguration } from '../../../plugins-proxy/src/platform/config/invalid-configuration';
import { authorization, createJiraHttp } from '../../../plugins-proxy/src/clients/jira/jira-http';
import { judgeDeployment } from '../../../plugins-proxy/src/clients/jira/judge-deployment';
import { createMetadataCache } from '../../../plugins-proxy/src/clients/jira/metadata-cache';
import { askSite, requireDeployment } from '../../../plugins-proxy/src/clients/jira/require-deployment';
import { eventually } from '../eventually';
import { recordedServer } from '../recorded-server';
import { dataCenter } from '../stand-ins';
import { testConfig } from '../test-config';
import { e1, opportunityId, startWorld, stopWorlds } from '../world';

afterEach(stopWorlds);

describe('type and version of a site against the credentials (R-906, R-915)', () => {
  test.each([
    ['cloud', '1001.0.0-SNAPSHOT', 'basic', 'fits', /^Cloud 1001/],
    ['cloud', '1001.0.0-SNAPSHOT', 'bearer', 'refused', /is Cloud, .* a personal access token/],
    ['cloud', '1001.0.0-SNAPSHOT', 'password', 'refused', /is Cloud, .* user and password/],
    ['server', '10.3.24', 'bearer', 'fits', /^Server 10.3.24$/],
    ['server', '10.3.24', 'basic', 'refused', /which only Cloud has/],
    ['server', '10.3.24', 'password', 'warning', /although it has personal access tokens/],
    ['server', '9.12.0', 'bearer', 'warning', /does not sign its webhooks/],
    ['server', '8.14.0', 'bearer', 'warning', /does not sign/],
    ['server', '8.13.22', 'bearer', 'refused', /came with 8\.14/],
    ['server', '8.13.22', 'password', 'warning', /does not sign/],
    ['server', '8.0.0', 'password', 'warning', /does not sign/],
    ['server', '7.13.18', 'password', 'refused', /too old: 8\.0/],
    ['server', '7.13.18', 'bearer', 'refused', /too old: 8\.0/],
    ['server', 'unknown', 'password', 'refused', /too old/],
  ] as const)('%s %s by %s: %s', (type, version, kind, verdict, says) => {
    const judgement = judgeDeployment({ type, version }, kind);
    expect(judgement.verdict).toBe(verdict);
    expect(judgement.says).toMatch(says);
  });
});

describe('the site is asked before any work (R-906)', () => {
  const serverInfo = async (info: unknown) => {
    const jira = await recordedServer(() => ({ body: info }));
    const credentials = { kind: 'bearer', pat: 'pat-of-the-tests' } as const;
    const http = createJiraHttp({ url: jira.url, credentials, timeoutMs: 5_000 });
    let now = 0;
    const check = requireDeployment(
      () => askSite(http),
      'bearer',
      createMetadataCache(() => now),
    );
    return {
      jira,
      check,
      later: (ms: number) => (now += ms),
      close: async () => {
        await http.close();
        await jira.close();
      },
    };
  };

  test('once, then from memory for four hours', async () => {
    const site = await serverInfo({ version: '10.3.24', deploymentType: 'Server' });
    await Promise.all([site.check(), site.check()]);
    await site.check();
    expect(site.jira.seen.map(({ path }) => path)).toEqual(['/rest/api/2/serverInfo']);
    site.later(4 * 3_600_000);
    await site.check();
    expect(site.jira.seen).toHaveLength(2);
    await site.close();
  });

  test.each([
    ['another type', { version: '1001.0.0', deploymentType: 'Cloud' }, /Set JIRA_EMAIL and JIRA_API_TOKEN/],
    ['too old', { version: '7.2.0', deploymentType: 'Server' }, /Upgrade Jira/],
    ['so old that it tells no type', { version: '6.4.14' }, /6\.4\.14 is too old/],
  ])('refused in words with what to do: %s', async (_what, info, words) => {
    const site = await serverInfo(info);
    await expect(site.check()).rejects.toMatchObject({
      code: 'jira-deployment',
      message: expect.stringMatching(words),
    });
    await site.close();
  });

  test('nothing is made in a site that is refused; log and health say why', async () => {
    const world = await startWorld('2025-01-15T14:00:00Z', ({ JIRA_EMAIL = '', JIRA_API_TOKEN = '' }) => ({
      INBOUND: 'none',
      POLL_INTERVAL_MS: '100',
      JIRA_EMAIL: '',
      JIRA_API_TOKEN: '',
      JIRA_USER: JIRA_EMAIL,
      JIRA_PASSWORD: JIRA_API_TOKEN,
    }));
    await world.write('opportunities', opportunityId, e1);
    const says = /Jira is Cloud, but the configuration signs in by user and password/;
    await eventually(async () => expect(world.lines.join('')).toMatch(says));
    const health = await (await fetch(`${world.proxyUrl}/health`)).text();
    expect(health).toMatch(says);
    expect(world.standIns.jira.site.projects.all()).toEqual([]);
  });
});

describe('one kind of credential a connection (R-915)', () => {
  const problems = (over: Record<string, string | undefined>): readonly string[] => {
    try {
      testConfig(over);
      return [];
    } catch (error) {
      if (error instanceof InvalidConfiguration) return error.message.split('\n');
      throw error;
    }
  };
  const alone = { JIRA_DEPLOYMENT: undefined, JIRA_EMAIL: undefined, JIRA_API_TOKEN: undefined };
  const person = { JIRA_USER: 'integration', JIRA_PASSWORD: 'password-of-the-tests' };

  test('which one tells the deployment where nothing else does', () => {
    const of = (over: Record<string, string | undefined>) => {
      const { deployment, credentials } = testConfig(over).jira;
      return [deployment, credentials.kind];
    };
    expect(of({ JIRA_DEPLOYMENT: undefined })).toEqual(['cloud', 'basic']);
    expect(of({ ...alone, JIRA_PAT: 'pat' })).toEqual(['dc', 'bearer']);
    expect(of({ ...alone, ...person })).toEqual(['dc', 'password']);
    expect(of({ ...alone, ...person, JIRA_DEPLOYMENT: 'server' })).toEqual(['dc', 'password']);
    expect(of({ ...dataCenter })).toEqual(['dc', 'bearer']);
    expect(authorization(testConfig({ ...alone, ...person }).jira.credentials)).toBe(
      `Basic ${Buffer.from('integration:password-of-the-tests').toString('base64')}`,
    );
  });

  test.each([
    ['a token of Data Center beside those of Cloud', { JIRA_PAT: 'secret-pat' }, ['JIRA_PAT']],
    ['the same, not said which', { JIRA_DEPLOYMENT: undefined, JIRA_PAT: 'secret-pat' }, ['JIRA_PAT']],
    [
      'Cloud’s beside the token of Data Center',
      { JIRA_DEPLOYMENT: 'dc', JIRA_PAT: 'p' },
      ['JIRA_EMAIL', 'JIRA_API_TOKEN'],
    ],
    ['a password beside a token', { ...alone, ...person, JIRA_PAT: 'secret-pat' }, ['JIRA_USER', 'JIRA_PASSWORD']],
    [
      'user and password for Cloud',
      { ...alone, ...person, JIRA_DEPLOYMENT: 'cloud' },
      ['JIRA_EMAIL', 'JIRA_API_TOKEN', 'JIRA_USER', 'JIRA_PASSWORD'],
    ],
    [
      'user and password for Data Center',
      { ...alone, ...person, JIRA_DEPLOYMENT: 'dc' },
      ['JIRA_PAT', 'JIRA_USER', 'JIRA_PASSWORD'],
    ],
    ['half a pair', { ...alone, JIRA_USER: 'integration' }, ['JIRA_PASSWORD']],
    ['nothing', alone, ['JIRA_EMAIL', 'JIRA_API_TOKEN']],
  ])('%s is refused by name', (_what, over, names) => {
    const said = problems(over);
    expect(said.map((line) => line.split(':')[0])).toEqual(names);
    expect(said.join()).not.toMatch(/secret-pat|password-of-the-tests/);
  });
});
