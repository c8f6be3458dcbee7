import { randomUUID } from 'node:crypto';
import { request } from 'undici';
import type { Config } from '../../platform/config/read-config';
import { stepKeyHeader } from '../../inbound/webhooks/dataverse-webhooks';
import { secretParameter } from '../../platform/config/webhook-verification';
import { signBody } from '../../inbound/webhooks/verify-signature';

/** Secrets that two programs of ours share with a sender, so that a command can make and exchange them alone. */
export type SharedSecret = 'JIRA_WEBHOOK_SECRET' | 'DATAVERSE_STEP_KEY';

/** Name of the event and table of a test call: no rule knows it, so that it has no effect. */
const testName = 'crmjira_secret_test';
const timeoutMs = 10_000;

interface TestCall {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function fromJira(config: Config, secret: string): TestCall {
  const body = JSON.stringify({ timestamp: Date.now(), webhookEvent: testName });
  const { webhookVerification: verification } = config.jira;
  const query = verification === 'url' ? `?${secretParameter}=${encodeURIComponent(secret)}` : '';
  const headers = {
    ...(verification === 'signature' ? { 'x-hub-signature': signBody(Buffer.from(body), secret) } : {}),
    ...(verification === 'bearer' ? { authorization: `Bearer ${secret}` } : {}),
    'x-atlassian-webhook-identifier': `${testName}-${randomUUID()}`,
  };
  return { path: `/webhooks/jira/${config.connectionId}${query}`, headers, body };
}

function fromDataverse(key: string): TestCall {
  const nobody = '00000000-0000-0000-0000-000000000000';
  const body = JSON.stringify({
    MessageName: 'Test',
    PrimaryEntityName: testName,
    PrimaryEntityId: nobody,
    Mode: 1,
    Stage: 40,
    Depth: 1,
    InitiatingUserId: nobody,
    UserId: nobody,
    OperationId: randomUUID(),
    CorrelationId: randomUUID(),
  });
  return { path: '/webhooks/dataverse/async', headers: { [stepKeyHeader]: key }, body };
}

/**
 * Calls the running service as the sender would, with an event that has no effect.
 * @returns whether it took the secret
 * @throws Error when it gave neither answer
 */
export async function takesSecret(config: Config, name: SharedSecret, secret: string): Promise<boolean> {
  const call = name === 'JIRA_WEBHOOK_SECRET' ? fromJira(config, secret) : fromDataverse(secret);
  const { statusCode, body } = await request(`${config.publicUrl}${call.path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...call.headers },
    body: call.body,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  await body.dump();
  if (statusCode === 401) return false;
  if (statusCode >= 200 && statusCode < 300) return true;
  throw new Error(`The service answered ${statusCode} to a test call at ${config.publicUrl}.`);
}
