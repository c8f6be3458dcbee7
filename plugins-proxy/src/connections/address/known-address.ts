import type { Store } from '../../queue/store/store';
import type { JiraConnection } from '../jira/jira-connection';
import type { AddressKnowledge } from './judge-address';

/** Value: the address of the connection that last answered as Jira. */
const cursorOf = (connectionId: string): string => `jira-address/${connectionId}`;

/**
 * Remembers beyond a restart which address has answered as Jira: a service that starts anew during an outage must not take the address
 * for a wrong one.
 */
export function cacheAddress(
  store: Pick<Store, 'readCursor' | 'writeCursor'>,
  { id, site: { url, identity } }: Pick<JiraConnection, 'id' | 'site'>,
) {
  let kept = false;
  const knowledge: AddressKnowledge = {
    ask: identity.ask,
    isKnown: async () => identity.hasAnswered() || (await store.readCursor(cursorOf(id))) === url,
  };
  return {
    ...knowledge,
    /** Keeps what is known, once. */
    keep: async (): Promise<void> => {
      if (kept || !identity.hasAnswered()) return;
      await store.writeCursor(cursorOf(id), url);
      kept = true;
    },
  };
}
