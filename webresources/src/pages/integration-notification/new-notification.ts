import type { EnteredIntegration, Language } from '@crmjira/domain';

/** What the form of a new target begins with. Deliveries go out as things happen: there is no schedule. */
export const newNotification = (language: Language): EnteredIntegration => ({
  provider: 'notification',
  name: '',
  settings: { adapter: 'teams', url: '', events: [], language },
  everyMinutes: null,
  batchSize: 100,
  mappings: [],
});

/** Scheme and host of a webhook's address, which is all of it that is not secret; empty where it is none. Pure. */
export function originOf(address: string): string {
  const url = URL.parse(address.trim());
  return url === null || !/^https?:$/.test(url.protocol) ? '' : url.origin;
}

/** Bytes of a signing secret, as Standard Webhooks recommends. */
const BYTES = 32;

/** A signing secret that nobody can guess, in the form that libraries of Standard Webhooks take. */
export const newSigningSecret = (): string =>
  `whsec_${btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(BYTES))))}`;
