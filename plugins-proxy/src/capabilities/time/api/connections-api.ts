import { randomUUID } from 'node:crypto';
import {
  AuthType,
  CommandState,
  type ConnectionProblem,
  connectionProblemText,
  isConnectionProblem,
  longestSecret,
} from '@crmjira/domain';
import { z } from 'zod';
import type { JiraConnection } from '../../../connections/jira/jira-connection';
import {
  type PersonalRow,
  personOf,
  readPersonalRow,
  readPersonalRows,
} from '../../../connections/personal/personal-rows';
import { httpUrl } from '../../../platform/config/http-url';
import { type ApiContext, apiOperation, ApiRefusal } from '../../../reconciler/api-operation';
import type { CommandAnswer } from '../../../reconciler/commands';
import { type ConnectionAnswer, hostIn, ownsConnection } from '../connections/connection-command';
import { activate } from '../connections/one-active';
import { saveConnection } from '../connections/save-connection';
import { testMyConnection } from '../connections/test-my-connection';
import { deleteConnection } from '../connections/use-connection';
import { nothing, notTheirs, type TimeApiParts, withId } from './api-parts';

type Context = ApiContext<TimeApiParts>;

const authTypes = { api_token: AuthType.ApiToken, pat: AuthType.PatBearer } as const;
const enterable = z.enum(['api_token', 'pat']).describe('api_token on Jira Cloud, pat on Data Center');

/** A connection as its person sees it; of a token nothing ever leaves (R-1830). */
const connection = z.object({
  id: z.guid(),
  jira_url: z.string(),
  auth_type: z.enum(['api_token', 'pat', 'oauth', 'unknown']),
  email: z.string().optional(),
  is_active: z.boolean().describe('Search and sync go through it; at most one is'),
  created_at: z.string(),
  updated_at: z.string(),
});

function shown({ id, url, authType, email, isActive, createdOn, changedOn }: PersonalRow): z.output<typeof connection> {
  const kinds = {
    [AuthType.ApiToken]: 'api_token',
    [AuthType.PatBearer]: 'pat',
    [AuthType.OAuth203Lo]: 'oauth',
  } as const;
  const kind = authType !== null && authType in kinds ? kinds[authType as keyof typeof kinds] : 'unknown';
  return {
    ...{ id, jira_url: url ?? '', auth_type: kind, is_active: isActive },
    ...(email === null ? {} : { email }),
    ...{ created_at: createdOn, updated_at: changedOn },
  };
}

const entered = {
  jira_url: httpUrl.describe('Address of a Jira site that an administrator has connected'),
  auth_type: enterable,
  email: z.email().max(200).optional().describe('Of the Atlassian account; needed with api_token'),
  token: z.string().trim().min(1).max(longestSecret).describe('API token, or personal access token'),
};
const change = z
  .strictObject(entered)
  .partial()
  .extend({ is_active: z.literal(true).optional().describe('Search and sync go through it from now on') })
  .refine((given) => Object.values(given).some((value) => value !== undefined), 'nothing to change');

const test = z.object({
  ok: z.boolean(),
  reason: z.string().nullable().describe('What is wrong, for programs, e.g. refused'),
  message: z.string().describe('The same for a person'),
  display_name: z.string().nullable().describe('Who it is in Jira'),
});

async function ownRow({ parts, caller }: Context, id: string): Promise<PersonalRow> {
  const [row, { userId: serviceId }] = await Promise.all([
    readPersonalRow(parts.dataverse.batched, id),
    parts.environmentSettings.whoAmI(),
  ]);
  if (row === null || !ownsConnection(row, caller.userId, serviceId)) throw notTheirs(caller.language);
  return row;
}

const plain = (url: string): string => new URL(url).href.replace(/\/+$/, '');

const siteAt = async ({ personal }: TimeApiParts, url: string): Promise<JiraConnection | undefined> =>
  (await personal.sites()).find(({ site }) => plain(site.url) === plain(url));

/** Facts of an answer that pages get as well. */
const factsOf = ({ answer }: CommandAnswer): Partial<ConnectionAnswer> => answer as Partial<ConnectionAnswer>;

interface Entered {
  readonly url: string;
  readonly authType: AuthType;
  readonly email: string | null;
  /** null: the stored one stays */
  readonly token: string | null;
}

/** What may be otherwise in a moment. */
const passing: ReadonlySet<string> = new Set(['unreachable', 'rate-limit'] satisfies ConnectionProblem[]);

