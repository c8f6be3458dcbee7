import type { FormState } from './form-state';
import type { Constants, WebApi } from './read-record';

/** What the store lends to those who read or ask for it. */
export interface Desk {
  readonly webApi: WebApi;
  readonly opportunityId: string;
  /** the store's clock */
  readonly instant: () => string;
  readonly isOffline: () => boolean;
  readonly set: (change: Partial<FormState>) => void;
}

/**
 * How a control has the rows of its record read. Each brings its own: a bundle carries what its control shows, and the store of a
 * form reads with the fullest that is there.
 */
export interface Reader {
  /** a reader of greater depth reads all that one of lesser depth does */
  readonly depth: number;
  /** Returns what to change, told the state of that moment: it may have changed since `state`. */
  readonly read: (
    desk: Desk,
    constants: Constants,
    state: FormState,
  ) => Promise<(latest: FormState) => Partial<FormState>>;
}
