import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { repositoryRoot } from '../../../sandbox/src/form-host/index';
import { readFolder } from '../../../solution/tools/package/folder-files';
import { packFiles } from '../../../solution/tools/package/pack-files';
import type { SolutionFiles } from '../../../solution/tools/package/solution-files';
import { CASES, CONNECTOR, MAIN, type ProductSolution, stageSolution } from '../../../solution/tools/stage-solution';

/** Column that the older package of the rehearsals does not have. */
export const LATER_COLUMN = 'crmjira_jira_lead';

function staged(solution: ProductSolution): SolutionFiles {
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-staged-'));
  try {
    stageSolution(repositoryRoot, folder, solution);
    return readFolder(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const sources = { connector: staged(CONNECTOR), main: staged(MAIN), cases: staged(CASES) };

const mappingFile = 'Entities/crmjira_budget_mapping/Entity.xml';

/** Packed by our own packer from the source as it is, or changed by `edit`; not compressed, which takes longer than its import. */
export function packed(
  name: keyof typeof sources,
  version: string,
  options: { readonly managed?: boolean; readonly edit?: (path: string, text: string) => string } = {},
): Uint8Array {
  return zipSync(Object.fromEntries(packedParts(name, version, options)), { level: 0 });
}

export function packedParts(
  name: keyof typeof sources,
  version: string,
  { managed = true, edit }: Parameters<typeof packed>[2] = {},
): SolutionFiles {
  const files = new Map(
    [...sources[name]].map(([path, content]) => {
      if (!edit || !/\.xml$/.test(path)) return [path, content];
      const before = new TextDecoder().decode(content);
      const after = edit(path, before);
      return [path, after === before ? content : new TextEncoder().encode(after)];
    }),
  );
  return packFiles(files, { version, managed });
}

/** An edit that takes the later column out. */
export function withoutLaterColumn(path: string, text: string): string {
  if (path !== mappingFile) return text;
  const without = text.replace(new RegExp(`\\s*<attribute PhysicalName="${LATER_COLUMN}">[^]*?</attribute>`), '');
  if (without === text) throw new Error(`${mappingFile} has no column ${LATER_COLUMN} to take out.`);
  return without;
}
