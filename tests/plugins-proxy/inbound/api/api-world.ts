import { randomBytes, randomUUID } from 'node:crypto';
import Ajv from 'ajv';
import { z } from 'zod';
import type { JWTPayload } from 'jose';
import { guidOf } from '../../../../sandbox/src/dataverse/guid';
import { apiOpenApi } from '../../../../plugins-proxy/src/inbound/api/api-openapi';
import { issueRow, projectRow } from '../../jira-rows';
import { frozen, issuer, keyServer, signingKey } from '../../relay-world';
import { people } from '../../stand-ins';
import { startWorld, stopLater } from '../../world';

export const audience = 'api://crmjira';
export const [owner, manager] = ['opportunity.owner', 'project.manager'];
const userIds: Readonly<Record<string, string>> = { [owner]: people.owner, [manager]: people.manager };
export const start = frozen.toISOString();

const described = z
  .object({
    paths: z.record(
      z.string(),
      z.record(
        z.string(),
        z.object({ operationId: z.string(), responses: z.record(z.string(), z.record(z.string(), z.unknown())) }),
      ),
    ),
    components: z.object({ schemas: z.record(z.string(), z.unknown()), responses: z.record(z.string(), z.unknown()) }),
  })
  .parse(apiOpenApi(''));
const content = z.object({ content: z.object({ 'application/json': z.object({ schema: z.looseObject({}) }) }) });
const places = new Map(
  Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, responses }]) => [operationId, { path, method, responses }]),
  ),
);

/** What is wrong with an answer by the description; null: nothing. */
function unlikeDescribed(responses: Record<string, unknown>, status: number, body: unknown): unknown {
  const named = responses[status];
  if (named === undefined) return `status ${status} is not described`;
  const { $ref: ref } = z.looseObject({ $ref: z.string().optional() }).parse(named);
  const answer = ref === undefined ? named : described.components.responses[ref.split('/').at(-1) ?? ''];
  const found = content.safeParse(answer).data?.content['application/json'].schema;
  if (found === undefined) return body === null ? null : 'a body is not described';
  const schema = { ...found, components: described.components };
  const ajv = new Ajv({ unknownFormats: 'ignore', allErrors: true });
  return ajv.validate(schema, body) === true ? null : ajv.errors;
}

export interface Call {
  readonly by?: string;
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly body?: unknown;
}

/** A service with the API open, before stand-ins of Dataverse and Jira; tokens are signed with a key of the test's own. */
export async function startApiWorld(over: Record<string, string> = {}) {
  const [keys, key] = [await keyServer(), await signingKey('key-1')];
  keys.state.keys = [key.jwk];
  stopLater(keys.close);
  const secrets = { SECRETS_KEY: randomBytes(32).toString('base64url') };
  const access = { API_ENABLED: 'true', API_AUDIENCE: audience, RELAY_KEYS_URL: keys.url, RELAY_ISSUER: issuer };
  const world = await startWorld(start, { ...secrets, ...access, ...over }, { crmjira_Capabilities: 'time' });
  const { site } = world.standIns.jira;
  /** Requests that reached Jira. */
  const sent: string[] = [];
  world.standIns.jira.app.server.on('request', ({ method, url }) => sent.push(`${method} ${url}`));
  const olivia = site.addUser({ email: `${owner}@company.com`, displayName: owner, accountId: 'olivia' });
  site.projects.put(projectRow(1));
  const issue = site.issues.put(issueRow(40_001, 1, { summary: 'Printer on fire', assigneeId: 'olivia' }));
  const tokenOf = (by: string, over: JWTPayload = {}) =>
    key.sign({ aud: audience, oid: guidOf(`object:${userIds[by]}`), scp: 'openid access_as_user', roles: [], ...over });
  const send = async (method: string, path: string, init: RequestInit = {}) => {
    const response = await fetch(world.proxyUrl + path, { method, ...init });
    const text = await response.text();
    const body: unknown = text === '' ? null : JSON.parse(text);
    return { status: response.status, body, headers: response.headers };
  };
  /** Calls an operation, and holds what comes to the description. */
  const call = async (operationId: string, { by = owner, params = {}, query = {}, body }: Call = {}) => {
    const place = places.get(operationId);
    if (place === undefined) throw new Error(`no operation ${operationId}`);
    const path = place.path.replace(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(params[name] ?? ''));
    const answer = await send(place.method.toUpperCase(), `/api/jira${path}?${new URLSearchParams(query)}`, {
      headers: {
        authorization: `Bearer ${await tokenOf(by)}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    expect([operationId, answer.body, unlikeDescribed(place.responses, answer.status, answer.body)]).toEqual([
      ...[operationId, answer.body, null],
    ]);
    return [answer.status, answer.body] as const;
  };
  const addRecord = async (columns: Record<string, unknown> = {}, by = owner): Promise<string> => {
    const id = randomUUID();
    await world.writeAs(by, 'crmjira_time_records', id, {
      crmjira_name: `${issue.key} Printer`,
      crmjira_subject: 'Printer',
      crmjira_time_in: '2025-01-20T13:00:00Z',
      crmjira_time_out: '2025-01-20T14:00:01Z',
      crmjira_jira_issue_key: issue.key,
      ...columns,
    });
    return id;
  };
  return { ...world, key, keys, site, olivia, issue, sent, tokenOf, send, call, addRecord };
}
export type ApiWorld = Awaited<ReturnType<typeof startApiWorld>>;
