import { createHash, timingSafeEqual } from 'node:crypto';
import type { Edition, UserRow } from './site/rows';
import type { Site } from './site/site';

/** How somebody signs in: with the address and the API token to Cloud, with the personal access token to Data Center. */
export interface Credential {
  readonly email: string;
  readonly apiToken?: string;
  readonly pat?: string;
}

export interface Caller {
  readonly edition: Edition;
  /** null: anonymous, or credentials that are wrong, which Cloud treats alike */
  readonly user: UserRow | null;
  readonly failed: boolean;
  /** their credentials are right, but they have to solve a CAPTCHA first */
  readonly challenged?: boolean;
}

const digest = (text: string) => createHash('sha256').update(text).digest();
const same = (left: string, right: string) => timingSafeEqual(digest(left), digest(right));

interface Doors {
  /** who may sign in */
  readonly credentials: readonly Credential[];
  /** the one edition of the site; left out: both are there */
  readonly edition?: Edition;
}

/** Reads who calls from the Authorization header; the scheme decides which edition answers, where the site is not of one. */
export function authenticate(site: Site, { credentials, edition }: Doors, authorization: string | undefined): Caller {
  const caller = callerOf(site, credentials, authorization);
  if (edition === undefined || caller.edition === edition) return caller;
  return { edition, user: null, failed: authorization !== undefined };
}

function callerOf(site: Site, credentials: readonly Credential[], authorization: string | undefined): Caller {
  const [scheme = '', value = ''] = (authorization ?? '').split(/\s+/, 2);
  const find = (email: string | undefined) =>
    site.users.all().find((user) => user.email === email?.toLowerCase()) ?? null;
  const signedIn = (edition: Edition, user: UserRow | null): Caller =>
    user?.challenged
      ? { edition, user: null, failed: true, challenged: true }
      : { edition, user, failed: user === null };
  if (/^bearer$/i.test(scheme)) {
    const match = credentials.find(({ pat }) => pat !== undefined && same(pat, value));
    return signedIn('dc', match ? find(match.email) : site.tokenOwner('dc', value));
  }
  if (/^basic$/i.test(scheme)) {
    const text = Buffer.from(value, 'base64').toString('utf8');
    const colon = text.indexOf(':');
    const [email, token] = [text.slice(0, colon).toLowerCase(), text.slice(colon + 1)];
    const match = credentials.find(
      (row) => row.email.toLowerCase() === email && row.apiToken !== undefined && same(row.apiToken, token),
    );
    return signedIn('cloud', match ? find(match.email) : site.tokenOwner('cloud', token, email));
  }
  return { edition: 'cloud', user: null, failed: false };
}
