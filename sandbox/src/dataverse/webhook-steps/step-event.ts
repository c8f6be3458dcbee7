import type { Table } from '../metadata/schema';
import type { Row, Value } from '../store/row';

export type Stage = 10 | 20 | 40;

/** One message on one row at one stage of the pipeline. */
export interface StepEvent {
  readonly message: 'Create' | 'Update' | 'Delete';
  readonly stage: Stage;
  readonly table: Table;
  readonly id: string;
  /** Columns that the request names. */
  readonly target: Readonly<Record<string, Value>>;
  readonly before: Row | null;
  readonly after: Row | null;
}
