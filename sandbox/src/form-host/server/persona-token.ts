import { request } from 'undici';
import { z } from 'zod';
import { personaPassword } from './personas';

const tokenAnswer = z.object({ access_token: z.string(), expires_in: z.coerce.number() });

/** Seconds before its end at which a token is asked for anew. */
const renewBefore = 60;

export interface TokenOptions {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** ends in `/.default` */
  readonly scope: string;
}

/** Tokens of people, by the password grant of the Entra stand-in; each is kept until shortly before its end. */
export function createPersonaTokens(options: TokenOptions) {
  const kept = new Map<string, { token: string; until: number }>();

  return async function tokenFor(userName: string): Promise<string> {
    const known = kept.get(userName);
    if (known && known.until > Date.now()) return known.token;
    const answer = await request(options.tokenUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'password',
        username: userName,
        password: personaPassword,
        client_id: options.clientId,
        client_secret: options.clientSecret,
        scope: options.scope,
      }).toString(),
    });
    const body: unknown = await answer.body.json();
    if (answer.statusCode !== 200) throw new SignInError(userName, answer.statusCode);
    const { access_token: token, expires_in: seconds } = tokenAnswer.parse(body);
    kept.set(userName, { token, until: Date.now() + (seconds - renewBefore) * 1000 });
    return token;
  };
}

export class SignInError extends Error {
  readonly code = 'SIGN_IN';
  constructor(userName: string, status: number) {
    super(`Signing in as ${userName} was refused by the token endpoint (${status}).`);
  }
}
