/** Looks up a name that came from outside: what every object inherits (`constructor`, `toString`) is no entry of a table (F-311). */
export const entryOf = <Entry>(table: Readonly<Record<string, Entry>>, name: string): Entry | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;
