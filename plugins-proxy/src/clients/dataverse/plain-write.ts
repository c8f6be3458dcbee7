import { type RowWrite, tables } from '@crmjira/domain';

/** A write to any table, e.g. one that plan() does not know. */
export interface PlainWrite {
  readonly op: RowWrite['op'] | 'delete';
  readonly collection: string;
  readonly id: string;
  readonly columns: Readonly<Record<string, unknown>>;
  readonly ifMatch?: string;
}

/** An action of the platform that is bound to no row, e.g. CloseIncident, which takes no version: a write before it does. */
export interface ActionCall {
  readonly name: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** A planned write in the form the client takes. */
export function toPlainWrite(write: RowWrite): PlainWrite {
  const { entitySet } = tables[write.table];
  return {
    op: write.op,
    collection: entitySet,
    id: write.id,
    columns: write.columns,
    ...(write.ifMatch === undefined ? {} : { ifMatch: write.ifMatch }),
  };
}
