import type { Notification, NotificationEvent } from '@crmjira/domain';
import type { z } from 'zod';
import { equalsId } from '../../../clients/dataverse/filter';
import type { DataverseReader } from '../../../clients/dataverse/reader';
import type { EnvironmentSettings } from '../../../connections/environment/environment-settings';

/** What facts are read with. */
export interface FactContext {
  readonly dataverse: Pick<DataverseReader, 'one' | 'many'>;
  readonly environmentSettings: Pick<EnvironmentSettings, 'settings' | 'currencies'>;
  readonly now: () => Date;
}

/** A fact before it is put into a message. */
export interface FoundFact {
  readonly event: NotificationEvent;
  /** Tells it from every other of its event: id of its row, and of what happens to a row more than once its time. */
  readonly id: string;
  readonly at: string;
}

/**
 * Where facts of some events are found: rows that the product writes anyway. What a row says is read again when it is told, so that nothing
 * of it is kept in between.
 */
export interface FactSource {
  readonly events: readonly NotificationEvent[];
  /** A row is seen this much later than its time says, in milliseconds, and must not be missed. */
  readonly overlapMs: number;
  find(context: FactContext, since: Date): Promise<readonly FoundFact[]>;
  /** null: it is no fact any more, or none worth telling */
  read(context: FactContext, fact: Pick<FoundFact, 'event' | 'id'>): Promise<Notification | null>;
}

interface RowSource<Row> {
  readonly events: readonly NotificationEvent[];
  readonly collection: string;
  readonly primaryId: string;
  readonly row: z.ZodType<Row> & { readonly shape: object };
  readonly filter: (since: string) => string;
  readonly factOf: (row: Row, context: FactContext) => FoundFact | null;
  readonly tell: (row: Row, fact: FoundFact, context: FactContext) => Promise<Notification | null>;
  readonly overlapMs?: number;
}

/** Clocks of Dynamics and of this machine, and a change set that takes its time. */
const usualOverlapMs = 5 * 60_000;

/** A source that stands in one table. */
export function factSource<Row>(source: RowSource<Row>): FactSource {
  const { events, collection, primaryId, row, filter, factOf, tell, overlapMs = usualOverlapMs } = source;
  const select = Object.keys(row.shape);
  const rows = ({ dataverse }: FactContext, query: string): Promise<readonly Row[]> =>
    dataverse.many(collection, { select, filter: query }, row);
  return {
    events,
    overlapMs,
    find: async (context, since) => {
      const found = await rows(context, filter(since.toISOString()));
      return found.map((one) => factOf(one, context)).filter((one) => one !== null);
    },
    read: async (context, { event, id }) => {
      const [found] = await rows(context, equalsId(primaryId, id.split('@')[0] ?? ''));
      const fact = found === undefined ? null : factOf(found, context);
      return found === undefined || fact?.event !== event || fact.id !== id ? null : tell(found, fact, context);
    },
  };
}
