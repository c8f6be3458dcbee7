import { z } from 'zod';
import type { DataverseReader } from '../../clients/dataverse/reader';
import { guid, optionalText, text } from '../../clients/dataverse/columns';

const definitionRow = z.object({
  environmentvariabledefinitionid: guid,
  schemaname: text,
  defaultvalue: optionalText,
});
const valueRow = z.object({ _environmentvariabledefinitionid_value: guid, value: optionalText });

/** One environment variable: its value in this environment, else the solution's default. */
export interface EnvironmentVariable {
  readonly value: string | null;
  readonly isDefault: boolean;
}

/** Variables of the solution by schema name. */
export type EnvironmentVariables = ReadonlyMap<string, EnvironmentVariable>;

/** Reads the solution's environment variables (D-10). */
export async function readEnvironmentVariables(client: DataverseReader): Promise<EnvironmentVariables> {
  const [definitions, values] = await Promise.all([
    client.many(
      'environmentvariabledefinitions',
      {
        select: ['environmentvariabledefinitionid', 'schemaname', 'defaultvalue'],
        filter: "startswith(schemaname,'crmjira_')",
      },
      definitionRow,
    ),
    client.many('environmentvariablevalues', { select: ['_environmentvariabledefinitionid_value', 'value'] }, valueRow),
  ]);
  const valueOf = new Map(values.map((row) => [row._environmentvariabledefinitionid_value, row.value]));
  return new Map(
    definitions.map((row) => {
      const value = valueOf.get(row.environmentvariabledefinitionid);
      return [row.schemaname, { value: value ?? row.defaultvalue, isDefault: value == null }];
    }),
  );
}
