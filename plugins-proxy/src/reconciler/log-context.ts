import type { DeliveredEvent, Trigger } from '../queue/store/store';

/** A record, of any table. */
export interface Regarding {
  /** logical name */
  readonly table: string;
  readonly id: string;
}

/** What the writer adds to every log row (R-1101), and of it to every mail (R-1109), new alert and inbound event (F-219). */
export interface LogContext {
  readonly correlationId: string;
  /** What a change is called depends on who found it. Left out: an event. */
  readonly trigger?: Trigger;
  /** The record that the run is about; left out: none alone. */
  readonly regarding?: Regarding;
  /** since the run began */
  readonly durationMs: number;
  /** The event that the run began with; asked only for a log row. Left out or null: none was delivered. */
  readonly causedBy?: (() => Promise<DeliveredEvent | null>) | undefined;
}
