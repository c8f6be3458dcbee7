import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One requirement, in few words. */
export interface Requirement {
  readonly id: string;
  readonly words: string;
  readonly group: number;
  /** Fulfilled by documents alone: no test can prove it. */
  readonly documentationOnly: boolean;
}

/** Groups of which every requirement must have a test in the end. */
const demandedGroups: ReadonlySet<number> = new Set([4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 16, 17, 18]);
const demandedIds: ReadonlySet<string> = new Set(['R-2301', 'R-2302', 'R-2303', 'R-2305', 'R-2306', 'R-2307']);

/** Whether a requirement must have a test that names it. */
export function isDemanded({ id, group, documentationOnly }: Requirement): boolean {
  return !documentationOnly && (demandedGroups.has(group) || demandedIds.has(id));
}

/** A line of a list that cannot be read. */
export class UnreadableRequirement extends Error {
  static readonly code = 'unreadable-requirement';
  readonly code = UnreadableRequirement.code;
}

/** Where the requirements stand, and nowhere else. */
export const requirementsFile = 'docs/requirements.md';

/** The groups by number with their names, and the requirements in order; groups that are only planned are left out. */
export function readRequirements(): { readonly groups: ReadonlyMap<number, string>; readonly all: Requirement[] } {
  const text = readFileSync(join(__dirname, '..', '..', '..', requirementsFile), 'utf8');
  const groups = new Map<number, string>();
  const all: Requirement[] = [];
  for (const section of text.split(/^## /m).slice(1)) {
    const [, number, name] = /^(\d+)\. (.+)$/m.exec(section) ?? [];
    if (name === undefined || section.includes('\nPlanned, not built yet.')) continue;
    const group = Number(number);
    groups.set(group, name);
    for (const [, id, words, documentation] of section.matchAll(ENTRY))
      all.push({ id: id!, words: words!, group, documentationOnly: documentation !== undefined });
  }
  return { groups, all };
}

/** `- <a id="r-910"></a>**R-910 Licence notes.** (Documentation only.) …` */
const ENTRY = /^- <a id="r-\d+"><\/a>\*\*(R-\d{3,4}) (.+?)\.\*\*( \(Documentation\s+only\.\))?/gm;

/** What is kept in part: requirement and what is left, in a sentence. @throws UnreadableRequirement */
export function readPartlyKept(): ReadonlyMap<string, string> {
  const lines = readFileSync(join(__dirname, 'partly-kept.txt'), 'utf8').trim().split('\n');
  return new Map(
    lines.map((line) => {
      const [, id, left] = /^(R-\d{3,4}) (.+)$/.exec(line) ?? [];
      if (id === undefined || left === undefined) throw new UnreadableRequirement(`partly-kept.txt: "${line}"`);
      return [id, left];
    }),
  );
}
