import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SolutionMetadata } from '@crmjira/domain';
import { SolutionSourceError } from '../solution-source-error';
import { solutionMetadata } from './solution-metadata';
import { childOf, childrenOf, parseXml, type XmlElement } from './xml-element';

/**
 * Reads the unpacked solution into one model, sorted so that equal sources give equal output.
 *
 * @param folder root of the unpacked solution (SolutionPackager layout)
 * @throws SolutionSourceError naming file and element of the first thing that does not fit
 */
export function readSolution(folder: string): SolutionMetadata {
  const open = (path: string): XmlElement => parseXml(path, readText(folder, path));
  const openAll = (under: string, ends: string): XmlElement[] => list(folder, under, ends).map(open);
  return solutionMetadata({
    manifest: childOf(open('Other/Solution.xml'), 'SolutionManifest'),
    optionSets: openAll('OptionSets', '.xml'),
    entities: openAll('Entities', '/Entity.xml'),
    relationships: openAll('Other/Relationships', '.xml').flatMap((file) => childrenOf(file, 'EntityRelationship')),
    processes: openAll('Workflows', '.xaml.data.xml'),
    processDefinition: open,
    roles: openAll('Roles', '.xml'),
    columnSecurityProfiles: openAll('Other', '/FieldSecurityProfiles.xml'),
    environmentVariables: openAll('environmentvariabledefinitions', '.xml'),
  });
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
