import { tables } from '@crmjira/domain';

/** A row for the Dataverse stand-in: a Web API body, references as `<navigation>@odata.bind`; read-only columns are taken as given. */
export interface SeedRow {
  readonly table: string;
  readonly row: Readonly<Record<string, unknown>>;
}

/** `/opportunities(<id>)`: what `@odata.bind` takes. */
export function ref(table: keyof typeof tables, id: string): string {
  return `/${tables[table].entitySet}(${id})`;
}
