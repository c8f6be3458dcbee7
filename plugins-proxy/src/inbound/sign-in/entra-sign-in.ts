import { createHash } from 'node:crypto';
import { jwtVerify } from 'jose';
import { z } from 'zod';
import { askTokenEndpoint } from '../../clients/dataverse/token-endpoint';
import { entraTenant } from '../../platform/config/atlassian-config';
import type { Config } from '../../platform/config/read-config';
import { IntegrationError } from '../../platform/errors/integration-error';
import { agentOf } from '../../platform/http-client/guard-addresses';
import { publishedKeys } from '../authenticate/verify-token';

/** What a sign-in is bound to: both stay with this service and the person's browser. */
export interface EntraBinding {
  readonly state: string;
  readonly nonce: string;
  /** Of PKCE; Entra learns it only with the code. */
  readonly verifier: string;
}

/** Entra, for finding out who sits before a browser. */
export interface EntraSignIn {
  /** `iss` of this tenant. */
  readonly issuer: string;
  authorizeUrl(binding: EntraBinding): string;
  /**
   * Object id of whoever signed in.
   * @throws IntegrationError `dataverse-sign-in` where Entra gives nothing that counts
   */
  redeem(code: string, binding: EntraBinding): Promise<string>;
}

export interface EntraSignInOptions {
  /** As it is now. */
  readonly dataverse: () => Config['dataverse'];
  readonly redirectUri: string;
  readonly timeoutMs: () => number;
  readonly now: () => Date;
}

const answer = z.object({ id_token: z.string().min(1).max(20_000) });
const claims = z.object({ oid: z.guid(), nonce: z.string(), tid: z.guid() });
/** Clocks of Entra and of this machine may differ by this, in seconds. */
const toleranceSeconds = 60;

const unconfirmed = (says: string, cause?: unknown): IntegrationError =>
  new IntegrationError(says, { code: 'dataverse-sign-in', errorClass: 'configuration', cause });

/** Authorization code with PKCE, by the app registration of the service; what counts is the id token alone. */
export function entraSignIn({ dataverse, redirectUri, timeoutMs, now }: EntraSignInOptions): EntraSignIn {
  const tenant = entraTenant(dataverse().tokenUrl);
  const keys = publishedKeys(tenant.keysUrl, 'TOKEN_URL');
  const straight = agentOf(tenant.tokenUrl, 'TOKEN_URL');
  const scope = 'openid profile';
  return {
    issuer: tenant.issuer,
    authorizeUrl: ({ state, nonce, verifier }) => {
      const url = new URL(tenant.authorizeUrl);
      url.search = new URLSearchParams({
        client_id: dataverse().clientId,
        response_type: 'code',
        response_mode: 'query',
        redirect_uri: redirectUri,
        scope,
        state,
        nonce,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      }).toString();
      return url.href;
    },
    redeem: async (code, { nonce, verifier }) => {
      const { clientId, clientSecret } = dataverse();
      const form = {
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier,
        scope,
      };
      const { status, body } = await askTokenEndpoint(
        tenant.tokenUrl,
        { ...form, client_id: clientId, client_secret: clientSecret },
        timeoutMs,
        straight,
      );
      const token = answer.safeParse(body).data?.id_token;
      if (status !== 200 || token === undefined)
        throw unconfirmed(`Entra did not confirm who signed in (${status}). Check the redirect URI ${redirectUri}.`);
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ['RS256'],
        issuer: tenant.issuer,
        audience: clientId,
        requiredClaims: ['exp', 'oid', 'nonce', 'tid'],
        clockTolerance: toleranceSeconds,
        currentDate: now(),
      }).catch((cause: unknown) => {
        throw unconfirmed('The id token of Entra does not count here.', cause);
      });
      const said = claims.safeParse(payload).data;
      if (said === undefined || said.nonce !== nonce)
        throw unconfirmed('The id token of Entra is not of this sign-in.');
      return said.oid.toLowerCase();
    },
  };
}
