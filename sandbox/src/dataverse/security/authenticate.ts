import { createLocalJWKSet, errors, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose';
import { DataverseError, errorCode } from '../errors';
import { isGuid } from '../guid';
import type { Store } from '../store/store';
import { textOf, type Row } from '../store/row';
import { hasPrivilege, missingPrivilege } from './access';
import type { Caller } from './caller';
import type { Callers } from './read-caller';

/** What the stand-in must know of the token issuer; the object `createEntra` answers fits as it is. */
export interface TokenIssuer {
  readonly issuer: string | readonly string[];
  /** Accepted `aud` values; the public URL with and without trailing slash when left out. */
  readonly audiences?: readonly string[];
  readonly jwks: JSONWebKeySet | (() => JSONWebKeySet);
}

export interface AuthenticateOptions {
  readonly store: Store;
  readonly callers: Callers;
  readonly entra: TokenIssuer;
  readonly publicUrl: string;
  readonly tenantId: string;
  readonly clock: () => Date;
}

type Headers = Readonly<Record<string, string | undefined>>;

/** Verifies the bearer token and finds the member of the organisation behind it, or behind whom they stand. */
export class Authenticator {
  private readonly verified = new Map<string, { payload: JWTPayload; until: number }>();
  /** Whom a token was for, until something changes about users. */
  private readonly members = new WeakMap<JWTPayload, { readonly user: Row; readonly revision: number }>();

  constructor(private readonly options: AuthenticateOptions) {}

  /** @throws DataverseError 401 without a valid token, 403 for strangers, disabled users and refused impersonation. */
  async caller(headers: Headers): Promise<Caller> {
    const payload = await this.payload(headers.authorization);
    const caller = this.member(payload);
    return this.impersonated(caller, headers);
  }

  private async payload(header: string | undefined): Promise<JWTPayload> {
    const token = /^Bearer\s+(\S+)$/i.exec(header ?? '')?.[1];
    if (!token) throw this.unauthorized();
    const now = this.options.clock().getTime();
    const known = this.verified.get(token);
    if (known && known.until > now) return known.payload;
    const { entra, publicUrl } = this.options;
    const keys = typeof entra.jwks === 'function' ? entra.jwks() : entra.jwks;
    const origin = publicUrl.replace(/\/$/, '');
    const local = origin.replace('//localhost', '//127.0.0.1');
    try {
      const { payload } = await jwtVerify(token, createLocalJWKSet(keys), {
        issuer: typeof entra.issuer === 'string' ? entra.issuer : [...entra.issuer],
        audience: [...(entra.audiences ?? [origin, `${origin}/`, local, `${local}/`])],
        requiredClaims: ['exp'],
        currentDate: this.options.clock(),
      });
      if (this.verified.size > 500) this.verified.clear();
      this.verified.set(token, { payload, until: (payload.exp ?? 0) * 1000 });
      return payload;
    } catch (error) {
      if (error instanceof errors.JOSEError) throw this.unauthorized(error);
      throw error;
    }
  }

  private unauthorized(cause?: Error): DataverseError {
    const { publicUrl, tenantId } = this.options;
    const reason = cause ? `, error=invalid_token, error_description=${cause.message.replace(/[",\r\n]/g, ' ')}` : '';
    return new DataverseError(
      401,
      errorCode.unknown,
      'Unauthorized: Access is denied due to invalid credentials.',
      {
        'www-authenticate': `Bearer authorization_uri=${publicUrl}/${tenantId}/oauth2/authorize, resource_id=${publicUrl}/${reason}`,
      },
      { cause },
    );
  }

  private member(payload: JWTPayload): Caller {
    const { store, callers } = this.options;
    const revision = store.securityRevision;
    const known = this.members.get(payload);
    const user =
      known?.revision === revision ? known.user : [...store.all('systemuser')].find((row) => matches(row, payload));
    if (user) this.members.set(payload, { user, revision });
    if (!user) throw new DataverseError(403, errorCode.notMember, 'The user is not a member of the organization.');
    if (user.isdisabled === true) {
      throw new DataverseError(
        403,
        errorCode.userDisabled,
        `The specified user(Id = ${String(user.systemuserid)}) is disabled. Consider enabling this user. Additional Details: {UserIsDisabled}`,
      );
    }
    return callers.of(String(user.systemuserid));
  }

  private impersonated(caller: Caller, headers: Headers): Caller {
    const byObject = headers.callerobjectid;
    const byId = headers.mscrmcallerid;
    const wanted = (byObject ?? byId)?.trim().toLowerCase();
    if (!wanted) return caller;
    const { store, callers } = this.options;
    const user = [...store.all('systemuser')].find((row) =>
      byObject === undefined ? row.systemuserid === wanted : row.azureactivedirectoryobjectid === wanted,
    );
    if (!isGuid(wanted) || !user) {
      const id = byObject === undefined ? 'systemuserid' : 'azureactivedirectoryobjectid';
      throw new DataverseError(403, '0x80041d1f', `Invalid user auth. No systemuser has ${id} ${wanted}.`);
    }
    if (!hasPrivilege(caller, 'prvActOnBehalfOfAnotherUser'))
      throw missingPrivilege(caller, 'prvActOnBehalfOfAnotherUser');
    return { ...callers.of(String(user.systemuserid)), initiatingUserId: caller.userId };
  }
}

/** Application users are found by `appid`, people by `oid` and, while that is not yet known, by their user name. */
function matches(row: Row, payload: JWTPayload): boolean {
  const application = lower(payload.appid) ?? lower(payload.azp);
  const name = lower(payload.upn) ?? lower(payload.preferred_username) ?? lower(payload.unique_name);
  if (name === null) return application !== null && textOf(row, 'applicationid') === application;
  if (textOf(row, 'applicationid') !== null) return false;
  const object = lower(payload.oid);
  return (
    (object !== null && textOf(row, 'azureactivedirectoryobjectid') === object) ||
    textOf(row, 'domainname')?.toLowerCase() === name
  );
}

const lower = (claim: unknown): string | null => (typeof claim === 'string' ? claim.toLowerCase() : null);
