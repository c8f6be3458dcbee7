import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import type { Plan } from './link-world';

const DOMAIN = join(__dirname, '..', '..', 'domain', 'src');

/** A change of the shipped source: in `file` the text `from`, which stands there once, becomes `to`. */
export interface Mutation {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** The plan of a link with a seeded mistake. */
export const mutatedPlan = async (mutations: readonly Mutation[]): Promise<Plan> =>
  (await mutatedModule<{ planIssueLink: Plan }>('issues', 'plan-issue-link.ts', mutations)).planIssueLink;

/**
 * A module of `domain/src/<folder>` with seeded mistakes, built from the shipped source.
 * @throws Error when the source does not say `from` exactly once: the mistake has to follow the code
 */
export async function mutatedModule<Exports>(
  folder: string,
  entry: string,
  mutations: readonly Mutation[],
): Promise<Exports> {
  const changed = new Map<string, string>();
  for (const { file, from, to } of mutations) {
    const path = resolve(DOMAIN, folder, file);
    const source = changed.get(path) ?? readFileSync(path, 'utf8');
    const parts = source.split(from);
    if (parts.length !== 2) throw new Error(`${file} says ${parts.length - 1} times: ${from}`);
    changed.set(path, parts.join(to));
  }
  const { outputFiles } = await build({
    entryPoints: [join(DOMAIN, folder, entry)],
    bundle: true,
    write: false,
    format: 'cjs',
    logLevel: 'silent',
    plugins: [
      {
        name: 'mutate',
        setup: ({ onLoad }) =>
          onLoad({ filter: /\.ts$/ }, ({ path }) => {
            const contents = changed.get(path);
            return contents === undefined ? undefined : { contents, loader: 'ts' };
          }),
      },
    ],
  });
  const module = { exports: {} as Exports };
  new Function('module', 'exports', outputFiles[0]!.text)(module, module.exports);
  return module.exports;
}
