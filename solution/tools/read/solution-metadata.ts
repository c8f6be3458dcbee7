import type { SolutionMetadata } from '@crmjira/domain';
import { readColumnSecurityProfiles } from './read-column-security';
import { readEnvironmentVariable } from './read-environment-variable';
import { readGlobalOptionSet } from './read-options';
import { isProcessFlow, readProcess } from './read-process';
import { readRelationship } from './read-relationship';
import { readRole } from './read-role';
import { openTable, readExtension, readTable } from './read-table';
import { childOf, childrenOf, textOf, type XmlElement } from './xml-element';

/** Environments number custom tables from 10,000 on; the numbers themselves differ in each. */
const FIRST_OBJECT_TYPE_CODE = 10_001;

/** The elements that make a solution, wherever they stood: in files of their own, or together in a package. */
export interface SolutionElements {
  readonly manifest: XmlElement;
  readonly optionSets: readonly XmlElement[];
  readonly entities: readonly XmlElement[];
  readonly relationships: readonly XmlElement[];
  /** Records of processes; those that are no business process flow are passed over. */
  readonly processes: readonly XmlElement[];
  /** @param path of a process's XAML, as its record names it, without the slash at the beginning */
  readonly processDefinition: (path: string) => XmlElement;
  readonly roles: readonly XmlElement[];
  /** Lists of profiles. */
  readonly columnSecurityProfiles: readonly XmlElement[];
  readonly environmentVariables: readonly XmlElement[];
}

/**
 * One model, sorted so that equal elements give equal output.
 *
 * @param tables primary key column of each table that is there without the solution, by logical name; those of the platform that our
 *   own source points at are known
 * @throws SolutionSourceError for the first thing that does not fit
 */
export function solutionMetadata(
  elements: SolutionElements,
  tables: ReadonlyMap<string, string> = new Map(),
): SolutionMetadata {
  const { manifest, processDefinition } = elements;
  const globalOptionSets = elements.optionSets.map(readGlobalOptionSet).sort(by('name'));
  const optionSets = new Map(globalOptionSets.map((set) => [set.name, set]));
  const sources = elements.entities.map(openTable).sort(by('logicalName'));
  const own = sources.filter(({ isExtension }) => !isExtension);
  const primaryIds = new Map([
    ...tables,
    ...own.map((source) => [source.logicalName, primaryIdOf(source.entity)] as const),
  ]);
  const relationships = elements.relationships
    .map((element) => readRelationship(element, primaryIds))
    .sort(by('schemaName'));

  return {
    uniqueName: textOf(manifest, 'UniqueName'),
    version: textOf(manifest, 'Version'),
    tables: own.map((source, at) => readTable(source, FIRST_OBJECT_TYPE_CODE + at, optionSets, relationships)),
    extensions: sources
      .filter(({ isExtension }) => isExtension)
      .map((source) => readExtension(source, optionSets, relationships))
      // Of a table that a form alone is added to.
      .filter(({ columns, keys }) => columns.length + keys.length > 0),
    relationships,
    globalOptionSets,
    processFlows: elements.processes
      .filter(isProcessFlow)
      .map((record) => readProcess(record, processDefinition(textOf(record, 'XamlFileName').replace(/^\//, ''))))
      .sort(by('uniqueName')),
    roles: elements.roles.map(readRole).sort(by('name')),
    columnSecurityProfiles: elements.columnSecurityProfiles.flatMap(readColumnSecurityProfiles),
    environmentVariables: elements.environmentVariables.map(readEnvironmentVariable).sort(by('schemaName')),
  };
}

function primaryIdOf(entity: XmlElement): string {
  const key = childrenOf(childOf(entity, 'attributes'), 'attribute').find(
    (column) => textOf(column, 'Type') === 'primarykey',
  );
  return key === undefined ? '' : textOf(key, 'LogicalName');
}

/** Order by a text property, by code units: the same on every machine. */
function by<Key extends string>(key: Key): (one: Record<Key, string>, other: Record<Key, string>) => number {
  return (one, other) => (one[key] < other[key] ? -1 : one[key] > other[key] ? 1 : 0);
}
