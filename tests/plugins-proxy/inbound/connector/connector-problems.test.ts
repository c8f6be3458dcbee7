import type { IncomingMessage } from 'node:http';
import { AnswerTooLate, problemOf } from '../../../../plugins-proxy/src/inbound/connector/answer-problem';
import { createAuthenticator } from '../../../../plugins-proxy/src/inbound/authenticate/authenticator';
import { namedConnection } from '../../../../plugins-proxy/src/connections/jira/named-connection';
import { fromSite, toSite } from '../../../../plugins-proxy/src/inbound/connector/operations/issue-fields';
import type { JiraConnection } from '../../../../plugins-proxy/src/connections/jira/jira-connection';
import { InvalidConfiguration } from '../../../../plugins-proxy/src/platform/config/invalid-configuration';
import { secretsOf } from '../../../../plugins-proxy/src/platform/config/secrets-of';
import { IntegrationError } from '../../../../plugins-proxy/src/platform/errors/integration-error';
import { GatewayRefusal } from '../../../../plugins-proxy/src/platform/http-client/site-dispatcher';
import { testConfig } from '../../test-config';

const jira = (status: number | undefined, errorClass: IntegrationError['errorClass'], retryAfterMs?: number) =>
  new IntegrationError('Jira says so.', { code: 'jira', errorClass, status, retryAfterMs });

test.each([
  ['a creation that was refused by the rate limit may be repeated', jira(429, 'transient', 7_000), true, 429, 7],
  [
    'a creation of which nobody knows is not: flows repeat on 5xx, not on 409',
    jira(502, 'transient'),
    true,
    409,
    undefined,
  ],
  ['a creation that came too late is not repeated either', new AnswerTooLate(), true, 409, undefined],
  ['a read may be repeated', jira(502, 'transient'), false, 503, 5],
  ['a read that came too late may be repeated', new AnswerTooLate(), false, 504, undefined],
  ['our own refused credentials are not the caller’s', jira(401, 'configuration'), false, 502, undefined],
  ['what Jira does not have is 404', jira(404, 'permanent'), false, 404, undefined],
  ['an answer nobody expected is a bad gateway', jira(undefined, 'permanent'), false, 502, undefined],
])('%s (R-908, R-1401)', (_name, thrown, creates, status, retryAfter) => {
  const problem = problemOf(thrown, creates);
  expect([problem.status, problem.retryAfter]).toEqual([status, retryAfter]);
});

test('a connection that was refused outright did nothing, so even a creation may be repeated (R-908)', () => {
  const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  expect(problemOf(refused, true)).toMatchObject({ status: 503, retryAfter: 5 });
  expect(problemOf(new GatewayRefusal('Jira', 'refused the tunnel (502)'), true)).toMatchObject({ status: 503 });
  const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
  expect(problemOf(reset, true)).toMatchObject({ status: 409, code: 'outcome-unknown' });
});

test('the four fields change ids between contract and site, even where the two overlap (R-108, R-913)', () => {
  const ids = {
    opportunityId: 'customfield_10101',
    accountId: 'customfield_10100',
    budgetStatus: 'customfield_20002',
    approvedAmount: 'customfield_20003',
    epicName: null,
  };
  const contract = {
    summary: 'S',
    customfield_10100: 'opportunity',
    customfield_10101: 'account',
    customfield_10102: 'Active' as const,
    customfield_10103: 12.5,
  };
  const site = {
    summary: 'S',
    customfield_10101: 'opportunity',
    customfield_10100: 'account',
    customfield_20002: { value: 'Active' },
    customfield_20003: 12.5,
  };
  expect(toSite(contract, ids)).toEqual(site);
  expect(fromSite({ ...site, description: null }, ids)).toMatchObject(contract);
  expect(fromSite({ ...site, description: null }, ids)).not.toHaveProperty('description');
});

test('no header, an empty one or an empty secret never opens the door (R-903)', () => {
  const callerOf = (
    authorization: string | undefined,
    basic: { user: string; passwords: string[] } | null,
    apiKeys: string[],
  ) =>
    createAuthenticator(
      { entra: null, basic: () => basic, apiKeys: () => apiKeys, certificateNames: [], callerOf: (user) => user },
      { now: () => new Date() },
      // No more of a request is looked at.
    ).known({ headers: { authorization }, socket: {} } as IncomingMessage);
  const basic = { user: 'gateway', passwords: ['0123456789abcdef'] };
  const keys = ['fedcba9876543210'];
  for (const header of [undefined, '', ' ', 'Bearer ', 'Basic ', 'Basic Og==', `Basic ${keys[0]}`])
    expect(callerOf(header, basic, keys)).toBeNull();
  for (const empty of ['', 'Bearer ', 'Basic Og==']) {
    expect(callerOf(empty, null, [])).toBeNull();
    expect(callerOf(empty, { user: '', passwords: [] }, [])).toBeNull();
  }
  for (const header of [keys[0], `bearer ${keys[0]}`, `Bearer  ${keys[0]}`])
    expect(callerOf(header, basic, keys)).toBe('api key');
  const signed = Buffer.from('gateway:0123456789abcdef').toString('base64');
  for (const header of [`Basic ${signed}`, `basic ${signed}`]) expect(callerOf(header, basic, keys)).toBe('gateway');
});

test('switched on without a secret the service does not start; its secrets are known to the redactor (R-1407)', () => {
  expect(testConfig().connector).toBeNull();
  expect(() => testConfig({ CONNECTOR_ENABLED: 'true' })).toThrow(InvalidConfiguration);
  const password = 'gateway-password-of-the-tests';
  const config = testConfig({ CONNECTOR_ENABLED: 'true', CONNECTOR_PASSWORD: password });
  expect(config.connector).toEqual({
    basic: { user: 'crm-jira-gateway', passwords: [password] },
    entra: null,
    perMinute: 500,
    apiKeys: [],
  });
  expect(secretsOf(config)).toContain(password);
  expect(secretsOf(config)).toContain(Buffer.from(`crm-jira-gateway:${password}`).toString('base64'));
});

test('R-902 a connection is found by id or name, looked for once more where it is not known, and never guessed', async () => {
  const [first, plant, twin] = [
    { id: 'id-1', name: 'Jira' },
    { id: 'id-2', name: 'Plant Jira' },
    { id: 'id-3', name: 'plant jira ' },
  ];
  const broken = new IntegrationError('no secret', { code: 'jira-connection', errorClass: 'configuration' });
  let reads = 0;
  const at = (before: object[], after: object[] = before) => ({
    // Nothing but id and name is looked at.
    all: () => (reads === 0 ? before : after) as JiraConnection[],
    broken: () => [{ id: 'id-9', name: 'Broken', error: broken }],
    refresh: async () => void (reads += 1),
  });
  for (const named of ['ID-2', ' plant JIRA']) expect(await namedConnection(at([first, plant]), named)).toBe(plant);
  expect(reads).toBe(0);
  expect(await namedConnection(at([first], [first, plant]), 'Plant Jira')).toBe(plant);
  expect(reads).toBe(1);
  const both = at([first, plant, twin]);
  await expect(namedConnection(both, 'Plant Jira')).rejects.toMatchObject({ code: 'connection-unclear', status: 409 });
  expect(await namedConnection(both, 'id-3')).toBe(twin);
  await expect(namedConnection(both, 'broken')).rejects.toBe(broken);
  await expect(namedConnection(both, 'Mine')).rejects.toMatchObject({ code: 'connection-not-found', status: 404 });
});
