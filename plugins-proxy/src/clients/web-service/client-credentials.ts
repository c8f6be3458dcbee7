import { z } from 'zod';
import type { ServiceConnection } from './service-connection';
import { ServiceError } from './service-error';

/** What a service of tokens is asked with (RFC 6749, 4.4). */
export interface ClientCredentials {
  readonly path: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: string;
  readonly clientAuthentication: 'header' | 'body';
}

const granted = z.object({
  access_token: z
    .string()
    .min(1)
    .max(16_000)
    .regex(/^[\u0021-\u007e]+$/),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z.coerce.number().positive().default(300),
});
const refused = z.object({ error: z.string().regex(/^[a-z_]{1,50}$/) });

/** RFC 6749, 2.3.1. */
const formEncoded = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1);

/** A token is asked for anew this long before it ends, in milliseconds. */
const early = 30_000;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** Tokens of OAuth 2.0 for this service itself, each kept as long as it is good. */
export function clientCredentials(
  connection: ServiceConnection,
  { path, clientId, clientSecret, scope, clientAuthentication }: ClientCredentials,
  now: () => number,
) {
  let known: { readonly token: string; readonly until: number } | null = null;
  const inHeader = clientAuthentication === 'header';
  const pair = Buffer.from(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`).toString('base64');

  async function ask(): Promise<string> {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      ...(scope === '' ? {} : { scope }),
      ...(inHeader ? {} : { client_id: clientId, client_secret: clientSecret }),
    });
    const { status, text } = await connection.send({
      method: 'POST',
      path,
      headers: {
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
        ...(inHeader ? { authorization: `Basic ${pair}` } : {}),
      },
      body: form.toString(),
    });
    const { host } = new URL(connection.origin);
    if (status >= 500 || status === 429)
      throw new ServiceError(status === 429 ? 'rate-limit' : 'unavailable', {
        product: host,
        host,
        status: String(status),
      });
    const body = parsed(text);
    if (status >= 400)
      throw new ServiceError('service-token-refused', {
        host,
        status: String(status),
        error: refused.safeParse(body).data?.error ?? String(status),
      });
    const grant = granted.safeParse(body);
    if (status >= 300 || !grant.success)
      throw new ServiceError('service-token-unreadable', { host, status: String(status) });
    known = { token: grant.data.access_token, until: now() + grant.data.expires_in * 1000 - early };
    return known.token;
  }

  return {
    /** @throws ServiceError */
    token: async (): Promise<string> => (known !== null && now() < known.until ? known.token : ask()),
    /** What was given is refused by the service: the next one is asked for anew. */
    forget: (): void => {
      known = null;
    },
  };
}
