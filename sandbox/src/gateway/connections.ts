import { z } from 'zod';

/** A connection through the gateway was asked for that the platform does not offer. */
export class ConnectionRefused extends Error {
  static readonly code = 'CONNECTION_REFUSED';
  readonly code = ConnectionRefused.code;
}

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** What a person fills in when they make a connection of the custom connector. */
const connectionShape = z.object({
  /** Address as the gateway sees it. */
  target: z
    .url({ protocol: /^https?$/, error: 'an http or https address' })
    .refine((address) => loopback.test(new URL(address).hostname), 'an address of this machine'),
  authentication: z.discriminatedUnion(
    'kind',
    [
      z.object({ kind: z.literal('none') }),
      z.object({ kind: z.literal('basic'), user: z.string().min(1), password: z.string().min(1) }),
    ],
    'none or basic: through the gateway neither a bearer token nor an API key can be sent (R-903)',
  ),
  /** Certificate authorities of the target, PEM; those of the platform when left out. */
  ca: z.string().optional(),
});

export type ConnectionRequest = z.input<typeof connectionShape>;

/** A connection with what the gateway adds to its requests. */
export interface Connection {
  readonly target: string;
  readonly ca: string | undefined;
  /** null: nothing is added */
  readonly authorization: string | null;
}

/** @throws ConnectionRefused naming what cannot be had and what can */
export function makeConnection(asked: unknown): Connection {
  const parsed = connectionShape.safeParse(asked);
  if (!parsed.success) {
    const words = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: expected ${message}`);
    throw new ConnectionRefused(words.join('; '));
  }
  const { target, authentication, ca } = parsed.data;
  const credentials = authentication.kind === 'basic' ? `${authentication.user}:${authentication.password}` : null;
  return {
    target: target.replace(/\/+$/, ''),
    ca,
    authorization: credentials === null ? null : `Basic ${Buffer.from(credentials).toString('base64')}`,
  };
}
