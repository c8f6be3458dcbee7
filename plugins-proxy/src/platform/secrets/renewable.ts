/** A credential that may be exchanged while the service runs. */
export interface Renewable<T> {
  current(): T;
  /** Looks for another one after `refused` was refused; true when `current` gives another now. */
  renew(refused: T): Promise<boolean>;
}

/** A credential that stays as it is. */
export function unchanging<T>(value: T): Renewable<T> {
  return { current: () => value, renew: async () => false };
}
