import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SolutionSourceError } from '../solution-source-error';
import { SOLUTIONS, stageSolution } from '../stage-solution';
import { childNamed, childText } from '../xml/xml-tree';
import { readFolder } from './folder-files';
import { packFiles } from './pack-files';
import { readXml, type SolutionFiles } from './solution-files';
import { zip } from './zip';

export interface SolutionPackage {
  /** `<unique name>_<version>[_managed].zip`, as Dataverse names its exports. */
  readonly fileName: string;
  readonly managed: boolean;
  readonly version: string;
  readonly parts: SolutionFiles;
  readonly content: Uint8Array;
}

/**
 * The product's four packages: connector and main solution, unmanaged and managed, in the order of their import.
 *
 * @param root the repository's root, built
 * @throws NotBuiltError, SolutionSourceError
 */
export function buildPackages(root: string): SolutionPackage[] {
  const version = solutionVersion(root);
  return SOLUTIONS.flatMap((solution) => {
    const folder = mkdtempSync(join(tmpdir(), 'crmjira-pack-'));
    try {
      stageSolution(root, folder, solution);
      const files = readFolder(folder);
      const uniqueName = uniqueNameOf(files);
      return [false, true].map((managed) => {
        const parts = packFiles(files, { version, managed });
        const fileName = `${uniqueName}_${version.replaceAll('.', '_')}${managed ? '_managed' : ''}.zip`;
        return { fileName, managed, version, parts, content: zip(parts) };
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
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

function uniqueNameOf(files: SolutionFiles): string {
  const manifest = childNamed(readXml(files, 'Other/Solution.xml'), 'SolutionManifest');
  const name = manifest && childText(manifest, 'UniqueName');
  if (!name) throw new SolutionSourceError('Other/Solution.xml', 'SolutionManifest', 'has no <UniqueName>');
  return name;
}
