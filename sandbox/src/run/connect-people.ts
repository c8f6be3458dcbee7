import { AuthType, CommandState, commandRow, CommandType, hostOf, tables } from '@crmjira/domain';
import { randomUUID } from 'node:crypto';
import { request } from 'undici';
import { z } from 'zod';
import { type ServicePublicKey, sealSecret } from '../../../webresources/src/sealed/seal-secret';
import { organizationId } from '../dataverse/index';
import { guidOf } from '../dataverse/guid';
import type { Edition } from '../jira/site/rows';
import type { Sandbox } from '../sandbox';
import { type CrmPerson, PROJECT_MANAGER, SUPPORT_AGENT } from '../seed/people';
import { CONNECTION_ID, PLANT_CONNECTION_ID } from './directory';

/** Milliseconds between two looks for an answer, and until nobody waits for it any more. */
const LOOK_EVERY = 100;
const GIVE_UP_AFTER = 60_000;

const rows = z.object({ value: z.array(z.record(z.string(), z.unknown())) });
const serviceKey = z.object({ crmjira_key_id: z.string(), crmjira_public_key: z.string() });
const answered = z.object({
  crmjira_command_state: z.enum(CommandState),
  crmjira_result: z.string().nullable(),
  crmjira_finished_on: z.string().nullable(),
});

type Named = Pick<Sandbox, 'urls' | 'jira' | 'dataCenter'>;
/** A person, by the name that the page's cookie knows. */
interface Persona {
  readonly cookie: string;
  readonly person: CrmPerson;
}
const PAUL: Persona = { cookie: 'project-manager', person: PROJECT_MANAGER };
const SAMIRA: Persona = { cookie: 'support-agent', person: SUPPORT_AGENT };

/**
 * Connects people of the example company with Jira as they would on the page "My Jira connections": Paul with both sites, the first in
 * use; Samira with the first, where her token was revoked afterwards. Olivia is left without. The service has to be ready; it tests and
 * stores the tokens as it does anybody's.
 */
export async function connectPeople(sandbox: Named): Promise<void> {
  const { jira, dataCenter } = sandbox;
  await connect(sandbox, PAUL, { site: jira, edition: 'cloud', integration: CONNECTION_ID });
  await connect(sandbox, PAUL, { site: dataCenter, edition: 'dc', integration: PLANT_CONNECTION_ID });
  const { connection, tokenId } = await connect(sandbox, SAMIRA, {
    site: jira,
    edition: 'cloud',
    integration: CONNECTION_ID,
  });
  const token = jira.site.tokens.get(tokenId);
  if (token) jira.site.tokens.put({ ...token, revokedOn: jira.site.now() });
  await ask(sandbox, SAMIRA, { type: CommandType.TestMyConnection, connection, fails: true });
}

interface Place {
  readonly site: Sandbox['jira'];
  readonly edition: Edition;
  readonly integration: string;
}

const TOKEN = 'Dynamics 365';

/** Makes a token in Jira and enters it. */
async function connect(sandbox: Named, persona: Persona, { site: { site }, edition, integration }: Place) {
  const { upn } = persona.person;
  const user = site.users.all().find(({ email }) => email === upn);
  if (!user) throw new Error(`${upn} is unknown in Jira.`);
  const secret = site.giveToken(user, edition, TOKEN);
  const connection = guidOf(`connection of ${upn} to ${integration}`);
  await ask(sandbox, persona, {
    type: CommandType.SaveMyConnection,
    connection,
    payload: {
      integration,
      authType: edition === 'cloud' ? AuthType.ApiToken : AuthType.PatBearer,
      email: edition === 'cloud' ? upn : null,
      inbound: true,
    },
    sealed: { secret, host: hostOf(site.options.publicUrl) },
  });
  return { connection, tokenId: `${user.id}/${edition}/${TOKEN}` };
}

interface Wish {
  readonly type: CommandType;
  readonly connection: string;
  readonly payload?: object;
  readonly sealed?: { readonly secret: string; readonly host: string };
  /** as it is meant to */
  readonly fails?: boolean;
}

/** Writes a command as a page does, and waits for its answer. @throws Error with the answer where another one was expected */
async function ask({ urls }: Named, { cookie, person }: Persona, wish: Wish): Promise<void> {
  const api = webApi(urls.formHost, cookie);
  const id = randomUUID();
  const { type, connection, payload, sealed, fails = false } = wish;
  const context = { organizationId, userId: person.id, commandId: id, targetHost: sealed?.host ?? '' };
  await api('POST', tables.crmjira_command.entitySet, {
    crmjira_commandid: id,
    ...commandRow({ table: 'crmjira_jira_connection', id: connection }, type, {
      crmjira_name: 'My Jira connections',
      ...(payload === undefined ? {} : { crmjira_payload: JSON.stringify(payload) }),
      ...(sealed === undefined ? {} : { crmjira_sealed: await sealSecret(await keyOf(api), context, sealed.secret) }),
    }),
  });
  const row = await until(async () => {
    const found = answered.parse(await api('GET', `${tables.crmjira_command.entitySet}(${id})`));
    return found.crmjira_finished_on === null ? null : found;
  });
  if ((row.crmjira_command_state === CommandState.Done) === fails)
    throw new Error(`The connection of ${person.upn} was not made: ${row.crmjira_result}`);
}

/** The newest key that the service has published. */
const keyOf = (api: WebApi): Promise<ServicePublicKey> =>
  until(async () => {
    const query = '?$select=crmjira_key_id,crmjira_public_key&$orderby=crmjira_valid_until desc&$top=1';
    const [row] = rows.parse(await api('GET', tables.crmjira_service_key.entitySet + query)).value;
    if (row === undefined) return null;
    const { crmjira_key_id: keyId, crmjira_public_key: publicKey } = serviceKey.parse(row);
    return { keyId, publicKey };
  });

async function until<T>(look: () => Promise<T | null>): Promise<T> {
  for (let waited = 0; waited < GIVE_UP_AFTER; waited += LOOK_EVERY) {
    const found = await look();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
  throw new Error('The service has not answered.');
}

type WebApi = (method: 'GET' | 'POST', path: string, columns?: object) => Promise<unknown>;

/** The Web API as the page has it: of whom its cookie names. */
const webApi =
  (url: string, persona: string): WebApi =>
  async (method, path, columns) => {
    const answer = await request(`${url}/api/data/v9.2/${path}`, {
      method,
      headers: { cookie: `crmjira-persona=${persona}`, accept: 'application/json', 'content-type': 'application/json' },
      body: columns === undefined ? null : JSON.stringify(columns),
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 400) throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
