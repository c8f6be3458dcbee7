import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Directory, EntraApp, EntraUser } from './directory';
import { TokenError } from './token-error';

const asked = z.object({
  client_id: z.string(),
  response_type: z.literal('code'),
  redirect_uri: z.string(),
  scope: z.string().min(1),
  state: z.string().default(''),
  nonce: z.string().optional(),
  code_challenge: z.string().optional(),
  code_challenge_method: z.enum(['plain', 'S256']).default('plain'),
  prompt: z.string().default(''),
});

/** A request to sign somebody in, whose application and address to go back to are known. */
export type SignInRequest = z.output<typeof asked>;

/** What a code stands for. */
export interface RedeemedCode {
  readonly user: EntraUser;
  readonly nonce: string | undefined;
}

/** Milliseconds that a code lasts. */
const codeLifetime = 10 * 60_000;

const challengeOf = (verifier: string, method: SignInRequest['code_challenge_method']): string =>
  method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url');

/** The authorization code flow with PKCE. Source: learn.microsoft.com "OAuth 2.0 authorization code flow". */
export function codeFlow(directory: Directory, clock: () => Date) {
  const codes = new Map<string, { request: SignInRequest; user: EntraUser; until: number; redeemed: boolean }>();
  const now = (): number => clock().getTime();
  return {
    /** @throws TokenError for what Entra tells on a page of its own: it does not go back to an address that is not registered */
    read(fields: unknown): SignInRequest {
      const request = asked.safeParse(fields);
      if (!request.success) throw new TokenError(900144, request.error.issues[0]?.path.join('.') ?? '');
      const { client_id: clientId, redirect_uri: address } = request.data;
      const app = directory.apps.find((one) => one.clientId === clientId.toLowerCase());
      if (!app) throw new TokenError(700016, clientId, directory.tenantId);
      if (!app.redirectUris?.includes(address)) throw new TokenError(50011, address, clientId);
      return request.data;
    },
    /** The address that the browser goes back to, with a code for whoever signed in. */
    answer(request: SignInRequest, user: EntraUser): string {
      const code = randomBytes(48).toString('base64url');
      codes.set(code, { request, user, until: now() + codeLifetime, redeemed: false });
      const url = new URL(request.redirect_uri);
      url.searchParams.set('code', code);
      if (request.state !== '') url.searchParams.set('state', request.state);
      url.searchParams.set('session_state', randomBytes(16).toString('hex'));
      return url.href;
    },
    /** @throws TokenError */
    redeem(form: URLSearchParams, app: EntraApp): RedeemedCode {
      const parameter = (name: string): string => {
        const value = form.get(name);
        if (!value) throw new TokenError(900144, name);
        return value;
      };
      const held = codes.get(parameter('code'));
      if (!held || held.request.client_id.toLowerCase() !== app.clientId) throw new TokenError(9002313);
      if (held.redeemed) throw new TokenError(54005);
      if (held.until <= now()) throw new TokenError(70008);
      if (parameter('redirect_uri') !== held.request.redirect_uri) throw new TokenError(500112);
      const { code_challenge: challenge, code_challenge_method: method, nonce } = held.request;
      if (challenge !== undefined && challengeOf(parameter('code_verifier'), method) !== challenge)
        throw new TokenError(501481);
      held.redeemed = true;
      return { user: held.user, nonce };
    },
  };
}

export type CodeFlow = ReturnType<typeof codeFlow>;
