import type { SolutionMetadata } from '@crmjira/domain';
import type { InstalledSolution } from './installed-solution';

/** Environments number custom tables from here on. */
const firstObjectTypeCode = 10_001;

/** Later items stand in for earlier ones of the same key; the earlier ones keep their places. */
function byKey<Item>(items: readonly Item[], key: (item: Item) => string): readonly Item[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}

type Extension = SolutionMetadata['extensions'][number];

/** Columns and keys of both; where both have one, the later. */
function joined<Part extends Extension>(parts: readonly Part[]): readonly Part[] {
  const tables = new Map<string, Part>();
  for (const part of parts) {
    const before = tables.get(part.logicalName);
    const columns = byKey([...(before?.columns ?? []), ...part.columns], ({ logicalName }) => logicalName);
    const keys = byKey([...(before?.keys ?? []), ...part.keys], ({ logicalName }) => logicalName);
    tables.set(part.logicalName, { ...part, columns, keys });
  }
  return [...tables.values()];
}

/** What several solutions make of an environment together; of two that say something about one component the later decides. */
export function mergedMetadata(solutions: readonly SolutionMetadata[]): SolutionMetadata {
  const all = <Item>(list: (solution: SolutionMetadata) => readonly Item[]): Item[] => solutions.flatMap(list);
  const last = solutions.at(-1);
  const tables = [...joined(all(({ tables: own }) => own))].sort((one, other) =>
    one.logicalName < other.logicalName ? -1 : 1,
  );
  return {
    uniqueName: last?.uniqueName ?? 'Default',
    version: last?.version ?? '1.0.0.0',
    tables: tables.map((table, at) => ({ ...table, objectTypeCode: firstObjectTypeCode + at })),
    extensions: joined(all(({ extensions }) => extensions)),
    relationships: byKey(
      all(({ relationships }) => relationships),
      ({ schemaName }) => schemaName,
    ),
    globalOptionSets: byKey(
      all(({ globalOptionSets }) => globalOptionSets),
      ({ name }) => name,
    ),
    processFlows: byKey(
      all(({ processFlows }) => processFlows),
      ({ uniqueName }) => uniqueName,
    ),
    roles: byKey(
      all(({ roles }) => roles),
      ({ id }) => id,
    ),
    columnSecurityProfiles: byKey(
      all(({ columnSecurityProfiles }) => columnSecurityProfiles),
      ({ id }) => id,
    ),
    environmentVariables: byKey(
      all(({ environmentVariables }) => environmentVariables),
      ({ schemaName }) => schemaName,
    ),
  };
}

/**
 * A solution after an update: what the newer package no longer has stays. (An upgrade replaces instead.)
 * Source: learn.microsoft.com "Apply a solution upgrade or update to an environment".
 */
export function updated(before: InstalledSolution, after: InstalledSolution): InstalledSolution {
  return {
    ...after,
    metadata: mergedMetadata([before.metadata, after.metadata]),
    components: byKey([...before.components, ...after.components], ({ table, id }) => `${table} ${id}`),
    shown: byKey([...before.shown, ...after.shown], ({ kind, id }) => `${kind} ${id}`),
    provides: byKey(
      [...before.provides, ...after.provides],
      ({ type, schemaName, id }) => `${type} ${schemaName} ${id}`,
    ),
  };
}
