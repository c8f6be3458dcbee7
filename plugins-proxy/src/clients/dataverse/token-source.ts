import { z } from 'zod';
import { IntegrationError } from '../../platform/errors/integration-error';
import type { Current } from '../../platform/http-client/current';
import { agentOf } from '../../platform/http-client/guard-addresses';
import { readRetryAfter } from '../../platform/http-client/read-retry-after';
import { type RetryClock, realRetryClock, withRetries } from '../../platform/http-client/with-retries';
import { type Renewable, unchanging } from '../../platform/secrets/renewable';
import { inSpan } from '../../platform/tracing/spans';
import type { Config } from '../../platform/config/read-config';
import { NoSignIn } from './no-sign-in';
import { signInRemedy } from './sign-in-refusal';
import { askTokenEndpoint } from './token-endpoint';

const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });
const refusal = z.object({ error: z.string().optional(), error_description: z.string().optional() });

/** A new token is fetched this long before the old one ends, in milliseconds: clocks differ, calls take time. */
const renewBeforeMs = 5 * 60_000;

/** Gives access tokens; fetches one only when the last is about to end. */
export interface TokenSource {
  token(): Promise<string>;
  /** Forgets the token, after Dataverse refused it. */
  drop(): void;
}

/** An answer that no sign-in service gives, and nobody knows for how long. */
const noSignIn = (status: number): NoSignIn =>
  new NoSignIn(
    'The sign-in service gave neither a token nor a reason: a web page or a proxy stands before it. Check TOKEN_URL and the network.',
    { code: 'dataverse-sign-in', errorClass: 'configuration', status },
  );

/**
 * Tokens for Dataverse by client credentials (the application user).
 * @param now clock, so that expiry can be tested
 * @param secret looked up anew, once, when the sign-in service refuses it (R-1218)
 * @param clock pauses between the tries of one sign-in, which all who wait for a token share
 */
export function createTokenSource(
  config: Config['dataverse'],
  timeoutMs: Current<number>,
  now: () => number = Date.now,
  secret: Renewable<string> = unchanging(config.clientSecret),
  clock: RetryClock = realRetryClock,
): TokenSource {
  let known: { readonly token: string; readonly renewAt: number } | null = null;
  let pending: Promise<string> | null = null;
  const straight = agentOf(config.tokenUrl, 'TOKEN_URL');

  async function fetchToken(clientSecret: string): Promise<string> {
    const { status, headers, body } = await askTokenEndpoint(
      config.tokenUrl,
      {
        grant_type: 'client_credentials',
        client_id: config.clientId,
        client_secret: clientSecret,
        scope: `${config.url}/.default`,
      },
      timeoutMs,
      straight,
    );
    if (status === 200) {
      const { data: answer } = tokenAnswer.safeParse(body);
      if (answer === undefined) throw noSignIn(status);
      const lifetimeMs = answer.expires_in * 1_000;
      known = { token: answer.access_token, renewAt: now() + Math.max(lifetimeMs - renewBeforeMs, lifetimeMs / 2) };
      return answer.access_token;
    }
    const transient = status >= 500 || status === 429;
    const said = refusal.catch({}).parse(body);
    if (!transient && said.error === undefined) throw noSignIn(status);
    // AADSTS code only: the rest of the description repeats identifiers and time stamps.
    const code = /AADSTS\d+/.exec(said.error_description ?? '')?.[0];
    const retryAfterMs = readRetryAfter(headers, now());
    throw new IntegrationError(
      transient
        ? `The sign-in service is not available (${status}); it is tried again.`
        : `The sign-in service refuses the application user${code === undefined ? '' : ` (${code})`}. ${signInRemedy(code)}`,
      {
        // Nobody's credentials were refused by a sign-in service that is away: it is waited for as Dataverse is (F-206).
        code: transient ? 'dataverse-unavailable' : 'dataverse-sign-in',
        errorClass: transient ? 'transient' : 'configuration',
        status,
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      },
    );
  }

  async function signIn(): Promise<string> {
    const clientSecret = secret.current();
    try {
      return await inSpan('token POST', {}, () => fetchToken(clientSecret), 'outgoing');
    } catch (error) {
      const refused =
        error instanceof IntegrationError && error.errorClass === 'configuration' && !(error instanceof NoSignIn);
      if (!refused || !(await secret.renew(clientSecret))) throw error;
      return inSpan('token POST', {}, () => fetchToken(secret.current()), 'outgoing');
    }
  }

  return {
    token: () => {
      if (known !== null && now() < known.renewAt) return Promise.resolve(known.token);
      pending ??= withRetries(signIn, true, clock).finally(() => {
        pending = null;
      });
      return pending;
    },
    drop: () => {
      known = null;
    },
  };
}
