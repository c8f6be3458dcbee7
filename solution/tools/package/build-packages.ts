import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectorVariant, DEFAULT_CONNECTOR } from '../connector-variant';
import { solutionsWith, stageSolution } from '../stage-solution';
import { readFolder } from './folder-files';
import { packFiles } from './pack-files';
import { packageFileName, solutionVersion, uniqueNameOf } from './package-paths';
import type { SolutionFiles } from './solution-files';
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
 * The product's packages: connector, main solution and cases, unmanaged and managed, in the order of their import.
 *
 * @param root the repository's root, built
 * @param variant how a connection of the connector signs in
 * @throws NotBuiltError, SolutionSourceError
 */
export function buildPackages(root: string, variant: ConnectorVariant = DEFAULT_CONNECTOR): SolutionPackage[] {
  const version = solutionVersion(root);
  return solutionsWith(variant).flatMap((solution) => {
    const folder = mkdtempSync(join(tmpdir(), 'crmjira-pack-'));
    try {
      stageSolution(root, folder, solution);
      const files = readFolder(folder);
      const uniqueName = uniqueNameOf(files);
      return [false, true].map((managed) => {
        const parts = packFiles(files, { version, managed });
        const fileName = packageFileName(uniqueName, version, managed);
        return { fileName, managed, version, parts, content: zip(parts) };
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
