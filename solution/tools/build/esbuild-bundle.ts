import { type BuildOptions, build, type Plugin } from 'esbuild';
import { BuildError } from './build-target';

/** Leaves packages from npm to be required at run time and takes the source of the workspaces in. */
export const packagesFromNpmStayOutside: Plugin = {
  name: 'packages-from-npm-stay-outside',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@crmjira/') ? undefined : { external: true },
    );
  },
};

/** Bundles with esbuild. @throws BuildError with esbuild's own messages */
export async function esbuildBundle(name: string, options: BuildOptions): Promise<void> {
  try {
    await build({ bundle: true, logLevel: 'silent', charset: 'utf8', legalComments: 'none', ...options });
  } catch (cause) {
    throw new BuildError(name, cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
