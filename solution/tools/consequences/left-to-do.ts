import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SolutionMetadata } from '@crmjira/domain';
import { readSolution } from '../read/read-solution';
import type { LeftToDo, SourceText } from './check';
import { classificationToWrite } from './classification-to-write';
import { columnsMissingOnForms } from './columns-missing-on-forms';
import { permissionsToGive } from './permissions-to-give';
import { namesThatNobodyHas } from './names-that-nobody-has';

/** Folders whose files name columns; the generated ones follow by themselves. */
const FOLDERS = [
  'solution/src',
  'solution/cases',
  'domain/src',
  'controls',
  'webresources/src',
  'plugins-proxy/src',
  'sandbox/src',
];
const NOT_WRITTEN_BY_HAND = /(^|\/)(node_modules|out|dist|generated)(\/|$)/;
const TEXT = /\.(tsx?|xml|json|resx)$/;

/**
 * Everything that columns added, renamed or removed in `solution/src` and `solution/cases` still need; empty when nothing is left.
 *
 * @param root the repository's root, or a folder laid out like it; a folder that is not there has nothing to edit
 * @throws SolutionSourceError when the solution cannot be read
 */
export function leftToDo(root: string): LeftToDo[] {
  const solution: SolutionMetadata = readSolution(join(root, 'solution', 'src'));
  const cases = readSolution(join(root, 'solution', 'cases'));
  const sources = FOLDERS.flatMap((folder) => textsBelow(root, folder));
  return [
    ...columnsMissingOnForms(solution, sources),
    ...permissionsToGive(solution),
    ...classificationToWrite(solution, 'solution/src'),
    ...classificationToWrite(cases, 'solution/cases'),
    ...namesThatNobodyHas([solution, cases], sources),
  ];
}

function textsBelow(root: string, folder: string): SourceText[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (NOT_WRITTEN_BY_HAND.test(path)) return [];
    if (entry.isDirectory()) return textsBelow(root, path);
    return TEXT.test(entry.name) ? [{ path, text: readFileSync(join(root, path), 'utf8') }] : [];
  });
}
