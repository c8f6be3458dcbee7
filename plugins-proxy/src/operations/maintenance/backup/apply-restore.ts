import { derivedId } from '@crmjira/domain';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import type { PlainWrite } from '../../../clients/dataverse/plain-write';
import { IntegrationError } from '../../../platform/errors/integration-error';
import { backupTables } from './backup';
import type { RestorePlan, RestoreStep } from './plan-restore';
import { readVariables } from './read-backup';

function toWrite({ entitySet, id, op, columns }: RestoreStep): PlainWrite {
  const lookups = backupTables.find((table) => table.entitySet === entitySet)?.lookups ?? {};
  const written: Record<string, unknown> = {};
  for (const [name, { to }] of Object.entries(columns)) {
    const lookup = /^_(\w+)_value$/.exec(name)?.[1];
    if (lookup === undefined) written[name] = to;
    else if (to !== null) written[`${lookup}@odata.bind`] = `/${lookups[lookup]}(${String(to)})`;
    else written[`${lookup}@odata.bind`] = null;
  }
  return { op, collection: entitySet, id, columns: written };
}

/**
 * Writes a planned restore in one change set: all of it or nothing.
 * @throws IntegrationError `unknown-variable` when the solution here has no variable of that name
 */
export async function applyRestore(client: DataverseClient, plan: RestorePlan): Promise<void> {
  const known = new Map((await readVariables(client)).map((variable) => [variable.name, variable]));
  const variables = plan.variables.map(({ name, to }): PlainWrite => {
    const variable = known.get(name);
    if (variable === undefined)
      throw new IntegrationError(
        `The environment has no variable ${name}. Import the solution of the backup's version first.`,
        { code: 'unknown-variable', errorClass: 'configuration' },
      );
    const collection = 'environmentvariablevalues';
    if (variable.valueId !== null) return { op: 'update', collection, id: variable.valueId, columns: { value: to } };
    const definition = `/environmentvariabledefinitions(${variable.id})`;
    return {
      op: 'create',
      collection,
      id: derivedId(variable.id, 'restored-value'),
      columns: { schemaname: name, value: to, 'EnvironmentVariableDefinitionId@odata.bind': definition },
    };
  });
  const writes = [...plan.rows.map(toWrite), ...variables];
  if (writes.length > 0) await client.changeSet(writes);
}
