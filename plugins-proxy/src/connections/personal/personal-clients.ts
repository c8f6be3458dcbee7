import { AuthType, type ConnectionProblem, wholeSecond } from '@crmjira/domain';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import type { JiraSite } from '../../clients/jira/jira-site';
import { createMetadataCache } from '../../clients/jira/metadata-cache';
import { createBoundedMap } from '../../platform/bounded-map';
import type { JiraCredentials } from '../../platform/config/jira-credentials';
import { classifyError } from '../../platform/errors/classify-error';
import { IntegrationError } from '../../platform/errors/integration-error';
import type { HttpClient } from '../../platform/http-client/http-client';
import { unchanging } from '../../platform/secrets/renewable';
import type { ConnectionSecrets } from '../credentials/connection-secret';
import { connectionSignIn } from '../credentials/connection-sign-in';
import type { JiraConnection } from '../jira/jira-connection';
import type { JiraConnections } from '../jira/jira-connections';
import type { SignIn, SignIns } from './oauth/sign-ins';
import { discardSecrets, personalTable, type PersonalRow, personOf, readPersonalRows } from './personal-rows';
import { personalCredentials, type TokenPlace, tokenName, tokenOwner } from './personal-secret';
import { type PersonTest, problemOfCall, testPerson } from './test-person';
import { hasCode } from '../../platform/errors/has-code';

/** Jira as a person sees it. */
export interface PersonalClient {
  readonly client: JiraSite;
  readonly connectionId: string;
  /** Of the person in Jira; null: not known. */
  readonly accountId: string | null;
  readonly integrationId: string;
}

/** Why there is no client for a person. */
export interface NoPersonalClient {
  readonly missing: 'no-connection' | 'secret-gone' | 'integration-off' | 'refused';
}

/** What a connection of a person lacks. */
export interface NotReady {
  readonly missing: 'secret-gone' | 'integration-off';
}

/** A connection of a person whose address is that of a site that is worked with. */
interface PersonalConnection {
  readonly row: PersonalRow;
  readonly site: JiraConnection;
  /** null: they have signed in with Atlassian */
  readonly credentialsOf: ((token: string) => JiraCredentials) | null;
  readonly place: TokenPlace;
}

/** How a connection reaches its site. */
interface Way {
  readonly http: HttpClient;
  /** Before it is used after a pause; left out: it needs nothing. */
  readonly ready?: SignIn['ready'];
}

/** Jira by the connections of people. */
export interface PersonalClients {
  /** The client of a person's active connection. @throws IntegrationError where Dataverse or the site's own secret is away */
  of(userId: string): Promise<PersonalClient | NoPersonalClient>;
  /** The sites of active integrations that this service works with. @throws IntegrationError where Dataverse is away */
  sites(): Promise<readonly JiraConnection[]>;
  /** The site of an active integration; null: there is none, or another service works with it. */
  siteOf(integrationId: string | null): Promise<JiraConnection | null>;
  /** Tests a connection with the token that is stored for it, active or not. */
  test(row: PersonalRow): Promise<PersonTest | NotReady>;
  /** Tests a token that is not stored. */
  try(site: JiraConnection, credentials: JiraCredentials, email: string | null): Promise<PersonTest>;
  /** Tests a sign-in with Atlassian that is not stored. */
  trySignIn(site: JiraConnection, cloudId: string, accessToken: string): Promise<PersonTest>;
  /** Has the next run read a connection's token anew. */
  forget(of: Pick<PersonalRow, 'id' | 'userId' | 'url'>): void;
}

export interface PersonalClientsParts {
  readonly dataverse: DataverseClient;
  readonly jira: Pick<JiraConnections, 'of' | 'all' | 'refresh'>;
  readonly secretOf: ConnectionSecrets;
  /** null: nobody can sign in with Atlassian */
  readonly signIns: SignIns | null;
  readonly now: () => Date;
}

/** Clients that are remembered; the one that was used longest ago is made anew. */
const mostClients = 1_000;
/** For so long after Jira has refused a token it is not shown again by a run, in milliseconds: a person has to enter another. */
const refusedForMs = 15 * 60_000;
/** What Jira says of itself is asked anew after this, in milliseconds. */
const metadataKeepMs = 15 * 60_000;

