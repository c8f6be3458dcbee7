import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** An item of the inventory; what it costs is text there, as in many older services. */
export interface Item {
  readonly code: string;
  readonly label: string;
  readonly price: { readonly amount: string };
  readonly onHand: number;
  readonly changedOn: string;
}

export const priorities = ['High', 'Normal', 'Low'] as const;
export const progressSteps = ['Received', 'Planned', 'On site', 'Done'] as const;

export interface WorkOrder {
  readonly number: string;
  readonly caseNumber: string;
  readonly subject: string;
  readonly priority: (typeof priorities)[number];
  readonly progress: (typeof progressSteps)[number];
  /** Moment at which somebody comes; null: not agreed yet. */
  readonly appointment: string | null;
  readonly changedOn: string;
}

export interface Held {
  readonly items: readonly Item[];
  readonly orders: readonly WorkOrder[];
}

/** Records of one kind, by their identifier. */
export interface Records<T> {
  all(): readonly T[];
  /** Those that have changed since a moment, or then. */
  since(moment: Date): readonly T[];
  get(id: string): T | undefined;
  /** Writes a record as it is now; when it changed is noted here. */
  put(record: Omit<T, 'changedOn'>): void;
  remove(id: string): void;
}

export interface Kept {
  readonly items: Records<Item>;
  readonly orders: Records<WorkOrder>;
}

/**
 * What both services hold.
 * @param file JSON, or `:memory:` @param seed what they hold from the start
 */
export function keep(file: string, seed: (now: Date) => Held, clock: () => Date): Kept {
  const isKept = file !== ':memory:' && existsSync(file);
  const held = isKept ? (JSON.parse(readFileSync(file, 'utf8')) as Held) : seed(clock());
  const items = new Map(held.items.map((item) => [item.code, item]));
  const orders = new Map(held.orders.map((order) => [order.number, order]));
  const save = (): void => {
    if (file === ':memory:') return;
    writeFileSync(`${file}.new`, JSON.stringify({ items: [...items.values()], orders: [...orders.values()] }));
    renameSync(`${file}.new`, file);
  };
  const recordsOf = <T extends { readonly changedOn: string }>(
    map: Map<string, T>,
    idOf: (record: Omit<T, 'changedOn'>) => string,
  ): Records<T> => ({
    all: () => [...map.values()],
    since: (moment) => [...map.values()].filter(({ changedOn }) => Date.parse(changedOn) >= moment.getTime()),
    get: (id) => map.get(id),
    put: (record) => {
      // With the moment it is a whole record again.
      map.set(idOf(record), { ...record, changedOn: clock().toISOString() } as unknown as T);
      save();
    },
    remove: (id) => {
      map.delete(id);
      save();
    },
  });
  return {
    items: recordsOf(items, ({ code }) => code),
    orders: recordsOf(orders, ({ number }) => number),
  };
}
