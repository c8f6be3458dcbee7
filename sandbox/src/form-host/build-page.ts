import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { hostFolders } from './server/host-folders';

const client = join(__dirname, 'client');
const platform = (name: string) => join(client, 'platform', `${name}.cjs`);

const shared: BuildOptions = {
  bundle: true,
  format: 'iife',
  target: 'chrome109',
  minify: true,
  sourcemap: true,
  logLevel: 'warning',
};

/** Bundles of the page: its own code against the platform's React and Fluent, and the globals that run before Fluent. */
export async function buildPage(outputFolder: string = hostFolders.page): Promise<void> {
  await Promise.all([
    build({
      ...shared,
      entryPoints: { page: join(client, 'main.tsx') },
      outdir: outputFolder,
      alias: { react: platform('react'), 'react-dom': platform('react-dom'), '@fluentui/react': platform('fluent') },
    }),
    build({ ...shared, entryPoints: { platform: join(client, 'platform', 'globals.ts') }, outdir: outputFolder }),
  ]);
}

if (require.main === module)
  buildPage().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
