import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

/** Where the bundles go: `webresources/dist/<folder>.js`, the files behind the web resources of the solution. */
export const webResourceOutput = resolve(__dirname, '..', 'dist');

/** One bundle for each folder with an index: `opportunity-form` → `CrmJira.OpportunityForm`, as FormXml names its handlers. */
export async function buildWebResources(outputFolder: string = webResourceOutput): Promise<void> {
  const folders = readdirSync(__dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  await Promise.all(
    folders.map(({ name }) =>
      build({
        entryPoints: { [name]: join(__dirname, name, 'index.ts') },
        outdir: outputFolder,
        bundle: true,
        format: 'iife',
        globalName: `CrmJira.${pascalCase(name)}`,
        target: 'chrome100',
        minify: true,
        logLevel: 'warning',
      }),
    ),
  );
}

function pascalCase(name: string): string {
  return name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

if (require.main === module)
  buildWebResources().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
