import { type KnownFields, nothingKnown, type ProviderCode, type TableFacts } from '@crmjira/domain';
import type { Entered } from './entered';
import type { IntegrationCommandParts } from './integration-command';

/** Providers whose mappings are between rows of one table and records. */
const ofRows: ReadonlySet<ProviderCode> = new Set(['rest', 'soap']);
/** Logical names, as Dataverse makes them. */
const logicalName = /^[a-z][a-z0-9_]{0,99}$/;

/** What both sides tell of the fields that mappings name, so that a mapping is refused before anything is written by it (R-1614). */
export async function knownFields(
  { dataverse, environmentSettings }: Pick<IntegrationCommandParts, 'dataverse' | 'environmentSettings'>,
  { provider, mappings }: Pick<Entered, 'provider' | 'mappings'>,
): Promise<KnownFields> {
  const [first] = mappings;
  if (first === undefined || !ofRows.has(provider)) return nothingKnown;
  const { sourceTable } = first;
  const names = mappings.map(({ sourceField }) => sourceField).filter((name) => logicalName.test(name));
  const facts: TableFacts | null = logicalName.test(sourceTable)
    ? await dataverse.tableFacts(sourceTable, names)
    : null;
  const { userId } = await environmentSettings.whoAmI();
  const lacks = new Set<string>();
  for (const right of ['Read', 'Create', 'Write'] as const) {
    const privilege = facts?.privileges[right];
    if (privilege !== undefined && !(await dataverse.holds(userId, privilege))) lacks.add(privilege);
  }
  return {
    // Of the others it is told that an integration has one table.
    table: (name) => (name === sourceTable ? facts : undefined),
    lacks,
    // XML is text; what JSON holds is known when it is read.
    target: () => (provider === 'soap' ? 'text' : undefined),
  };
}
