import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Config } from '../../platform/config/read-config';
import type { Store } from '../../queue/store/store';
import type { SecretFacts, SecretName } from '../../platform/secrets/collect-secrets';

/** A secret that is given in a variable tells nobody how old it is: the service remembers since when it knows this value. */
const seenRecord = z.object({ salt: z.base64(), digest: z.base64(), since: z.iso.datetime() });
type SeenRecord = z.output<typeof seenRecord>;

const cursorOf = (name: SecretName): string => `secret-seen.${name}`;
const digestBytes = 32;
const derive = promisify<string, Buffer, number, Buffer>(scrypt);

/** Credentials that the service signs in with (R-1218). */
export function signInSecrets({ jira, dataverse, tempo }: Config): ReadonlyMap<SecretName, string> {
  const { credentials } = jira;
  const found = new Map<SecretName, string>([['DATAVERSE_CLIENT_SECRET', dataverse.clientSecret]]);
  if (credentials.kind === 'basic') found.set('JIRA_API_TOKEN', credentials.apiToken);
  if (credentials.kind === 'bearer') found.set('JIRA_PAT', credentials.pat);
  if (credentials.kind === 'password') found.set('JIRA_PASSWORD', credentials.password);
  if (tempo !== null) found.set('TEMPO_TOKEN', tempo.token);
  return found;
}

function parse(record: string | null): SeenRecord | null {
  if (record === null || record === '') return null;
  const parsed = seenRecord.safeParse(JSON.parse(record));
  return parsed.success ? parsed.data : null;
}

/** Slow on purpose: a password of few letters must not be found from its digest in a backup of the store. */
async function isSame(value: string, { salt, digest }: SeenRecord): Promise<boolean> {
  return timingSafeEqual(await derive(value, Buffer.from(salt, 'base64'), digestBytes), Buffer.from(digest, 'base64'));
}

/** Gives the facts with the moment at which a value was seen first, where nothing else tells its age. */
export interface FirstSeen {
  /** Remembers values that are new. @returns the facts as far as they are known then */
  note(facts: readonly SecretFacts[], config: Config): Promise<readonly SecretFacts[]>;
}

/** @param store where it is remembered, for every replica and over restarts */
export function createFirstSeen(store: Pick<Store, 'readCursor' | 'writeCursor'>, now: () => Date): FirstSeen {
  /** What was compared already, so that it is derived once a value and process. */
  const known = new Map<SecretName, { readonly value: string; readonly since: Date }>();

  async function sinceOf(name: SecretName, value: string): Promise<Date> {
    const remembered = known.get(name);
    if (remembered?.value === value) return remembered.since;
    const record = parse(await store.readCursor(cursorOf(name)));
    const since = record !== null && (await isSame(value, record)) ? new Date(record.since) : now();
    if (record === null || since.toISOString() !== record.since) {
      const salt = randomBytes(16);
      const digest = await derive(value, salt, digestBytes);
      const written: SeenRecord = {
        salt: salt.toString('base64'),
        digest: digest.toString('base64'),
        since: since.toISOString(),
      };
      await store.writeCursor(cursorOf(name), JSON.stringify(written));
    }
    known.set(name, { value, since });
    return since;
  }

  return {
    note: async (facts, config) => {
      const values = signInSecrets(config);
      const noted: SecretFacts[] = [];
      // One after the other: each digest takes 16 MB for its length.
      for (const one of facts) {
        const value = values.get(one.name);
        const isAsked = one.since === null && value !== undefined;
        noted.push(isAsked ? { ...one, since: await sinceOf(one.name, value) } : one);
      }
      return noted;
    },
  };
}

/** The facts with what a service has remembered of the values that are in use now; nothing is written (F-205). */
export async function recallFirstSeen(
  store: Pick<Store, 'readCursor'>,
  facts: readonly SecretFacts[],
  config: Config,
): Promise<readonly SecretFacts[]> {
  const values = signInSecrets(config);
  const recalled: SecretFacts[] = [];
  for (const one of facts) {
    const value = one.since === null ? values.get(one.name) : undefined;
    const record = value === undefined ? null : parse(await store.readCursor(cursorOf(one.name)));
    const isKnown = value !== undefined && record !== null && (await isSame(value, record));
    recalled.push(isKnown ? { ...one, since: new Date(record.since) } : one);
  }
  return recalled;
}
