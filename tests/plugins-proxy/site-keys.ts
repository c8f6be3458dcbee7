/** The connection of the stand-ins and of `testConfig`. */
export const firstConnection = '5a8d2c1e-0000-4000-8000-000000000c01';

/** Job keys without the connection that they name; one that names another stays as it is. */
export const withoutConnection = (keys: readonly string[], connectionId = firstConnection): string[] =>
  keys.map((key) => key.replace(`${connectionId}/`, ''));