const isMissing = (found: object): found is NotReady => 'missing' in found;

const isSignedIn = ({ authType }: Pick<PersonalRow, 'authType'>): boolean => authType === AuthType.OAuth203Lo;

/** What a refusal means to the person: another token, or signing in again. */
const refusedBy = (row: Pick<PersonalRow, 'authType'>): ConnectionProblem =>
  isSignedIn(row) ? 'sign-in-ended' : 'refused';

/** What keeps a client from being used again: everything of the row that decides how it signs in. */
const factsOf = ({ integrationId, url, authType, email, userId }: PersonalRow): string =>
  JSON.stringify([integrationId, url, authType, email, userId]);

/**
 * Opens Jira as people sign in to it themselves. A connection's row is what somebody may have written: its token is asked for under the
 * person and the address that it was entered for, and is sent to the address of an active integration only, which the row must name to
 * the letter.
 */
export function personalClients({ dataverse, jira, secretOf, signIns, now }: PersonalClientsParts): PersonalClients {
  interface Held {
    readonly facts: string;
    readonly site: JiraConnection;
    readonly client: JiraSite;
    readonly ready: SignIn['ready'] | undefined;
  }
  const held = createBoundedMap<string, Held>(mostClients);
  const clock = (): number => now().getTime();

  async function siteOf(integrationId: string | null): Promise<JiraConnection | null> {
    if (integrationId === null) return null;
    try {
      return await jira.of(integrationId);
    } catch (error) {
      if (error instanceof IntegrationError && error.errorClass !== 'transient') return null;
      throw error;
    }
  }

  async function stored(row: PersonalRow): Promise<PersonalConnection | NotReady> {
    const userId = personOf(row);
    if (userId === null || row.url === null) return { missing: 'secret-gone' };
    const site = await siteOf(row.integrationId);
    if (site === null || site.site.url !== row.url) return { missing: 'integration-off' };
    const place = { connectionId: row.id, userId, url: row.url };
    const credentialsOf = personalCredentials(site.site.profile.deployment, row.authType, row.email);
    const hasWay = credentialsOf !== null || (isSignedIn(row) && signIns !== null);
    if (!hasWay || row.secretName === null) return { missing: 'secret-gone' };
    if (row.secretName === tokenName(place)) return { row, site, credentialsOf, place };
    // Person or address has changed since it was entered, or the row was given another's: no token of it is kept.
    await discardSecrets(dataverse, row.id);
    return { missing: 'secret-gone' };
  }

  const siteAs = ({ site }: JiraConnection, http: HttpClient): JiraSite => ({
    http,
    profile: site.profile,
    url: site.url,
    metadata: createMetadataCache(clock, () => metadataKeepMs),
    ...(site.urlSetting === undefined ? {} : { urlSetting: site.urlSetting }),
    identity: site.identity,
    now: clock,
  });

  /** @throws IntegrationError `jira-credentials` where Atlassian has ended the sign-in */
  async function wayOf({ credentialsOf, place, site }: PersonalConnection): Promise<Way | NotReady> {
    const owner = tokenOwner(place.connectionId);
    const name = tokenName(place);
    try {
      if (credentialsOf !== null) {
        const look = async () => credentialsOf(await secretOf(owner, name));
        return { http: site.as(await connectionSignIn(look, () => secretOf.forget(owner, name), clock)) };
      }
      // Without one the connection was not ready.
      const signIn = await signIns!.open(place);
      return { http: site.through(signIn.cloudId, signIn), ready: signIn.ready };
    } catch (error) {
      if (hasCode(error, 'secret-unreadable')) return { missing: 'secret-gone' };
      throw error;
    }
  }

  const note = ({ id, authType }: PersonalRow, ok: boolean): Promise<void> =>
    dataverse
      .changeSet([
        {
          op: 'update',
          collection: personalTable,
          id,
          columns: {
            crmjira_last_test_ok: ok,
            crmjira_last_test_on: wholeSecond(now().toISOString()),
            crmjira_last_test_reason: ok ? null : refusedBy({ authType }),
          },
        },
      ])
      // Only the indicator of the page says it later: the next call finds the same.
      .catch(() => undefined);

  /** A refusal stands in the person's row, and so does its end: they alone can do something about it. */
  function noting(http: HttpClient, row: PersonalRow): HttpClient {
    let isRefused = row.lastTest?.ok === false;
    const told = async <T>(call: Promise<T>): Promise<T> => {
      try {
        const answer = await call;
        if (isRefused) {
          isRefused = false;
          await note(row, true);
        }
        return answer;
      } catch (error) {
        if (hasCode(error, 'jira-credentials') && !isRefused) {
          isRefused = true;
          await note(row, false);
        }
        throw error;
      }
    };
    return {
      call: (given) => told(http.call(given)),
      find: (given) => told(http.find(given)),
      close: () => http.close(),
    };
  }

  async function clientOf(connection: PersonalConnection): Promise<JiraSite | NotReady> {
    const { row, site } = connection;
    const facts = factsOf(row);
    const known = held.get(row.id);
    if (known?.facts === facts && known.site === site) {
      await known.ready?.();
      return known.client;
    }
    const way = await wayOf(connection);
    if (isMissing(way)) return way;
    await way.ready?.();
    const client = siteAs(site, noting(way.http, row));
    held.set(row.id, { facts, site, client, ready: way.ready });
    return client;
  }

  const forget: PersonalClients['forget'] = ({ id, userId, url }) => {
    held.delete(id);
    if (userId !== null && url !== null) secretOf.forget(tokenOwner(id), tokenName({ connectionId: id, userId, url }));
  };

  const wasJustRefused = ({ lastTest }: PersonalRow): boolean =>
    lastTest !== null &&
    !lastTest.ok &&
    (lastTest.reason === 'refused' || lastTest.reason === 'sign-in-ended') &&
    clock() - Date.parse(lastTest.on) < refusedForMs;

  return {
    of: async (userId) => {
      const rows = await readPersonalRows(dataverse.batched, userId);
      // Somebody may have written two: the one that was changed last counts until the person chooses.
      const row = rows.find((one) => one.isActive && personOf(one) === userId.toLowerCase());
      if (row === undefined) return { missing: 'no-connection' };
      const connection = await stored(row);
      if (isMissing(connection)) return connection;
      if (wasJustRefused(row)) return { missing: 'refused' };
      const client = await clientOf(connection).catch(async (error: unknown) => {
        if (!hasCode(error, 'jira-credentials')) throw error;
        await note(row, false);
        return { missing: 'refused' } as const;
      });
      if ('missing' in client) return client;
      return { client, connectionId: row.id, accountId: row.accountId, integrationId: connection.site.id };
    },
    sites: async () => {
      await jira.refresh();
      return jira.all();
    },
    siteOf,
    test: async (row) => {
      const connection = await stored(row);
      if (isMissing(connection)) return connection;
      const { site } = connection;
      forget(row);
      const began = performance.now();
      const way = await wayOf(connection);
      if (isMissing(way)) return way;
      const hasEnded = row.expiresOn !== null && Date.parse(row.expiresOn) <= clock();
      const found = await way.ready?.().then(
        () => null,
        (error: unknown): PersonTest => {
          const problem = problemOfCall(classifyError(error, 'Atlassian'));
          return {
            problem,
            displayName: null,
            accountId: null,
            email: null,
            projects: null,
            ms: Math.round(performance.now() - began),
          };
        },
      );
      const test = found ?? (await testPerson(siteAs(site, way.http), row.email, hasEnded));
      return test.problem === 'refused' ? { ...test, problem: refusedBy(row) } : test;
    },
    try: (site, credentials, email) => testPerson(siteAs(site, site.as(unchanging(credentials))), email, false),
    trySignIn: (site, cloudId, accessToken) => {
      const http = site.through(cloudId, unchanging({ kind: 'bearer', pat: accessToken }));
      return testPerson(siteAs(site, http), null, false);
    },
    forget,
  };
}
