import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SolutionMetadata } from '@crmjira/domain';
import { SolutionSourceError } from '../solution-source-error';
import { readColumnSecurityProfiles } from './read-column-security';
import { readEnvironmentVariable } from './read-environment-variable';
import { readGlobalOptionSet } from './read-options';
import { isProcessFlow, readProcess } from './read-process';
import { readRelationship } from './read-relationship';
import { readRole } from './read-role';
import { openTable, readExtension, readTable } from './read-table';
import { childOf, childrenOf, parseXml, textOf, type XmlElement } from './xml-element';

/** Environments number custom tables from 10,000 on; the numbers themselves differ in each. */
const FIRST_OBJECT_TYPE_CODE = 10_001;

/**
 * Reads the unpacked solution into one model, sorted so that equal sources give equal output.
 *
 * @param folder root of the unpacked solution (SolutionPackager layout)
 * @throws SolutionSourceError naming file and element of the first thing that does not fit
 */
export function readSolution(folder: string): SolutionMetadata {
  const open = (path: string): XmlElement => parseXml(path, readText(folder, path));
  const openAll = (under: string, ends: string): XmlElement[] => list(folder, under, ends).map(open);

  const manifest = childOf(open('Other/Solution.xml'), 'SolutionManifest');
  const globalOptionSets = openAll('OptionSets', '.xml').map(readGlobalOptionSet).sort(by('name'));
  const optionSets = new Map(globalOptionSets.map((set) => [set.name, set]));
  const sources = openAll('Entities', '/Entity.xml').map(openTable).sort(by('logicalName'));
  const own = sources.filter(({ isExtension }) => !isExtension);
  const primaryIds = new Map(own.map((source) => [source.logicalName, primaryIdOf(source.entity)]));
  const relationships = openAll('Other/Relationships', '.xml')
    .flatMap((file) => childrenOf(file, 'EntityRelationship'))
    .map((element) => readRelationship(element, primaryIds))
    .sort(by('schemaName'));

  return {
    uniqueName: textOf(manifest, 'UniqueName'),
    version: textOf(manifest, 'Version'),
    tables: own.map((source, at) => readTable(source, FIRST_OBJECT_TYPE_CODE + at, optionSets, relationships)),
    extensions: sources
      .filter(({ isExtension }) => isExtension)
      .map((source) => readExtension(source, optionSets, relationships)),
    relationships,
    globalOptionSets,
    processFlows: openAll('Workflows', '.xaml.data.xml')
      .filter(isProcessFlow)
      .map((record) => readProcess(record, open(textOf(record, 'XamlFileName').replace(/^\//, ''))))
      .sort(by('uniqueName')),
    roles: openAll('Roles', '.xml').map(readRole).sort(by('name')),
    columnSecurityProfiles: openAll('Other', '/FieldSecurityProfiles.xml').flatMap(readColumnSecurityProfiles),
    environmentVariables: openAll('environmentvariabledefinitions', '.xml')
      .map(readEnvironmentVariable)
      .sort(by('schemaName')),
  };
}

function primaryIdOf(entity: XmlElement): string {
  const key = childrenOf(childOf(entity, 'attributes'), 'attribute').find(
    (column) => textOf(column, 'Type') === 'primarykey',
  );
  return key === undefined ? '' : textOf(key, 'LogicalName');
}

function readText(folder: string, path: string): string {
  try {
    return readFileSync(join(folder, path), 'utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    throw new SolutionSourceError(path, 'document', 'cannot be read', { cause });
  }
}

/** Files below a folder, relative to the root, sorted; a missing folder has none. */
function list(folder: string, under: string, ends: string): string[] {
  if (!existsSync(join(folder, under))) return [];
  return readdirSync(join(folder, under), { recursive: true, encoding: 'utf8' })
    .map((entry) => `${under}/${entry.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith(ends))
    .sort();
}

/** Order by a text property, by code units: the same on every machine. */
function by<Key extends string>(key: Key): (one: Record<Key, string>, other: Record<Key, string>) => number {
  return (one, other) => (one[key] < other[key] ? -1 : one[key] > other[key] ? 1 : 0);
}
