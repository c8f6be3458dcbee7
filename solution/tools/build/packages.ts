import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildPackages } from '../package/build-packages';
import { packagePaths } from '../package/package-paths';
import { SolutionSourceError } from '../solution-source-error';
import { BuildError, type BuildTarget } from './build-target';

export const PACKAGES_TARGET = 'packages';

/** Whether a package holds what a target builds. */
export const isPacked = ({ outputs }: BuildTarget): boolean =>
  outputs.some((output) => /^(controls|webresources)\//.test(output));

/** The packages, packed anew when the source or a built part of them changed. Its parts are built before it. */
export function packagesTarget(root: string, parts: readonly BuildTarget[]): BuildTarget {
  return {
    name: PACKAGES_TARGET,
    inputs: [
      'package.json',
      'solution/src',
      'solution/cases',
      'solution/connector',
      'solution/connector-entra',
      'solution/tools',
      'plugins-proxy/connector-definitions',
      ...parts.filter(isPacked).map(({ stamp }) => stamp),
    ],
    outputs: [...packagePaths(root, true), ...packagePaths(root, false)],
    stamp: 'dist/.build-hash',
    build: async () => {
      try {
        for (const { fileName, content } of buildPackages(root)) {
          mkdirSync(join(root, 'dist'), { recursive: true });
          writeFileSync(join(root, 'dist', fileName), content);
        }
      } catch (cause) {
        if (!(cause instanceof SolutionSourceError)) throw cause;
        throw new BuildError(PACKAGES_TARGET, cause.message, { cause });
      }
    },
  };
}
