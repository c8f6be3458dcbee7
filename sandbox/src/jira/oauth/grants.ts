import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { AccessRow, GrantRow, UserRow } from '../site/rows';
import type { Site } from '../site/site';

/** An OAuth 2.0 (3LO) app, as its owner has set it up in Atlassian's developer console. */
export interface OAuthApp {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly name: string;
  readonly callbackUrls: readonly string[];
  readonly scopes: readonly string[];
}

/** What somebody has allowed an app. */
export interface Allowed {
  readonly clientId: string;
  readonly userId: string;
  readonly scopes: readonly string[];
  /** Address of the site that they have chosen. */
  readonly siteUrl: string;
}

/** Seconds that an access token lasts. */
export const ACCESS_LIFETIME = 3_600;
/** Milliseconds that a refresh token lasts without being used, and that one lasts still after it was exchanged. */
const refreshLifetime = 90 * 86_400_000;
const reuseInterval = 10 * 60_000;

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Grants of the people of a site, with rotating refresh tokens: each exchange gives another one, and the former is taken for ten minutes
 * more. Source: developer.atlassian.com "Refresh tokens", "OAuth 2.0 (3LO) apps".
 */
export class Grants {
  constructor(private readonly site: Site) {}

  private get now(): number {
    return this.site.options.clock().getTime();
  }

  /** Tokens for what somebody has just allowed. */
  start(allowed: Allowed) {
    return this.issue({ ...allowed, id: randomUUID(), refresh: [], access: [], revokedOn: null });
  }

  /** Exchanges a refresh token of an app; null: unknown, over, of another app, or revoked. */
  refresh(clientId: string, token: string) {
    const digest = digestOf(token);
    const grant = this.site.grants
      .all()
      .find(({ refresh }) => refresh.some((one) => one.digest === digest && one.until > this.now));
    if (!grant || grant.clientId !== clientId || grant.revokedOn !== null) return null;
    const until = this.now + reuseInterval;
    const refresh = grant.refresh.map((one) => ({ ...one, until: Math.min(one.until, until) }));
    return this.issue({ ...grant, refresh });
  }

  /** Whose access token it is and what it is for; null: nobody's, over, or revoked. */
  find(token: string): { readonly user: UserRow; readonly scopes: readonly string[]; readonly siteUrl: string } | null {
    const digest = digestOf(token);
    const grant = this.site.grants
      .all()
      .find(({ access }) => access.some((one) => one.digest === digest && one.until > this.now));
    const user = grant?.revokedOn === null ? this.site.users.get(grant.userId) : undefined;
    return grant && user?.active ? { user, scopes: grant.scopes, siteUrl: grant.siteUrl } : null;
  }

  private issue(grant: GrantRow) {
    const [access, refresh] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];
    const now = this.now;
    const add = (rows: readonly AccessRow[], token: string, lifetime: number): AccessRow[] => [
      ...rows.filter(({ until }) => until > now),
      { digest: digestOf(token), until: now + lifetime },
    ];
    const mayRefresh = grant.scopes.includes('offline_access');
    this.site.grants.put({
      ...grant,
      access: add(grant.access, access, ACCESS_LIFETIME * 1_000),
      refresh: mayRefresh ? add(grant.refresh, refresh, refreshLifetime) : [],
    });
    return {
      access_token: access,
      expires_in: ACCESS_LIFETIME,
      scope: grant.scopes.join(' '),
      token_type: 'Bearer',
      ...(mayRefresh ? { refresh_token: refresh } : {}),
    };
  }
}
