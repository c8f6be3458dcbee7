/** A value or its getter. */
export type Current<T extends number | null> = T | (() => T);

/** The value of this moment. */
export const current = <T extends number | null>(value: Current<T>): T =>
  typeof value === 'function' ? value() : value;
