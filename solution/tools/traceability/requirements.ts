import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One requirement of the specification, in few words of our own. */
export interface Requirement {
  readonly id: string;
  readonly words: string;
  readonly group: number;
  /** Fulfilled by documents alone: no test can prove it. */
  readonly documentationOnly: boolean;
}

/** Groups of which every requirement must have a test in the end. */
const demandedGroups: ReadonlySet<number> = new Set([4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15]);
const demandedIds: ReadonlySet<string> = new Set(['R-2301', 'R-2302', 'R-2303', 'R-2305', 'R-2306', 'R-2307']);

/** Whether a requirement must have a test that names it. */
export function isDemanded({ id, group, documentationOnly }: Requirement): boolean {
  return !documentationOnly && (demandedGroups.has(group) || demandedIds.has(id));
}

/** A line of the list that is neither requirement nor group. */
export class UnreadableRequirement extends Error {
  static readonly code = 'unreadable-requirement';
  readonly code = UnreadableRequirement.code;
}

/** The groups by number with their names, and the requirements in order. @throws UnreadableRequirement */
export function readRequirements(): { readonly groups: ReadonlyMap<number, string>; readonly all: Requirement[] } {
  const groups = new Map<number, string>();
  const all: Requirement[] = [];
  let group = 0;
  for (const line of readFileSync(join(__dirname, 'requirements.txt'), 'utf8').trim().split('\n')) {
    const heading = /^# group (\d+) (.+)$/.exec(line);
    const entry = /^(R-\d{3,4})(\*?) (.+)$/.exec(line);
    if (heading?.[1] !== undefined && heading[2] !== undefined) {
      group = Number(heading[1]);
      groups.set(group, heading[2]);
    } else if (entry?.[1] !== undefined && entry[3] !== undefined)
      all.push({ id: entry[1], words: entry[3], group, documentationOnly: entry[2] === '*' });
    else throw new UnreadableRequirement(`requirements.txt: "${line}"`);
  }
  return { groups, all };
}

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