/** Tests and stores, as the command of a page does; nothing is stored of what does not work. */
async function store({ parts, caller }: Context, id: string, row: PersonalRow | null, wanted: Entered): Promise<void> {
  const { language, userId } = caller;
  const { url, authType, email, token } = wanted;
  const site = await siteAt(parts, url);
  if (site === undefined) {
    const says = connectionProblemText('integration-off', { host: hostIn(url), email }, true, language);
    throw new ApiRefusal(422, 'integration-off', says);
  }
  const payload = { integration: site.id, authType, email };
  const entry = { id, row, language, requestedById: userId, payload };
  const given = await saveConnection(parts, entry, async () => ({ token }));
  if (given.state === CommandState.Done) return;
  const reason = factsOf(given).reason ?? 'unknown';
  throw new ApiRefusal(passing.has(reason) ? 503 : 422, reason, given.result);
}

const answered = { status: 200, says: 'The connection', schema: connection } as const;

export const connectionOperations = [
  apiOperation({
    operationId: 'ListConnections',
    method: 'GET',
    path: '/connections',
    summary: 'My connections to Jira',
    description: 'Connections of whoever calls, the one that was changed last first.',
    params: nothing,
    query: nothing,
    body: null,
    answers: [{ status: 200, says: 'The connections', schema: connection.array() }],
    handle: async ({ parts, caller }: Context) => {
      const rows = await readPersonalRows(parts.dataverse, caller.userId);
      return { status: 200, body: rows.filter((row) => personOf(row) === caller.userId).map(shown) };
    },
  }),
  apiOperation({
    operationId: 'CreateConnection',
    method: 'POST',
    path: '/connections',
    summary: 'Connect me to Jira',
    description:
      'Signs in to Jira with what is sent; only what works is stored. The first connection becomes the active one.',
    params: nothing,
    query: nothing,
    body: z.strictObject(entered),
    answers: [{ status: 201, says: 'The connection', schema: connection }],
    handle: async (context: Context, { body }) => {
      const id = randomUUID();
      const { jira_url: url, auth_type: authType, email = null, token } = body;
      await store(context, id, null, { url, authType: authTypes[authType], email, token });
      return { status: 201, body: shown(await ownRow(context, id)) };
    },
  }),
  apiOperation({
    operationId: 'UpdateConnection',
    method: 'PUT',
    path: '/connections/{id}',
    summary: 'Change a connection of mine',
    description:
      'What is left out stays as it is. A change of the address needs a token; what does not work is not stored.',
    params: withId,
    query: nothing,
    body: change,
    answers: [answered],
    handle: async (context: Context, { params: { id }, body }) => {
      const row = await ownRow(context, id);
      const { is_active: isActive, ...given } = body;
      if (Object.values(given).some((value) => value !== undefined))
        await store(context, id, row, {
          url: given.jira_url ?? row.url ?? '',
          authType: given.auth_type === undefined ? (row.authType ?? AuthType.None) : authTypes[given.auth_type],
          email: given.email ?? row.email,
          token: given.token ?? null,
        });
      if (isActive === true) await activate(context.parts.dataverse, context.caller.userId, id, 'always');
      return { status: 200, body: shown(await ownRow(context, id)) };
    },
  }),
  apiOperation({
    operationId: 'DeleteConnection',
    method: 'DELETE',
    path: '/connections/{id}',
    summary: 'Delete a connection of mine',
    description: 'Its token is deleted first. Worklogs stay in Jira.',
    params: withId,
    query: nothing,
    body: null,
    answers: [{ status: 204, says: 'It is gone', schema: null }],
    handle: async (context: Context, { params: { id } }) => {
      await deleteConnection(context.parts, await ownRow(context, id));
      return { status: 204 };
    },
  }),
  apiOperation({
    operationId: 'TestConnection',
    method: 'POST',
    path: '/connections/{id}/test',
    summary: 'Test a connection of mine',
    description: 'Asks Jira now, with the token that is stored.',
    params: withId,
    query: nothing,
    body: null,
    answers: [{ status: 200, says: 'What came of it', schema: test }],
    handle: async (context: Context, { params: { id } }) => {
      const { parts, caller } = context;
      const given = await testMyConnection(parts, await ownRow(context, id), caller.language);
      const { ok = false, reason = null, displayName = null } = factsOf(given);
      const known = isConnectionProblem(reason) ? reason : null;
      return { status: 200, body: { ok, reason: known, message: given.result, display_name: displayName } };
    },
  }),
];
