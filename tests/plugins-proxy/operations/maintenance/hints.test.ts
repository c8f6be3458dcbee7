import fc from 'fast-check';
import { faultTable } from '@crmjira/domain';
import { z } from 'zod';
import { readConfig } from '../../../../plugins-proxy/src/platform/config/read-config';
import { secretsOf } from '../../../../plugins-proxy/src/platform/config/secrets-of';
import { problemOf } from '../../../../plugins-proxy/src/inbound/connector/answer-problem';
import { classifyDataverseError } from '../../../../plugins-proxy/src/clients/dataverse/classify-dataverse-error';
import { createDataverseClient } from '../../../../plugins-proxy/src/clients/dataverse/dataverse-client';
import { createTokenSource } from '../../../../plugins-proxy/src/clients/dataverse/token-source';
import { classifyError } from '../../../../plugins-proxy/src/platform/errors/classify-error';
import { hintOf, hintTopic } from '../../../../plugins-proxy/src/platform/errors/hints';
import { IntegrationError } from '../../../../plugins-proxy/src/platform/errors/integration-error';
import { jiraAnswers } from '../../../../plugins-proxy/src/clients/jira/classify-jira-answer';
import { createRedactor } from '../../../../plugins-proxy/src/platform/log/redact';
import { failureRows } from '../../../../plugins-proxy/src/capabilities/budget/reconcile/failure-rows';
import { runCli } from '../../../../plugins-proxy/src/cli/program';
import { environment } from '../../test-config';
import { startStandIns } from '../../stand-ins';

const jira = (status: number, body = '{}') =>
  jiraAnswers.errorOf({ status, headers: { 'content-type': 'application/json' }, text: body }, 0);
const dataverse = (status: number, code?: string) =>
  classifyDataverseError({ status, message: 'words', ...(code === undefined ? {} : { code }) }, 0);
const network = (code: string) => classifyError(Object.assign(new Error('x'), { code }));

test.each([
  ['a refused connection', network('ECONNREFUSED'), 'timeout'],
  ['no answer in time', network('UND_ERR_HEADERS_TIMEOUT'), 'timeout'],
  ['Jira not available', jira(503), 'timeout'],
  ['Dataverse not available', dataverse(502), 'timeout'],
  ['Jira refuses the credentials', jira(401), 'authentication'],
  ['Jira refuses a right', jira(403), 'authentication'],
  ['Dataverse refuses the token', dataverse(401), 'authentication'],
  ['Dataverse refuses a right', dataverse(403, '0x80040220'), 'authentication'],
  ['a proxy before Dataverse refuses', dataverse(403), 'timeout'],
  ['a row changed meanwhile', dataverse(412), 'conflict'],
  ['Jira refuses a field', jira(400, '{"errors":{"summary":"too long"}}'), 'conflict'],
  ['Jira asks to slow down', jira(429), 'slowness'],
  ['Dataverse asks to slow down', dataverse(429), 'slowness'],
  ['nobody knows', classifyError(new Error('x')), null],
] as const)('R-1411 the hint that fits: %s', (_name, error, topic) => {
  expect(hintTopic(error)).toBe(topic);
});

/** What the hint of a topic names (R-1411). */
const named: Readonly<Record<string, RegExp>> = {
  timeout: /firewall|connectivity|JIRA_URL|proxy|Wait/,
  authentication: /credentials.*(permission|token|secret)/,
  conflict: /field mappings.*data format|data format|writes the same row/,
  slowness: /sync frequency or the batch size/,
};
test('R-1411 each fault of a topic is told with what that topic is about', () => {
  for (const { topic, remedy, code } of faultTable.filter(
    (fault) =>
      fault.topic !== null && /^(jira|dataverse)-(unavail|cred|forb|refused|limit|rate|precond)/.test(fault.code),
  ))
    expect([code, remedy[1033]]).toEqual([code, expect.stringMatching(named[topic ?? ''] ?? /^$/)]);
});

const failed = (error: IntegrationError) =>
  failureRows(
    {
      id: 'a1b2c3d4-e5f6-7890-abcd-ef1234567890',
      error,
      correlationId: 'c',
      trigger: 'event',
      durationMs: 5,
      attempts: 1,
      waitingSince: 0,
      retryAt: null,
      facts: null,
      event: null,
    },
    '2025-01-01T00:00:00Z',
  ).log;

test('R-1411 the log row of a failure says where to look first', () => {
  const error = jira(401);
  expect(failed(error).columns['crmjira_error_message']).toBe(`${error.message} ${hintOf(error)}`);
  const nobodyKnows = new IntegrationError('Nobody knows.', { code: 'unheard-of', errorClass: 'permanent' });
  expect(failed(nobodyKnows).columns['crmjira_error_message']).toBe('Nobody knows.');
});

test('R-1411 so does the command line, with the walk to take', async () => {
  const err: string[] = [];
  const terminal = {
    environment: { ...environment, TOKEN_URL: 'http://127.0.0.1:1/t/oauth2/v2.0/token' },
    now: () => new Date(),
    out: () => undefined,
    err: (line: string) => void err.push(line),
    status: null,
  };
  expect(await runCli(['drift'], terminal)).toBe(1);
  expect(err.join('\n')).toContain('crmjira doctor --symptom connection-timeout');
});

describe('R-1407 what people read has no secret and no stack trace', () => {
  const secrets = secretsOf(readConfig(environment));
  const redact = createRedactor(secrets);
  /** Messages as other systems and broken libraries make them: words, secrets in many forms, stack frames. */
  const piece = fc.oneof(
    fc.lorem({ maxCount: 4 }),
    fc.constantFrom(...secrets),
    fc.constantFrom(...secrets).map((secret) => Buffer.from(secret).toString('base64')),
    fc.constantFrom(...secrets).map(encodeURIComponent),
    fc.constant('\n    at Object.<anonymous> (/srv/crmjira/dist/server.js:12:34)'),
    fc.constant('\r\n    at async run (node:internal/process/task_queues:95:5)'),
  );
  const message = fc.array(piece, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(' '));
  const isClean = (text: string): boolean =>
    !/\bat .*\(.*:\d+:\d+\)|node:internal|\.js:\d+/.test(text) && secrets.every((secret) => !text.includes(secret));

  test('in answers of the connector', () => {
    fc.assert(
      fc.property(message, fc.boolean(), (text, creates) => isClean(problemOf(new Error(text), creates).message)),
      { numRuns: 1_000 },
    );
  });

  test('on the command line', () => {
    fc.assert(
      fc.property(message, (text) => isClean(redact(classifyError(new Error(text)).message))),
      { numRuns: 1_000 },
    );
  });

  test('in the rows of Dynamics', async () => {
    const standIns = await startStandIns(() => new Date());
    try {
      const secret = standIns.config.dataverse.clientSecret;
      const client = createDataverseClient({
        url: standIns.config.dataverse.url,
        tokens: createTokenSource(standIns.config.dataverse, 10_000),
        timeoutMs: 10_000,
        redact: createRedactor(secretsOf(standIns.config)),
      });
      const error = classifyError(new Error(`refused ${secret}\n    at call (/srv/server.js:1:2)`));
      await client.changeSet([failed(error)]);
      const [row] = await standIns.admin.many(
        'crmjira_integration_logs',
        { select: [] },
        z.record(z.string(), z.unknown()),
      );
      expect(row?.['crmjira_error_message']).toMatch(/^Unexpected error: refused \[redacted\] /);
    } finally {
      await standIns.close();
    }
  });
});
