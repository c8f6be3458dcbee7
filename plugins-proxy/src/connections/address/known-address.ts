import type { SiteIdentity } from '../../clients/jira/jira-site';
import type { Store } from '../../queue/store/store';
import type { AddressKnowledge } from './judge-address';

/** Value: the address that last answered as Jira. */
export const knownAddressMark = 'jira-address';

/**
 * Remembers beyond a restart which address has answered as Jira: a service that starts anew during an outage must not take the address
 * for a wrong one.
 */
export function cacheAddress(store: Pick<Store, 'readCursor' | 'writeCursor'>, url: string, identity: SiteIdentity) {
  let kept = false;
  const knowledge: AddressKnowledge = {
    ask: identity.ask,
    isKnown: async () => identity.hasAnswered() || (await store.readCursor(knownAddressMark)) === url,
  };
  return {
    ...knowledge,
    /** Keeps what is known, once. */
    keep: async (): Promise<void> => {
      if (kept || !identity.hasAnswered()) return;
      await store.writeCursor(knownAddressMark, url);
      kept = true;
    },
  };
}
