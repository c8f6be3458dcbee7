import { type NamedPriority, proposePriorities } from '../maps/propose-priorities';
import { rowOfCrm, type ValueMap } from '../maps/value-map';

/** What people choose from (R-1705). */
export const PRIORITY_WORDS = ['critical', 'high', 'medium', 'low'] as const;
export type PriorityWord = (typeof PRIORITY_WORDS)[number];

type Priority = { readonly id: string; readonly name: string };

/** Words for the priorities of a record: those of Dynamics as it is installed, in both languages. */
const NAMES: Readonly<Record<PriorityWord, RegExp>> = {
  critical: /^(critical|critique|urgent)/i,
  high: /^(high|haute|élevée)/i,
  medium: /^(normal|medium|moyenne)/i,
  low: /^(low|basse|faible)/i,
};

/** The word for one of the record's priorities; null: none of them. */
export const wordOfPriority = (names: readonly string[]): PriorityWord | null =>
  PRIORITY_WORDS.find((word) => names.some((name) => NAMES[word].test(name.trim()))) ?? null;

/**
 * Jira's priority for each of ours, of those that the project offers: as the map of the connection says for the priority of a record that
 * has the same name, else the nearest. Empty where the project has no priorities.
 */
export function priorityOfWords(
  offered: readonly Priority[],
  map: ValueMap,
  record: readonly NamedPriority[],
): Readonly<Partial<Record<PriorityWord, Priority>>> {
  const found = (id: string | undefined): Priority | undefined => offered.find((one) => one.id === id);
  const proposed = proposePriorities(
    offered.map(({ id, name }) => ({ id, names: [name] })),
    PRIORITY_WORDS.map((word) => ({ id: word, names: [word] })),
  );
  const own = PRIORITY_WORDS.map((word) => {
    const value = record.find(({ names }) => wordOfPriority(names) === word)?.id;
    return found(rowOfCrm(map, value)?.jira[0]) ?? found(rowOfCrm(proposed, word)?.jira[0]);
  });
  // A project with fewer priorities than ours: the next one that there is.
  const next = own.map(
    (one, at) => one ?? [...own.slice(0, at)].reverse().find(Boolean) ?? own.slice(at).find(Boolean),
  );
  return Object.fromEntries(PRIORITY_WORDS.flatMap((word, at) => (next[at] === undefined ? [] : [[word, next[at]]])));
}
