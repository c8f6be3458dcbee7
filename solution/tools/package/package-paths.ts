import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SolutionSourceError } from '../solution-source-error';
import { type ConnectorVariant, DEFAULT_CONNECTOR } from '../connector-variant';
import { ALL_SOLUTIONS } from '../stage-solution';
import { childNamed, childText } from '../xml/xml-tree';
import { readXml, type SolutionFiles } from './solution-files';

const MANIFEST = 'Other/Solution.xml';
const CONNECTOR_PREFIX = 'crmjiraconnector_';

/** `<unique name>_<version>[_managed].zip`, as Dataverse names its exports. */
export function packageFileName(uniqueName: string, version: string, managed: boolean): string {
  return `${uniqueName}_${version.replaceAll('.', '_')}${managed ? '_managed' : ''}.zip`;
}

/** Where `npm run pack` writes a package, from the repository's root. Only the connector's differs from variant to variant. */
export const packagePath = (fileName: string, variant: ConnectorVariant): string =>
  variant === DEFAULT_CONNECTOR || !fileName.startsWith(CONNECTOR_PREFIX)
    ? `dist/${fileName}`
    : `dist/${variant}/${fileName}`;

/** Where `npm run pack` writes the packages of one kind, from the repository's root, in the order of their import. */
export function packagePaths(root: string, managed: boolean): string[] {
  const version = solutionVersion(root);
  return ALL_SOLUTIONS.map(({ source }) => {
    const files = new Map([[MANIFEST, new Uint8Array(readFileSync(join(root, source, MANIFEST)))]]);
    return `dist/${packageFileName(uniqueNameOf(files), version, managed)}`;
  });
}

/** The product's version with the fourth number that Dataverse counts. @throws SolutionSourceError when it has a suffix */
export function solutionVersion(root: string): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  if (!/^\d+\.\d+\.\d+$/.test(version)) {
    throw new SolutionSourceError('package.json', 'version', `should be three numbers for Dataverse, is ${version}`);
  }
  return `${version}.0`;
}

export function uniqueNameOf(files: SolutionFiles): string {
  const manifest = childNamed(readXml(files, MANIFEST), 'SolutionManifest');
  const name = manifest && childText(manifest, 'UniqueName');
  if (!name) throw new SolutionSourceError(MANIFEST, 'SolutionManifest', 'has no <UniqueName>');
  return name;
}
