import type { FastifyInstance } from 'fastify';
import { type AppParts, buildApp } from '../../plugins-proxy/src/app';
import { secretsOf } from '../../plugins-proxy/src/platform/config/secrets-of';
import type { DataverseWebhookOptions } from '../../plugins-proxy/src/inbound/webhooks/dataverse-webhooks';
import { signBody } from '../../plugins-proxy/src/inbound/webhooks/verify-signature';
import { createLogger } from '../../plugins-proxy/src/platform/log/create-logger';
import { openSqliteStore } from '../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import type { Store } from '../../plugins-proxy/src/queue/store/store';
import { keepLines } from './log-lines';
import { testConfig } from './test-config';
import { defaultTriggers } from './default-triggers';

export const frozen = new Date('2025-01-20T17:30:15.000Z');

/**
 * The HTTP side on a store in memory, with no other part of the service behind it.
 * @param parts other parts that a test brings
 */
export function intakeApp(
  over: Record<string, string> = {},
  parts: Partial<Pick<AppParts, 'connector' | 'health' | 'requestLimits' | 'bodies' | 'senderOf'>> = {},
): {
  app: FastifyInstance;
  store: Store;
  lines: string[];
  wakes: () => number;
  /** Projects of issues that deliveries have told. */
  projects: ReadonlyMap<string, string>;
  setNow: (to: string) => void;
  setAccepts: (value: boolean) => void;
  setDecision: (value: Awaited<ReturnType<DataverseWebhookOptions['decideStep']>>) => void;
} {
  const config = testConfig(over);
  const store = openSqliteStore(':memory:');
  const { stream, lines } = keepLines();
  let woken = 0;
  const projects = new Map<string, string>();
  let now = frozen;
  let accepting = true;
  let decision: Awaited<ReturnType<DataverseWebhookOptions['decideStep']>> = { allowed: true };
  const app = buildApp({
    config,
    logger: createLogger('trace', secretsOf(config), stream),
    intake: {
      store,
      now: () => now,
      wake: () => void (woken += 1),
      accepts: () => accepting,
      triggers: defaultTriggers,
    },
    senderOf: (id) =>
      id.toLowerCase() === config.connectionId
        ? {
            id: config.connectionId,
            webhook: { secrets: () => config.jira.webhookSecrets, verification: config.jira.webhookVerification },
            onIssue: (issueId, projectId) => void projects.set(issueId, projectId),
          }
        : undefined,
    decideStep: async () => decision,
    health: { ready: () => accepting, report: () => Promise.reject(new Error('not part of these tests')) },
    ...parts,
  });
  return {
    app,
    store,
    lines,
    wakes: () => woken,
    projects,
    setNow: (to) => (now = new Date(to)),
    setAccepts: (value) => (accepting = value),
    setDecision: (value) => (decision = value),
  };
}

export const webhookUrl = '/webhooks/jira/5a8d2c1e-0000-4000-8000-000000000c01';

/** A signed Jira delivery for `app.inject`. */
export function signed(
  body: string | Buffer,
  over: { secret?: string; headers?: Record<string, string>; url?: string } = {},
) {
  const payload = Buffer.isBuffer(body) ? body : Buffer.from(body);
  return {
    method: 'POST' as const,
    url: over.url ?? webhookUrl,
    payload,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'x-hub-signature': signBody(payload, over.secret ?? 'webhook-secret-of-the-tests'),
      ...over.headers,
    },
  };
}
