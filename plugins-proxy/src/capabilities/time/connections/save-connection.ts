import {
  AuthType,
  CommandState,
  CommandType,
  connectedText,
  hostOf,
  type SealedRefusal,
  sealedRefusalText,
  tables,
  unconfirmedAccountText,
  whoseAccount,
} from '@crmjira/domain';
import { z } from 'zod';
import { instant, optionalText } from '../../../clients/dataverse/columns';
import { readNames } from '../../../connections/environment/read-people';
import type { JiraConnection } from '../../../connections/jira/jira-connection';
import { unsealSecret } from '../../../connections/credentials/unseal-secret';
import { personalCredentials } from '../../../connections/personal/personal-secret';
import type { NotReady } from '../../../connections/personal';
import type { PersonTest } from '../../../connections/personal/test-person';
import { type CommandAnswer, type CommandHandler, progressColumns } from '../../../reconciler/commands';
import {
  type AskedOfConnection,
  connectionCommand,
  type ConnectionCommandParts,
  hostIn,
  problemAnswer,
  refused,
  type ConnectionAnswer,
} from './connection-command';
import { storeConnection } from './store-connection';

const payload = z.object({
  integration: z.guid(),
  authType: z.enum(AuthType),
  email: z.string().trim().max(200).nullish(),
  inbound: z.boolean().nullish(),
});
type Asked = AskedOfConnection<z.output<typeof payload>>;

/** What somebody has entered, and for which connection of theirs. */
export type EnteredConnection = Pick<Asked, 'id' | 'row' | 'payload' | 'language'> & {
  readonly requestedById: string;
};

const sealedRow = z.object({ crmjira_sealed: optionalText, createdon: instant });

/** What came of the column that carries the token. */
type Typed = { readonly token: string | null } | { readonly answer: CommandAnswer };

/** The token that was typed; null: none, so that the stored one is kept. */
async function readToken(
  { dataverse, store, keyring, now }: ConnectionCommandParts,
  { command, id, language, organizationId }: Asked,
  site: JiraConnection,
): Promise<Typed> {
  const collection = tables.crmjira_command.entitySet;
  const unread = (refusal: SealedRefusal): Typed => {
    const answer: ConnectionAnswer = { connection: id, ok: false, reason: 'no-token', displayName: null, ms: null };
    return { answer: { ...refused(sealedRefusalText(refusal, language)), answer } };
  };
  // A run that was cut off has read it already: an empty column then is not a token that is kept.
  if (command.progress !== null) return unread('used');
  const found = await dataverse.one(collection, command.id, Object.keys(sealedRow.shape), sealedRow);
  if (found === null || (found.crmjira_sealed ?? '') === '') return { token: null };
  await dataverse.changeSet([
    { op: 'update', collection, id: command.id, columns: progressColumns({ tokenRead: true }) },
  ]);
  const opened = await unsealSecret(
    { dataverse, store, keyring, now },
    { sealed: found.crmjira_sealed, createdOn: new Date(found.createdon) },
    {
      organizationId,
      userId: command.requestedById,
      commandId: command.id,
      targetHost: hostOf(site.site.url),
    },
  );
  return 'refusal' in opened ? unread(opened.refusal) : { token: opened.secret };
}

/** Tests what was entered: with the token that was typed, or with the token or sign-in that is stored for this very place. */
async function tested(
  { personal }: Pick<ConnectionCommandParts, 'personal'>,
  { row, payload: { authType } }: EnteredConnection,
  site: JiraConnection,
  email: string | null,
  token: string | null,
): Promise<PersonTest | NotReady | 'wrong-kind' | 'no-token'> {
  const credentialsOf = personalCredentials(site.site.profile.deployment, authType, email);
  if (token !== null) return credentialsOf === null ? 'wrong-kind' : personal.try(site, credentialsOf(token), email);
  const isSameKind = row?.authType === authType;
  // A sign-in with Atlassian is made there: here it can only be kept.
  if (credentialsOf === null && !(isSameKind && authType === AuthType.OAuth203Lo)) return 'wrong-kind';
  // The stored one was entered for its address and is of its kind, and stays as it is.
  if (row === null || !isSameKind || row.url !== site.site.url) return 'no-token';
  return personal.test({ ...row, integrationId: site.id, url: site.site.url, authType, email });
}

