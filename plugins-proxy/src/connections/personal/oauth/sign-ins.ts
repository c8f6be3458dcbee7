import { randomUUID } from 'node:crypto';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { createBoundedMap } from '../../../platform/bounded-map';
import type { JiraCredentials } from '../../../platform/config/jira-credentials';
import { encryptAtRest } from '../../../platform/secrets/encrypt-at-rest';
import { IntegrationError } from '../../../platform/errors/integration-error';
import type { Renewable } from '../../../platform/secrets/renewable';
import type { Store } from '../../../queue/store/store';
import { encryptedColumns, secretTable } from '../../credentials/secret-rows';
import { readStored, type StoredSecrets } from '../../credentials/stored-secrets';
import { type TokenPlace, tokenName, tokenOwner } from '../personal-secret';
import type { AtlassianServer } from './atlassian-server';
import { readSignIn, signInText, type StoredSignIn } from './stored-sign-in';
import { hasChangedMeanwhile, hasCode } from '../../../platform/errors/has-code';

/** How a person who has signed in with Atlassian is known to Jira. */
export interface SignIn extends Renewable<JiraCredentials> {
  readonly cloudId: string;
  /** Exchanges a token that is about to end. @throws IntegrationError `jira-credentials`: the person must sign in again */
  ready(): Promise<void>;
}

/** Sign-ins of people, renewed by one replica at a time. */
export interface SignIns {
  /** @throws IntegrationError `secret-unreadable` */
  open(place: TokenPlace): Promise<SignIn>;
  /** Tokens in memory, for the logger to cut out; the same array while none has come. */
  known(): readonly string[];
}

export interface SignInsParts {
  readonly dataverse: Pick<DataverseClient, 'changeSet'>;
  readonly stored: StoredSecrets;
  readonly server: Pick<AtlassianServer, 'refresh'>;
  /** Of the store that all replicas share. */
  readonly lease: Store['lease'];
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<unknown>;
}

/** A token that ends within this is exchanged before it is used, in milliseconds. */
const renewBeforeMs = 2 * 60_000;
/** For so long a replica that has died keeps the others from renewing, in milliseconds: longer than the tries of one exchange. */
const leaseMs = 150_000;
/** How often a replica looks whether another one is done, and the milliseconds between. */
const mostLooks = 40;
const lookEveryMs = 250;
/** People whose tokens are cut out of the log: those that were used last. */
const mostKnown = 1_000;

/**
 * Renews sign-ins. Atlassian gives another refresh token with each access token, and the former ends: whoever exchanges it holds the
 * lease of its connection, and stores both before anybody uses them. A replica that comes second finds them there.
 */
export function signIns({ dataverse, stored, server, lease, now, sleep }: SignInsParts): SignIns {
  const renewing = new Map<string, Promise<StoredSignIn>>();
  /** Exchanged, and not stored as Dataverse was away: Atlassian does not take the former token again. By the former one. */
  const unsaved = createBoundedMap<string, StoredSignIn>(mostKnown);
  const secrets = createBoundedMap<string, readonly string[]>(mostKnown);
  let known: readonly string[] = [];

  async function read(place: TokenPlace): Promise<{ readonly signIn: StoredSignIn; readonly version: string }> {
    const { secret, version } = await readStored(stored, tokenOwner(place.connectionId), tokenName(place));
    const signIn = readSignIn(secret);
    if (signIn === null)
      throw new IntegrationError('The connection has no sign-in with Atlassian. The person must sign in again.', {
        code: 'secret-unreadable',
        errorClass: 'configuration',
      });
    tell(place, signIn);
    return { signIn, version };
  }

  /** Before it is used, so that no line of the log has it. */
  function tell({ connectionId }: TokenPlace, { accessToken, refreshToken }: StoredSignIn): void {
    if (secrets.get(connectionId)?.[0] === accessToken) return;
    secrets.set(connectionId, [accessToken, refreshToken]);
    known = [...secrets.entries()].flatMap(([, tokens]) => tokens);
  }

  /** Exchanges the refresh token. Only under the lease. */
  async function exchange(
    place: TokenPlace,
    { signIn, version }: Awaited<ReturnType<typeof read>>,
  ): Promise<StoredSignIn> {
    const former = signIn.refreshToken;
    const renewed = unsaved.get(former) ?? { ...signIn, ...(await server.refresh(former)) };
    unsaved.set(former, renewed);
    tell(place, renewed);
    const name = tokenName(place);
    const context = { owner: tokenOwner(place.connectionId), name };
    const columns = encryptedColumns(encryptAtRest(stored.keyring.current(), context, signInText(renewed)));
    const id = name.replace(/^row:/, '');
    await dataverse.changeSet([{ op: 'update', collection: secretTable, id, columns, ifMatch: version }]);
    unsaved.delete(former);
    return renewed;
  }

  async function renew(place: TokenPlace, refused: string): Promise<StoredSignIn> {
    const name = `atlassian-sign-in.${place.connectionId.toLowerCase()}`;
    const holder = randomUUID();
    for (let looks = 1; looks <= mostLooks; looks += 1) {
      const isOurs = await lease(name, holder, leaseMs);
      try {
        const found = await read(place);
        if (found.signIn.accessToken !== refused) return found.signIn;
        if (isOurs) return await exchange(place, found);
      } catch (error) {
        // The person has signed in anew meanwhile, or the row was encrypted with another key: what is there now is looked at.
        if (!hasChangedMeanwhile(error)) throw error;
      } finally {
        if (isOurs) await lease(name, holder, 0);
      }
      await sleep(lookEveryMs);
    }
    throw new IntegrationError('The sign-in with Atlassian is being renewed by another replica; it is tried again.', {
      code: 'jira-unavailable',
      errorClass: 'transient',
    });
  }

  /** One exchange serves all who wait for it in this process. */
  function renewOnce(place: TokenPlace, refused: string): Promise<StoredSignIn> {
    const key = `${place.connectionId} ${refused}`;
    const under = renewing.get(key) ?? renew(place, refused).finally(() => renewing.delete(key));
    renewing.set(key, under);
    return under;
  }

  return {
    known: () => known,
    open: async (place) => {
      let { signIn: held } = await read(place);
      const current = (): JiraCredentials => ({ kind: 'bearer', pat: held.accessToken });
      const replace = async (refused: string): Promise<void> => {
        if (held.accessToken === refused) held = await renewOnce(place, refused);
      };
      return {
        cloudId: held.cloudId,
        current,
        ready: async () => {
          const left = Date.parse(held.expiresAt) - now().getTime();
          if (left > renewBeforeMs) return;
          await replace(held.accessToken).catch((error: unknown) => {
            // As long as it is good it is used: only that it cannot be renewed for ever ends it at once.
            if (left <= 0 || hasCode(error, 'jira-credentials')) throw error;
          });
        },
        renew: async (refused) => {
          const former = refused.kind === 'bearer' ? refused.pat : '';
          try {
            await replace(former);
          } catch (error) {
            if (hasCode(error, 'jira-credentials')) return false;
            throw error;
          }
          return held.accessToken !== former;
        },
      };
    },
  };
}
