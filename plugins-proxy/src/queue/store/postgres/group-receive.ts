import type { Delivery } from '../store';

export type Received = 'stored' | 'duplicate';

interface Waiting {
  readonly delivery: Delivery;
  readonly resolve: (received: Received) => void;
  readonly reject: (reason: unknown) => void;
}

/** Deliveries in one statement at most: beyond it, waiting for the next one costs less than a longer statement. */
const mostTogether = 200;

/**
 * Collects deliveries until the previous statement has been committed, then stores them together, so that they share one round trip
 * and one fsync. No timer: with one sender nothing is delayed. Where a group fails, each is repeated alone, so that only the one at
 * fault is refused.
 * @param store commits deliveries of different ids; gives the ids that were not there before
 */
export function groupReceive(
  store: (deliveries: readonly Delivery[]) => Promise<ReadonlySet<string>>,
): (delivery: Delivery) => Promise<Received> {
  let waiting: Waiting[] = [];
  let storing = false;

  const tell = async (group: readonly Waiting[]): Promise<void> => {
    // The same delivery twice at one time: one of them is stored, the others are repeats of it.
    const first = new Map<string, Waiting>();
    for (const entry of group) if (!first.has(entry.delivery.id)) first.set(entry.delivery.id, entry);
    const added = await store([...first.values()].map(({ delivery }) => delivery));
    for (const entry of group) {
      const { id } = entry.delivery;
      entry.resolve(first.get(id) === entry && added.has(id) ? 'stored' : 'duplicate');
    }
  };

  const storeAll = async (): Promise<void> => {
    storing = true;
    while (waiting.length > 0) {
      const group = waiting.slice(0, mostTogether);
      waiting = waiting.slice(mostTogether);
      try {
        await tell(group);
      } catch (error) {
        if (group.length === 1) group[0]?.reject(error);
        else await Promise.all(group.map((entry) => tell([entry]).catch(entry.reject)));
      }
    }
    storing = false;
  };

  return (delivery) =>
    new Promise((resolve, reject) => {
      waiting.push({ delivery, resolve, reject });
      // Everything else that came in this turn of the event loop joins the first group.
      if (!storing) {
        storing = true;
        setImmediate(() => void storeAll());
      }
    });
}
