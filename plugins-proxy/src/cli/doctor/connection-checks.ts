import { connect as connectSocket } from 'node:net';
import { fitsKeyPattern, jiraKey, keyPrefix } from '@crmjira/domain';
import { request } from 'undici';
import { z } from 'zod';
import { defaultBatchSize } from '../../clients/dataverse/batch-reads';
import { readOwnership } from '../../clients/jira/ownership';
import { readMyself } from '../../clients/jira/jira-site';
import { defaultThresholds, type Thresholds } from '../../platform/config/thresholds';
import { agentOf } from '../../platform/http-client/guard-addresses';
import { longestSmallAnswer } from '../../platform/http-client/answer-too-long';
import { readText } from '../../platform/http-client/read-text';
import { signInSecrets } from '../../connections/credentials/first-seen';
import type { SecretFacts } from '../../platform/secrets/collect-secrets';
import { ageLimits, agesOf } from '../../platform/secrets/secret-ages';
import type { Session } from '../session';
import { withAgesOfService } from './ages-of-service';
import { type Check, failed, type Finding, ok, warning } from './check';

/** A host that does not take a connection within this, in milliseconds, is taken to be behind a firewall. */
const connectMs = 5_000;
/** Projects looked at for their owner: a site with more conflicts than this has another problem. */
const mostProjects = 50;
/** Whose key stands for what the pattern gives. */
const exampleId = '00000000-0000-0000-0000-000000000000';
const projects = z.array(z.object({ id: z.coerce.string(), key: z.string() }));

/** Whether a TCP connection can be opened; the reason when not. */
async function reach(address: string): Promise<string | null> {
  const { hostname, port, protocol } = new URL(address);
  const host = hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve) => {
    const socket = connectSocket({ host, port: Number(port || (protocol === 'https:' ? 443 : 80)) });
    const end = (reason: string | null): void => {
      socket.destroy();
      resolve(reason);
    };
    socket.setTimeout(connectMs, () => end(`no answer within ${connectMs} ms`));
    socket.once('connect', () => end(null));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? 'refused'));
  });
}

async function firewall({ config, connection }: Session): Promise<Finding> {
  const addresses = {
    Jira: connection.config === null ? (config.jira.gateway?.url ?? config.jira.url) : connection.site.url,
    Dataverse: config.dataverse.url,
    'the token endpoint': config.dataverse.tokenUrl,
  };
  const results = await Promise.all(
    Object.entries(addresses).map(async ([name, address]) => ({
      name,
      host: new URL(address).host,
      reason: await reach(address),
    })),
  );
  const closed = results.filter(({ reason }) => reason !== null);
  if (closed.length === 0) return ok(results.map(({ host }) => host).join(', '));
  return failed(closed.map(({ name, host, reason }) => `${name} at ${host}: ${reason}`).join('; '), '');
}

/**
 * Pure: what the days left mean (R-1106, R-1218).
 * @param alertDays `crmjira_TokenAlertDays`
 */
export function judgeDaysLeft(
  left: Readonly<Record<string, number | null>>,
  alertDays: number = defaultThresholds.TokenAlertDays,
): Finding {
  const told = Object.entries(left).map(
    ([of, days]) => `${of} ${days === null ? 'not known' : `${Math.floor(days)} days`}`,
  );
  const days = Object.values(left).flatMap((one) => (one === null ? [] : [one]));
  if (days.some((one) => one < 0)) return failed(told.join(', '), '');
  return days.length < told.length || days.some((one) => one <= alertDays)
    ? warning(told.join(', '), '')
    : ok(told.join(', '));
}

async function timed(call: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await call();
  return Math.round(performance.now() - started);
}

/** R-1103: `crmjira_SlowResponseSeconds`. */
const judgeTime = (words: string, ms: number, { SlowResponseSeconds }: Thresholds): Finding =>
  ms > SlowResponseSeconds * 1_000 ? failed(words, '') : ok(words);

