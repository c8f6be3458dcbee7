/** Looks up a text of the resx and puts values into its `{name}` places. */
export type Words<Key extends string> = (key: Key, values?: Readonly<Record<string, string>>) => string;

/** @param getString `context.resources.getString` */
export function words<Key extends string>(getString: (key: string) => string): Words<Key> {
  return (key, values = {}) => getString(key).replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
