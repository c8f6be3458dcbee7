import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { decryptAtRest, encryptAtRest } from '../../../platform/secrets/encrypt-at-rest';
import type { Keyring } from '../../../platform/secrets/service-keys';

/** For so long a person may take for each half of a sign-in, in milliseconds. */
export const ticketLastsMs = 10 * 60_000;

/** What a person has asked for by command: whose connection to which site is to be signed in. */
export const wish = z.object({
  userId: z.guid(),
  connectionId: z.guid(),
  integrationId: z.guid(),
  /** null: as it was */
  inbound: z.boolean().nullable(),
  language: z.literal([1033, 3084]),
});
export type Wish = z.output<typeof wish>;

const envelope = z.object({ id: z.guid(), until: z.number(), content: z.unknown() });

/** Something that the service has given a browser and reads again later. */
export interface Ticket<Content> {
  /** By which it is known as used. */
  readonly id: string;
  readonly content: Content;
}

/** Tickets that a command gives and the start of a sign-in takes. */
export const startTickets = (keyring: Pick<Keyring, 'current' | 'find'>, now: () => Date) =>
  tickets(keyring, 'start', wish, now);

/** Where a person's browser begins. The ticket opens nothing by itself: whoever brings it must sign in as its person. */
export const signInUrlAt = (publicUrl: string, ticket: string): string =>
  `${publicUrl}/oauth/atlassian/start?${new URLSearchParams({ ticket }).toString()}`;

/** Longest one that is read, in characters. */
export const longestTicket = 4_000;
const form = /^([0-9a-f]{32})\.([\w-]{16})\.([\w-]+)$/;

/**
 * Tickets that only this service can make and read: encrypted under its key and for one purpose, so that none passes for another. Nothing
 * is kept of them but that they were used.
 */
export function tickets<Schema extends z.ZodType>(
  keyring: Pick<Keyring, 'current' | 'find'>,
  purpose: string,
  schema: Schema,
  now: () => Date,
) {
  const context = { owner: 'sign-in with Atlassian', name: purpose };
  return {
    make(content: z.output<Schema>): string {
      const text = JSON.stringify({ id: randomUUID(), until: now().getTime() + ticketLastsMs, content });
      const { keyId, nonce, ciphertext } = encryptAtRest(keyring.current(), context, text);
      return [keyId, nonce, ciphertext].join('.');
    },
    /** null: not one of these, or its time is over. */
    async read(text: string): Promise<Ticket<z.output<Schema>> | null> {
      if (text.length > longestTicket) return null;
      const [, keyId, nonce, ciphertext] = form.exec(text) ?? [];
      if (keyId === undefined || nonce === undefined || ciphertext === undefined) return null;
      const key = await keyring.find(keyId);
      const opened = key === null ? null : decryptAtRest(key, context, { keyId, nonce, ciphertext });
      if (opened === null) return null;
      const { id, until, content } = envelope.parse(JSON.parse(opened));
      return now().getTime() >= until ? null : { id, content: schema.parse(content) };
    },
  };
}
