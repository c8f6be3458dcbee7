import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files that name a requirement. */
export interface Citations {
  readonly code: readonly string[];
  readonly tests: readonly string[];
  readonly documents: readonly string[];
}

/** What the product is made of; the stand-ins of the sandbox fulfil nothing. */
const implementation = /^(domain|controls|webresources|plugins-proxy|solution)\/.*\.(ts|tsx|cjs|xml|json|yaml|yml)$/;
const testCode = /^tests\/.*\.(ts|tsx)$/;
const documents = /^(docs\/.*|[A-Z]+)\.md$/;
/** They name every requirement and prove none. */
const ownFiles =
  /^(solution\/tools\/traceability|tests\/workspace\/traceability|docs\/(traceability|requirements)\.md)/;

/**
 * Ids named in a text; a range such as `R-501 to R-504` names all between, in one group.
 */
export function idsIn(text: string): Set<string> {
  const ids = new Set<string>();
  for (const [, first, last] of text.matchAll(/\bR-(\d{3,4})\b(?:\s*(?:to|–|-|…)\s*R-(\d{3,4})\b)?/g)) {
    const from = Number(first);
    const to = last === undefined ? from : Number(last);
    const sameGroup = Math.floor(from / 100) === Math.floor(to / 100);
    if (!sameGroup || to < from) {
      ids.add(`R-${from}`).add(`R-${to}`);
      continue;
    }
    for (let number = from; number <= to; number += 1) ids.add(`R-${number}`);
  }
  return ids;
}

/** Which files of the repository name which requirement. */
export function findCitations(root: string): ReadonlyMap<string, Citations> {
  const found = new Map<string, { code: string[]; tests: string[]; documents: string[] }>();
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  }).split('\n');
  for (const file of [...new Set(files)].sort()) {
    if (ownFiles.test(file) || !existsSync(join(root, file))) continue;
    const kind = testCode.test(file)
      ? 'tests'
      : implementation.test(file)
        ? 'code'
        : documents.test(file)
          ? 'documents'
          : null;
    if (kind === null) continue;
    for (const id of idsIn(readFileSync(join(root, file), 'utf8'))) {
      const entry = found.get(id) ?? { code: [], tests: [], documents: [] };
      entry[kind].push(file);
      found.set(id, entry);
    }
  }
  return found;
}