interface Found {
  readonly site: JiraConnection;
  readonly test: PersonTest;
  /** by which Dynamics knows the person */
  readonly names: readonly string[];
  readonly email: string | null;
  readonly isTyped: boolean;
}

/**
 * Whose account a token opens, and the e-mail to keep of it: known only of one that is the person's, and without it nothing but the person
 * makes the connection active. What is stored already was judged when it was typed.
 */
function accountOf({ row, payload: { authType } }: EnteredConnection, { site, test, names, email, isTyped }: Found) {
  const isApiToken = authType === AuthType.ApiToken;
  if (!isTyped) return { whose: 'theirs', email: isApiToken ? email : (row?.email ?? null) } as const;
  const isKept = row !== null && row.isActive && row.url === site.site.url;
  // Jira has let the token in with this e-mail: it is the account's, also where the account keeps it to itself.
  const known = { accountId: test.accountId, email: test.email ?? (isApiToken ? email : null) };
  const whose = whoseAccount(known, { names, formerAccountId: isKept ? row.accountId : null });
  return { whose, email: isApiToken ? email : whose === 'theirs' ? known.email : null } as const;
}

/**
 * Tests what was entered before any of it is stored (R-1802).
 * @param readToken gives the token that was typed, once the site is known that it is for
 */
export async function saveConnection(
  parts: Pick<ConnectionCommandParts, 'dataverse' | 'personal' | 'keyring' | 'now'>,
  entry: EnteredConnection,
  readToken: (site: JiraConnection) => Promise<Typed>,
): Promise<CommandAnswer> {
  const { id, language, payload: entered, requestedById: userId } = entry;
  const { authType, inbound } = entered;
  // Of a sign-in with Atlassian it is what Jira has told.
  const email = (authType === AuthType.OAuth203Lo ? entry.row?.email : entered.email) || null;
  const site = await parts.personal.siteOf(entered.integration);
  const named = { host: hostIn(site?.site.url ?? null), email };
  const problem = (reason: Parameters<typeof problemAnswer>[0], more: Partial<ConnectionAnswer> = {}) =>
    problemAnswer(reason, named, true, language, { connection: id, ...more });
  if (site === null) return problem('integration-off');
  if (authType === AuthType.ApiToken && email === null) return problem('no-email');
  const typed = await readToken(site);
  if ('answer' in typed) return typed.answer;
  const test = await tested(parts, entry, site, email, typed.token);
  if (typeof test === 'string') return problem(test);
  if ('missing' in test) return problem(test.missing);
  const { displayName, ms, projects } = test;
  if (test.problem !== null) return problem(test.problem, { displayName, ms });
  const names = await readNames(parts.dataverse, userId);
  const account = accountOf(entry, { site, test, names, email, isTyped: typed.token !== null });
  if (account.whose === 'another')
    return problemAnswer('other-person', { ...named, email: names[0] ?? null }, true, language, { connection: id });
  const isUnconfirmed = account.email === null && entry.row?.isActive !== true;
  await storeConnection(parts, {
    id,
    row: entry.row,
    userId,
    site,
    authType,
    email: account.email,
    inbound,
    secret: typed.token,
    test,
    isUnconfirmed,
  });
  const connected = connectedText(displayName ?? '', projects, true, language);
  const answer: ConnectionAnswer = { connection: id, ok: true, reason: null, displayName, ms, projects };
  return {
    state: CommandState.Done,
    result: isUnconfirmed ? `${connected} ${unconfirmedAccountText(displayName ?? '', language)}` : connected,
    answer,
  };
}

/** Answers the command "Save my connection", whose token comes sealed. */
export const saveConnectionCommand = (parts: ConnectionCommandParts): CommandHandler =>
  connectionCommand(parts, {
    type: CommandType.SaveMyConnection,
    payload,
    carryOut: (asked) =>
      saveConnection(parts, { ...asked, requestedById: asked.command.requestedById }, (site) =>
        readToken(parts, asked, site),
      ),
  });
