import { z } from 'zod';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { guid, optionalText, text } from '../../../clients/dataverse/columns';
import { type Backup, type BackupRow, type BackupTable, backupTables, mayBeSecret } from './backup';

/** Type of an environment variable whose value is a reference to a vault. */
const secretType = 100_000_005;
const value = z
  .union([
    z.string(),
    z.number(),
    z.boolean(),
    z.date().transform((date) => date.toISOString().replace(/\.000Z$/, 'Z')),
  ])
  .nullish();
const anyRow = z.record(z.string(), z.unknown());
const definitionRow = z.object({
  environmentvariabledefinitionid: guid,
  schemaname: text,
  type: z.number().nullish(),
});
const valueRow = z.object({
  environmentvariablevalueid: guid,
  _environmentvariabledefinitionid_value: guid,
  value: optionalText,
});

/** A connection's JSON without properties that name a secret; what is no JSON is left out, as nobody can tell what is in it. */
export function withoutSecrets(config: string): string | null {
  try {
    return JSON.stringify(JSON.parse(config, (name, part: unknown) => (mayBeSecret(name, part) ? undefined : part)));
  } catch {
    return null;
  }
}

async function readTable(client: DataverseClient, table: BackupTable): Promise<BackupRow[]> {
  const lookups = Object.keys(table.lookups).map((name) => `_${name}_value`);
  const select = [table.primaryId, ...table.columns, ...lookups];
  const rows = await client.many(table.entitySet, { select, orderBy: [`${table.primaryId} asc`] }, anyRow);
  return rows.map((row) => {
    const columns: Record<string, string | number | boolean | null> = {};
    for (const name of [...table.columns, ...lookups]) {
      const given = value.parse(row[name]) ?? null;
      columns[name] = name === 'crmjira_config' && typeof given === 'string' ? withoutSecrets(given) : given;
    }
    return { id: guid.parse(row[table.primaryId]), columns };
  });
}

/** Ids of the definitions that hold no secret, and the value rows there are. */
export async function readVariables(client: DataverseClient) {
  const [definitions, values] = await Promise.all([
    client.many(
      'environmentvariabledefinitions',
      { select: Object.keys(definitionRow.shape), filter: "startswith(schemaname,'crmjira_')" },
      definitionRow,
    ),
    client.many('environmentvariablevalues', { select: Object.keys(valueRow.shape) }, valueRow),
  ]);
  return definitions
    .filter(({ type }) => type !== secretType)
    .map((definition) => {
      const id = definition.environmentvariabledefinitionid;
      const set = values.find((one) => one._environmentvariabledefinitionid_value === id);
      return {
        id,
        name: definition.schemaname,
        valueId: set?.environmentvariablevalueid ?? null,
        value: set?.value ?? null,
      };
    });
}

/** Reads the configuration as it is now (R-1507). */
export async function readBackup(client: DataverseClient, now: Date): Promise<Backup> {
  const { organizationId } = await client.whoAmI();
  const tables: Record<string, BackupRow[]> = {};
  for (const table of backupTables) tables[table.entitySet] = await readTable(client, table);
  const variables = (await readVariables(client)).sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    format: 'crmjira-backup-1',
    takenOn: now.toISOString(),
    organizationId,
    tables,
    environmentVariables: Object.fromEntries(
      variables.flatMap(({ name, value: set }) => (set === null ? [] : [[name, set]])),
    ),
  };
}
