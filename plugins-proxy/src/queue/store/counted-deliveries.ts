import type { StoreStatistics } from './store';

type Deliveries = StoreStatistics['deliveries'];

/** Counters of the deliveries that were stored. A name may go on with `/` and a part that keeps replicas off each other's rows. */
export const countedDeliveries = { accepted: 'deliveries.accepted', ignored: 'deliveries.ignored' } as const;

/** Parts all counters into those of the deliveries and the others. Pure. */
export function partCounters(rows: readonly { readonly name: string; readonly value: number }[]): {
  readonly deliveries: Deliveries;
  readonly counters: Readonly<Record<string, number>>;
} {
  const sum = (counter: string): number =>
    rows.filter(({ name }) => name.split('/')[0] === counter).reduce((total, { value }) => total + value, 0);
  return {
    deliveries: { accepted: sum(countedDeliveries.accepted), ignored: sum(countedDeliveries.ignored) },
    counters: Object.fromEntries(
      rows.filter(({ name }) => !name.startsWith('deliveries.')).map(({ name, value }) => [name, value]),
    ),
  };
}
