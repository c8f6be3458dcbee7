import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { request } from 'undici';
import { z } from 'zod';
import { InboundStatus } from '@crmjira/domain';
import { type IntakeAnswerName, intakeAnswers } from '../../plugins-proxy/src/inbound/webhooks/answers';
import { CONNECTION_ID } from '../../sandbox/src/run/directory';
import { portsFrom } from '../../sandbox/src/run/ports';
import { proxyEnvironment } from '../../sandbox/src/run/proxy-environment';
import { type Secrets, readSecrets } from '../../sandbox/src/run/secrets';
import { eventually } from '../plugins-proxy/eventually';
import { type ProxyChild, startProxyChild } from '../plugins-proxy/proxy-child';
import { jiraRest } from './jira-rest';
import { TOOLS, type WebApi, signIn } from './people';
import { type SandboxUnderTest, startSandbox } from './sandbox-under-test';

const EVENT = JSON.stringify({
  timestamp: 1_737_394_200_000,
  webhookEvent: 'project_updated',
  project: { id: 77_001 },
});

let sandbox: SandboxUnderTest;
let secrets: Secrets;
let proxy: ProxyChild;
let tools: WebApi;

beforeAll(async () => {
  sandbox = await startSandbox({ proxy: 'none' });
  secrets = readSecrets(join(sandbox.stateDir, 'secrets.json'));
  const file = join(sandbox.stateDir, 'proxy.sqlite');
  // As npm start runs it, but with every line of the log.
  proxy = await startProxyChild({
    ...proxyEnvironment(portsFrom(Number(new URL(sandbox.urls.formHost).port)), sandbox.endpoints, secrets, {
      store: file,
      connectionSecrets: join(sandbox.stateDir, 'connection-secrets'),
    }),
    LOG_LEVEL: 'info',
  });
  tools = await signIn(sandbox.endpoints, TOOLS);
});
afterAll(async () => {
  proxy.kill();
  await proxy.gone();
  await sandbox.close();
});

const sign = (body: string, secret = secrets.jiraWebhookSecret) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

const answerBody = z.object({ code: z.string(), message: z.string(), correlationId: z.string() });

interface Sent {
  readonly body?: string;
  readonly headers?: Record<string, string>;
  readonly connection?: string;
}

async function send({ body = EVENT, headers = {}, connection = CONNECTION_ID }: Sent) {
  const answer = await request(`${sandbox.urls.proxy}/webhooks/jira/${connection}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-signature': sign(body), ...headers },
    body,
  });
  return { status: answer.statusCode, ...answerBody.parse(await answer.body.json()) };
}

/** The line of the log that speaks of one delivery. */
const logOf = (correlationId: string): Promise<string> =>
  eventually(async () => {
    const line = proxy
      .lines()
      .split('\n')
      .find((one) => one.includes(correlationId) && one.includes('"answer"'));
    if (!line) throw new Error(`Nothing in the log about ${correlationId}.`);
    return line;
  });

const cut = EVENT.slice(0, -15);
const cases: readonly (readonly [string, IntakeAnswerName, () => Sent])[] = [
  [
    'a signature made with another secret',
    'badSignature',
    () => ({ headers: { 'x-hub-signature': sign(EVENT, 'guessed') } }),
  ],
  ['no signature', 'badSignature', () => ({ headers: { 'x-hub-signature': '' } })],
  [
    'a body cut short under the signature of the whole',
    'badSignature',
    () => ({ body: cut, headers: { 'x-hub-signature': sign(EVENT) } }),
  ],
  ['a body that was cut short and then signed', 'malformedJson', () => ({ body: cut })],
  ['JSON that is no event', 'unexpectedShape', () => ({ body: '{"worklog":{"issueId":"1"}}' })],
  [
    'a body of 3 MB',
    'tooLarge',
    () => ({ body: JSON.stringify({ webhookEvent: 'x', pad: 'x'.repeat(3 * 1024 * 1024) }) }),
  ],
  ['XML', 'wrongContentType', () => ({ body: '<event/>', headers: { 'content-type': 'application/xml' } })],
  [
    'a form',
    'wrongContentType',
    () => ({ body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
  ],
  ['an event that no rule uses', 'ignored', () => ({ body: '{"webhookEvent":"board_created"}' })],
  [
    'a connection that nobody knows',
    'unknownConnection',
    () => ({ connection: '5a8d2c1e-0000-4000-8000-000000000c99' }),
  ],
];

test.each(cases)('%s is answered %s, and the log says why (R-501 to R-504, R-511)', async (_input, name, input) => {
  const { status, code, says } = intakeAnswers[name];
  const answer = await send(input());
  expect(answer).toMatchObject({ status, code, message: says });
  const line = await logOf(answer.correlationId);
  expect(line).toContain(`"answer":"${code}"`);
  expect(line).toContain(name === 'ignored' ? '"reason":"unknown event"' : says);
});

test('a replayed delivery is known: accepted once, then a duplicate, under whatever identifier (R-503, F-305)', async () => {
  const body = EVENT.replace('1737394200000', '1737394200001');
  const as = (identifier: string): Sent => ({ body, headers: { 'x-atlassian-webhook-identifier': identifier } });
  const answers = [await send(as('first')), await send(as('first')), await send(as('another'))];
  expect(answers.map(({ status, code }) => [status, code])).toEqual([
    [202, 'accepted'],
    [200, 'duplicate'],
    [200, 'duplicate'],
  ]);
  await expect(logOf(answers[2]?.correlationId ?? '')).resolves.toContain('"answer":"duplicate"');
});

test('a project that nobody linked ends as one ignored event a project and day, whatever comes in (R-511, R-520)', async () => {
  const jira = jiraRest(sandbox.endpoints);
  let at = 1_737_394_300_000;
  const about = (project: number) =>
    JSON.stringify({ timestamp: (at += 1), webhookEvent: 'project_updated', project: { id: project } });
  const before = await tools.rows('crmjira_budget_mappings?$orderby=crmjira_budget_mappingid');
  const statuses = [];
  for (const project of [77_002, 77_002, 77_003, 77_002]) statuses.push(await jira.deliver(about(project)));
  expect(statuses).toEqual([202, 202, 202, 202]);
  const events = await eventually(async () => {
    const rows = await tools.rows(
      "crmjira_inbound_events?$filter=startswith(crmjira_project_id,'7700') and crmjira_project_id ne '77001'&$orderby=crmjira_project_id",
    );
    expect(rows.map((row) => [row['crmjira_project_id'], row['crmjira_attempts']])).toEqual([
      ['77002', 3],
      ['77003', 1],
    ]);
    return rows;
  });
  for (const event of events)
    expect(event).toMatchObject({ crmjira_status: InboundStatus.Ignored, crmjira_error_message: 'no mapping' });
  await expect(tools.rows('crmjira_budget_mappings?$orderby=crmjira_budget_mappingid')).resolves.toEqual(before);
});

test('no secret, signature or content of a delivery stands in the log', () => {
  const log = proxy.lines();
  expect(log.split('\n').length).toBeGreaterThan(cases.length);
  for (const [name, secret] of Object.entries(secrets))
    expect({ name, logged: log.includes(secret) }).toEqual({ name, logged: false });
  expect(log).not.toContain(sign(EVENT));
  expect(log).not.toContain('xxxxxxxx');
  expect(log).not.toContain('Bearer ');
});
