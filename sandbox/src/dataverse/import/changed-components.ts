import { entryOf } from '@crmjira/domain';
import type { SeedRow } from '../base-rows/seed-row';
import type { Schema } from '../metadata/schema';
import type { Reader } from '../store/reader';
import { isReference, type Row } from '../store/row';
import type { InstalledSolution } from './installed-solution';

/** Rows of a solution that its package describes beside its components, by the column that names what they belong to. */
const owned: Readonly<Record<string, string>> = {
  role: 'roleid',
  roleprivileges: 'roleid',
  fieldsecurityprofile: 'fieldsecurityprofileid',
  fieldpermission: 'fieldsecurityprofileid',
  environmentvariabledefinition: 'schemaname',
};

/**
 * What makers changed, added or deleted of a solution since its import, each as `table name`: the package no longer says what is there.
 *
 * @param expected every row that platform and solutions bring, as an import would write it
 */
export function changedComponents(
  { components, metadata }: InstalledSolution,
  expected: readonly SeedRow[],
  { schema, reader }: { readonly schema: Schema; readonly reader: Reader },
): readonly string[] {
  const own = new Set(
    [
      ...components.map(({ table, id }) => `${table} ${id}`),
      ...metadata.roles.flatMap(({ id }) => [`role ${id}`, `roleprivileges ${id}`]),
      ...metadata.columnSecurityProfiles.flatMap(({ id }) => [`fieldsecurityprofile ${id}`, `fieldpermission ${id}`]),
      ...metadata.environmentVariables.map(({ schemaName }) => `environmentvariabledefinition ${schemaName}`),
    ].map((name) => name.toLowerCase()),
  );
  const belongs = (table: string, row: Readonly<Record<string, unknown>>): boolean =>
    own.has(`${table} ${plain(row[entryOf(owned, table) ?? schema.table(table).primaryId])}`);
  const wanted = expected.filter(({ table, row }) => belongs(table, row));
  const known = new Set(wanted.map(({ table, row }) => `${table} ${plain(row[schema.table(table).primaryId])}`));
  const changed = wanted.flatMap(({ table, row }) => {
    const found = reader.get(table, plain(row[schema.table(table).primaryId]));
    return found && saysTheSame(row, found) ? [] : [nameOf(table, found ?? row)];
  });
  const added = ['roleprivileges', 'fieldpermission'].flatMap((table) =>
    [...reader.all(table)]
      .filter((row) => belongs(table, row) && !known.has(`${table} ${plain(row[schema.table(table).primaryId])}`))
      .map((row) => nameOf(table, row)),
  );
  return [...new Set([...changed, ...added])];
}

const saysTheSame = (expected: Readonly<Record<string, unknown>>, found: Row): boolean =>
  Object.entries(expected).every(([column, value]) => plain(value) === plain(found[column]));

/** Values as text: identifiers in lower case, a reference by what it points to, nothing as nothing. */
function plain(value: unknown): string {
  if (value === null || value === undefined) return '';
  const bare = isReference(value as Row[string]) ? (value as { readonly id: string }).id : value;
  return String(bare).toLowerCase();
}

const nameOf = (table: string, row: Readonly<Record<string, unknown>>): string =>
  `${table} ${String(row.name ?? row.schemaname ?? row.attributelogicalname ?? plain(row[entryOf(owned, table) ?? '']))}`;
