/** A collection of the client API: by position, by name, by a test, or all of them. */
export function collectionApi<T>(names: readonly string[], item: (name: string) => T | null) {
  const all = () => names.flatMap((name) => item(name) ?? []);
  return {
    get: (which?: string | number | ((one: T, index: number) => boolean)) => {
      if (which === undefined) return all();
      if (typeof which === 'number') return all()[which] ?? null;
      return typeof which === 'string' ? item(which) : all().filter(which);
    },
    forEach: (visit: (one: T, index: number) => void) => all().forEach(visit),
    getLength: () => all().length,
  };
}
