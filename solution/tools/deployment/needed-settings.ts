import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EnvironmentVariableMetadata } from '@crmjira/domain';
import { readEnvironmentVariable } from '../read/read-environment-variable';
import { attributeOf, childOf, childrenOf, findChild, parseXml, textOf, type XmlElement } from '../read/xml-element';
import { type ConnectorVariant, DEFAULT_CONNECTOR, variableFolders } from '../connector-variant';
import { CONNECTOR, SOLUTIONS } from '../stage-solution';

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

/** Both solutions in the order of their import; `variant` says how the connector signs in. @throws SolutionSourceError */
export function readNeededSettings(
  root: string,
  variant: ConnectorVariant = DEFAULT_CONNECTOR,
): readonly NeededSettings[] {
  return SOLUTIONS.map((solution) => {
    const { source } = solution;
    const open = (path: string): XmlElement => parseXml(path, readFileSync(join(root, source, path), 'utf8'));
    const references = findChild(open('Other/Customizations.xml'), 'connectionreferences');
    return {
      solution: textOf(childOf(open('Other/Solution.xml'), 'SolutionManifest'), 'UniqueName'),
      variables: (solution === CONNECTOR ? variableFolders(variant) : [`${source}/environmentvariabledefinitions`])
        .flatMap((folder) => variableFiles(root, folder))
        .map((path) => readEnvironmentVariable(parseXml(path, readFileSync(join(root, path), 'utf8')))),
      connectionReferences: (references === undefined ? [] : childrenOf(references, 'connectionreference')).map(
        (element) => ({
          logicalName: attributeOf(element, 'connectionreferencelogicalname'),
          connectorId: textOf(element, 'connectorid'),
        }),
      ),
    };
  });
}

function variableFiles(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder)).map((name) => `${folder}/${name}/environmentvariabledefinition.xml`);
}