async function serviceStatus({ connection, limits }: Session): Promise<Finding> {
  const { url } = connection.site;
  const response = await request(`${url}/status`, {
    dispatcher: agentOf(url, connection.urlSetting),
    headersTimeout: limits().timeoutMs,
    bodyTimeout: limits().timeoutMs,
  });
  const text = (await readText(response.body, { side: 'Jira', most: longestSmallAnswer })).slice(0, 200);
  // Data Center says {"state":"RUNNING"}; Cloud has no such page and answers with any status at all while it runs.
  const state = /"state"\s*:\s*"([A-Z_]+)"/.exec(text)?.[1] ?? null;
  if (state !== null) return state === 'RUNNING' ? ok(state) : failed(state, '');
  return response.statusCode >= 500
    ? failed(`answers ${response.statusCode}`, '')
    : ok(`answers ${response.statusCode}`);
}

async function projectKeys({ connection: { site }, environmentSettings }: Session): Promise<Finding> {
  const { keyPattern } = await environmentSettings.settings();
  const cloud = site.profile.deployment === 'cloud';
  const prefix = keyPrefix(keyPattern);
  const found = cloud
    ? (
        await site.http.call({
          method: 'GET',
          path: '/rest/api/3/project/search',
          query: { ...(prefix === '' ? {} : { query: prefix }), maxResults: mostProjects },
          schema: z.object({ values: projects }),
        })
      ).values
    : await site.http.call({ method: 'GET', path: '/rest/api/2/project', schema: projects });
  const ours = found.filter(({ key }) => fitsKeyPattern(keyPattern, key)).slice(0, mostProjects);
  const owners = await Promise.all(ours.map(async ({ id, key }) => ({ key, owner: await readOwnership(site, id) })));
  const foreign = owners.filter(({ owner }) => owner === null).map(({ key }) => key);
  const words = `${ours.length} projects have keys like ${jiraKey(exampleId, 0, keyPattern)}`;
  return foreign.length === 0 ? ok(words) : warning(`${words}; not ours: ${foreign.join(', ')}`, '');
}

/** Checks of the ways to both sides that a walk needs beside those of the whole examination. */
export function connectionChecks(
  session: Session,
  secretFacts: readonly SecretFacts[],
  now: () => Date,
): readonly Check[] {
  const { config, dataverse, connection, environmentSettings } = session;
  const { site } = connection;
  // A walk goes on where the settings cannot be read: that is what it may be looking for.
  const thresholds = (): Promise<Thresholds> =>
    environmentSettings.settings().then(
      (settings) => settings.thresholds,
      () => defaultThresholds,
    );
  const check = (id: string, title: string, look: () => Promise<Finding>): Check => ({ id, title, remedy: '', look });
  return [
    check('firewall', 'Connections can be opened', () => firewall(session)),
    check('token-validity', 'Days left of tokens and secrets', async () => {
      const limits = await thresholds();
      const facts = await withAgesOfService(session, secretFacts, now());
      const ages = agesOf(facts, config.expiries, now(), ageLimits(limits));
      // Those that the service signs in with, as /health has them.
      const asked = signInSecrets(config);
      const left = ages.filter(({ name }) => asked.has(name)).map(({ name, daysLeft }) => [name, daysLeft] as const);
      return judgeDaysLeft(Object.fromEntries(left), limits.TokenAlertDays);
    }),
    check('project-keys', 'Projects with our key prefix', () => projectKeys(session)),
    check('manual-call', 'One call with the credentials in use', async () => {
      const { displayName } = await readMyself(site);
      const { userId } = await dataverse.whoAmI();
      return ok(`Jira answers as ${displayName}, Dataverse as ${userId}`);
    }),
    check('latency', 'Time of one call to each side', async () => {
      const jira = await timed(() => readMyself(site));
      const other = await timed(() => dataverse.whoAmI());
      return judgeTime(`Jira ${jira} ms, Dataverse ${other} ms`, Math.max(jira, other), await thresholds());
    }),
    check('dataverse-response', 'Response time of Dataverse', async () => {
      const times = [await timed(() => dataverse.whoAmI()), await timed(() => dataverse.whoAmI())];
      return judgeTime(`${times.join(' and ')} ms`, Math.min(...times), await thresholds());
    }),
    check('service-status', 'Status of Jira', () => serviceStatus(session)),
    check('load-settings', 'Frequency, batch size and workers', async () => {
      const { batchSize } = await environmentSettings.settings();
      const { workers } = session.limits();
      const words = `poll every ${config.pollIntervalMs} ms, batches of ${batchSize}, ${workers} workers`;
      const heavy = config.pollIntervalMs < 10_000 || workers > 20 || batchSize > defaultBatchSize;
      return heavy ? warning(words, '') : ok(words);
    }),
  ];
}
