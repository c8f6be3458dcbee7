import { createHmac, randomUUID } from 'node:crypto';
import { escapeHtml } from '@crmjira/domain';
import { InvalidConfiguration } from '../../../plugins-proxy/src/platform/config/invalid-configuration';
import { eventually } from '../eventually';
import { basic } from '../relay-world';
import { testConfig } from '../test-config';
import { e1, opportunityId, startWorld, stopWorlds } from '../world';

const start = '2025-01-15T14:00:00Z';
afterEach(stopWorlds);

function refusalOf(over: Record<string, string>): string {
  try {
    testConfig(over);
    return 'accepted';
  } catch (error) {
    if (error instanceof InvalidConfiguration) return error.message;
    throw error;
  }
}

describe('addresses in the configuration (R-1225)', () => {
  test.each([
    'http://169.254.169.254/latest/meta-data',
    'http://2852039166/',
    'http://0xA9FEA9FE/',
    'http://0251.0376.0251.0376/',
    'http://[::ffff:169.254.169.254]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[fe80::1]/',
    'http://[fd00:ec2::254]/',
  ])('%s, where a cloud keeps its keys, is none', (address) => {
    for (const name of ['JIRA_URL', 'DATAVERSE_URL', 'TOKEN_URL', 'TEMPO_URL', 'JIRA_GATEWAY_URL', 'RELAY_KEYS_URL'])
      expect(refusalOf({ [name]: address })).toMatch(
        new RegExp(`^${name}: expected an address that is not link-local`),
      );
  });

  test.each([
    'file:///etc/passwd',
    'gopher://127.0.0.1:6379/_x',
    'javascript:alert(1)',
    'ftp://jira',
    '//jira',
    'jira',
  ])('%s is no address to ask', (address) =>
    expect(refusalOf({ JIRA_URL: address })).toMatch(/^JIRA_URL: expected an http or https address/),
  );

  test('a password in an address is refused and not repeated', () => {
    const said = refusalOf({ JIRA_URL: 'https://admin:hunter2@jira.company.com' });
    expect(said).toMatch(/^JIRA_URL: expected .* without user, password/);
    expect(said).not.toMatch(/hunter2|admin/);
    expect(refusalOf({ JIRA_URL: 'https://jira.company.com/jira' })).toBe('accepted');
  });
});

describe('injection by what people write (R-1225)', () => {
  const odata = "O'Brien') or 1 eq 1 or contains(name,'";
  const jql = '" OR project = ADMIN ORDER BY created';
  const ldap = '*)(uid=*))(|(uid=*';
  const html = '<img src=x onerror=alert(1)>';

  test('OData, JQL, LDAP and HTML stay words: one project of that name, mails without a tag of theirs', async () => {
    const world = await startWorld(start);
    const name = `${html}${odata}${ldap}`;
    await world.write('opportunities', opportunityId, { ...e1, name, description: `${jql}${html}` });
    await eventually(async () =>
      expect(await world.rows('crmjira_budget_mappings')).toMatchObject([{ crmjira_provisioning_state: 4 }]),
    );
    await world.settled();
    const projects = world.standIns.jira.site.projects.all();
    expect(projects).toHaveLength(1);
    expect(projects[0]?.name).toBe(name.slice(0, 80));
    await world.approve();
    const mapping = String((await world.rows('crmjira_budget_mappings'))[0]?.['crmjira_budget_mappingid']);
    await world.logHours(await world.newIssue(), 1_700);
    await world.settledAt(mapping, [212_500, 37_500, 85, 3]);
    await eventually(async () => expect(world.alertMails()).toHaveLength(1));
    const mails = await world.rows('emails');
    // The subject is plain text; the body is HTML.
    const subjects = [`Budget Warning: ${name}`, `Budget approval requested: ${name}`, `Budget approved: ${name}`];
    expect(mails.map((mail) => mail['subject']).sort()).toEqual(subjects);
    for (const mail of mails) expect(mail['description']).not.toContain('<img');
    expect(escapeHtml(html)).toBe('&lt;img src=x onerror=alert(1)&gt;');
  });
});

describe('replayed and forged deliveries (R-1225)', () => {
  test('a webhook sent again, as it was or under another identifier, changes nothing; a changed one is refused', async () => {
    const world = await startWorld(start);
    await world.provision();
    const secret = world.config.jira.webhookSecrets[0];
    const body = JSON.stringify({
      timestamp: Date.parse(start),
      webhookEvent: 'jira:issue_updated',
      issue: { id: '10001', key: 'CRMWYVLZZJ-1', fields: { project: { id: '10150', key: 'CRMWYVLZZJ' } } },
    });
    const sign = (text: string) => `sha256=${createHmac('sha256', secret).update(text).digest('hex')}`;
    const send = async (text: string, signature: string, identifier: string) =>
      fetch(`${world.proxyUrl}/webhooks/jira/${world.config.connectionId}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-hub-signature': signature,
          'x-atlassian-webhook-identifier': identifier,
        },
        body: text,
      });
    const identifier = randomUUID();
    expect((await send(body, sign(body), identifier)).ok).toBe(true);
    await world.settled();
    const before = await world.census();
    for (const again of [identifier, randomUUID()]) expect((await send(body, sign(body), again)).ok).toBe(true);
    await world.settled();
    const { events: eventsBefore, version: versionBefore, ...rest } = before;
    const { events, version, ...now } = await world.census();
    expect(now).toEqual(rest);
    expect([events, version]).toEqual([eventsBefore, versionBefore]);
    expect((await send(body.replace('10150', '10151'), sign(body), randomUUID())).status).toBe(401);
  });

  test('no door opens to a forged signature, key, token or password, and none of them is logged', async () => {
    const doors = {
      CONNECTOR_ENABLED: 'true',
      CONNECTOR_PASSWORD: 'connector-password-of-the-tests',
      RELAY_ENABLED: 'true',
      RELAY_BASIC_USER: 'jira-gateway',
      RELAY_BASIC_PASSWORD: 'another-password-of-the-relay',
    };
    const world = await startWorld(start, doors);
    const forged = 'forged-secret-that-nobody-gave-out';
    const headers = {
      authorization: `Bearer ${forged}`,
      'x-hub-signature': `sha256=${forged}`,
      'x-crmjira-key': forged,
      'content-type': 'application/json',
    };
    const paths: readonly (readonly [string, string])[] = [
      ['POST', `/webhooks/jira/${world.config.connectionId}`],
      ['POST', '/webhooks/dataverse/async'],
      ['POST', '/webhooks/dataverse/sync'],
      ['GET', '/relay/jira/rest/api/3/myself'],
      ['GET', '/rest/tempo-budgets/1/budget?projectKey=A'],
    ];
    for (const [method, path] of paths)
      for (const authorization of [headers.authorization, basic, ''])
        expect([
          path,
          await fetch(world.proxyUrl + path, {
            method,
            headers: { ...headers, authorization },
            ...(method === 'POST' ? { body: '{}' } : {}),
          }).then(({ status }) => status),
        ]).toEqual([path, 401]);
    const written = world.lines.join('');
    for (const secret of [forged, ...Object.values(doors).filter((value) => value.includes('password-of'))])
      expect(written).not.toContain(secret);
  });
});
