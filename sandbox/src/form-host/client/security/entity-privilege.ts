import type { NavigationEntry, Persona } from '../../contract';

const BASIC = 0;

/** Privilege types of `hasEntityPrivilege`, by their number. Source: component framework reference, hasEntityPrivilege. */
const rights = ['', 'Create', 'Read', 'Write', 'Delete', 'Assign', 'Share', 'Append', 'AppendTo'];

/** Activities have one privilege together. */
const activities = ['task', 'email', 'phonecall', 'appointment', 'activitypointer'];

/**
 * Whether the person's roles give a privilege on a table.
 * @param depth 0 Basic, 1 Local, 2 Deep, 3 Global
 */
export function hasEntityPrivilege(persona: Persona, table: string, type: number, depth: number): boolean {
  const name = activities.includes(table) ? 'activity' : table;
  const given = persona.privileges[`prv${rights[type] ?? ''}${name}`.toLowerCase()];
  return given !== undefined && given >= depth;
}

/** Whether the person's roles give a right on the table at all; of a single row, Dataverse judges. */
export function hasRight(persona: Persona, table: string, right: string): boolean {
  return hasEntityPrivilege(persona, table, rights.indexOf(right), BASIC);
}

/** Whether a site map's entry is shown: the person may read its table, and has each privilege that it names, on rows of their own at least. */
export function maySee(persona: Persona, { kind, name, needs }: NavigationEntry): boolean {
  if (kind === 'table' && !hasRight(persona, name, 'Read')) return false;
  return needs.every(({ table, rights: wanted }) => wanted.every((right) => hasRight(persona, table, right)));
}
