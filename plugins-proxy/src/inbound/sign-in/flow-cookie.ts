import { z } from 'zod';
import { tickets, ticketLastsMs, wish } from '../../connections/personal/oauth/sealed-ticket';
import type { Keyring } from '../../platform/secrets/service-keys';

/** How far a browser has come: what it must bring back, and for whom. It carries it itself, encrypted. */
export const flow = z.discriminatedUnion('at', [
  z.object({ at: z.literal('entra'), wish, state: z.string(), nonce: z.string(), verifier: z.string() }),
  z.object({ at: z.literal('atlassian'), wish, state: z.string() }),
]);
export type Flow = z.output<typeof flow>;

/** The cookie that binds a sign-in to one browser. Over https no other host, and no page by plain http, can set it. */
export function flowCookie(keyring: Pick<Keyring, 'current' | 'find'>, publicUrl: string, now: () => Date) {
  const isSecure = publicUrl.startsWith('https:');
  const name = isSecure ? '__Host-crmjira-sign-in' : 'crmjira-sign-in';
  // Lax: the browser comes back from another site by following an address.
  const attributes = `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  const sealed = tickets(keyring, 'browser', flow, now);
  return {
    write: (content: Flow): string =>
      `${name}=${sealed.make(content)}; Max-Age=${ticketLastsMs / 1_000}; ${attributes}`,
    end: `${name}=; Max-Age=0; ${attributes}`,
    /** null: none that counts. Of several, as a neighbour under the same domain could add one, none does. */
    read: async (header: string | undefined): Promise<Flow | null> => {
      const values = (header ?? '')
        .split(';')
        .map((pair) => pair.trim())
        .filter((pair) => pair.startsWith(`${name}=`))
        .map((pair) => pair.slice(name.length + 1));
      const [value] = values;
      return value === undefined || values.length > 1 ? null : ((await sealed.read(value))?.content ?? null);
    },
  };
}
