/** The part of `context.webAPI` that the controls use. */
export type WebApi = Pick<ComponentFramework.WebApi, 'createRecord' | 'retrieveRecord' | 'retrieveMultipleRecords'>;

/** The record that a form shows. */
export interface RecordKey {
  /** logical name of its table */
  readonly table: string;
  /** lower-case GUID */
  readonly id: string;
}

/** What the store lends to those who read or ask for something. */
export interface Desk extends RecordKey {
  readonly webApi: WebApi;
  /** the store's clock */
  readonly instant: () => string;
  readonly isOffline: () => boolean;
  /** Puts a value in the place of what a part holds. */
  readonly put: (part: string, value: unknown) => void;
}
