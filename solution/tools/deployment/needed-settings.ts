import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EnvironmentVariableMetadata } from '@crmjira/domain';
import { readEnvironmentVariable } from '../read/read-environment-variable';
import { attributeOf, childOf, childrenOf, findChild, parseXml, textOf, type XmlElement } from '../read/xml-element';
import { SOLUTIONS } from '../stage-solution';

/** A connection reference of a solution: its logical name and the connector that a connection for it must be of. */
export interface ConnectionReference {
  readonly logicalName: string;
  readonly connectorId: string;
}

/** What the import of one solution asks for. */
export interface NeededSettings {
  readonly solution: string;
  readonly variables: readonly EnvironmentVariableMetadata[];
  readonly connectionReferences: readonly ConnectionReference[];
}

/** Both solutions in the order of their import. @throws SolutionSourceError */
export function readNeededSettings(root: string): readonly NeededSettings[] {
  return SOLUTIONS.map(({ source }) => {
    const open = (path: string): XmlElement => parseXml(path, readFileSync(join(root, source, path), 'utf8'));
    const references = findChild(open('Other/Customizations.xml'), 'connectionreferences');
    return {
      solution: textOf(childOf(open('Other/Solution.xml'), 'SolutionManifest'), 'UniqueName'),
      variables: variableFiles(join(root, source)).map((path) => readEnvironmentVariable(open(path))),
      connectionReferences: (references === undefined ? [] : childrenOf(references, 'connectionreference')).map(
        (element) => ({
          logicalName: attributeOf(element, 'connectionreferencelogicalname'),
          connectorId: textOf(element, 'connectorid'),
        }),
      ),
    };
  });
}

function variableFiles(folder: string): string[] {
  const under = 'environmentvariabledefinitions';
  if (!existsSync(join(folder, under))) return [];
  return readdirSync(join(folder, under)).map((name) => `${under}/${name}/environmentvariabledefinition.xml`);
}
