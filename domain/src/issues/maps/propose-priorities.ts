import type { ValueMap } from './value-map';

export interface NamedPriority {
  readonly id: string;
  readonly names: readonly string[];
}

/** How much a word weighs; those of Jira, of its older versions and of Dynamics, in both languages. */
const WEIGHTS: readonly (readonly [RegExp, number])[] = [
  [/^(blocker|bloquant)/i, 6],
  [/^(critical|highest|urgent|critique|la plus haute|très élevée)/i, 5],
  [/^(lowest|trivial|la plus basse|très faible)/i, 1],
  [/^(high|haute|élevée)/i, 4],
  [/^(medium|normal|major|moyenne|majeure)/i, 3],
  [/^(low|minor|basse|faible|mineure)/i, 2],
];

/** By its word, else by its place: the first is the highest. */
function weigh({ names }: NamedPriority, at: number, count: number): number {
  const known = WEIGHTS.find(([words]) => names.some((name) => words.test(name.trim())));
  return known?.[1] ?? 5 - (count < 2 ? 2 : (4 * at) / (count - 1));
}

/** Both lists highest first. Each priority of Jira goes to the nearest of the record's; the nearest is what is written. */
export function proposePriorities(jira: readonly NamedPriority[], crm: readonly NamedPriority[]): ValueMap {
  const weighed = crm.map((one, at) => ({ id: one.id, weight: weigh(one, at, crm.length) }));
  const placed = jira.map((one, at) => {
    const weight = weigh(one, at, jira.length);
    const [nearest] = weighed
      .map(({ id, weight: own }) => ({ crm: id, distance: Math.abs(own - weight) }))
      .sort((left, right) => left.distance - right.distance);
    return { jira: one.id, ...nearest };
  });
  return {
    rows: crm.flatMap(({ id }) => {
      const own = placed.filter((one) => one.crm === id).sort((left, right) => left.distance! - right.distance!);
      const [first, ...others] = own.map((one) => one.jira);
      return first === undefined ? [] : [{ crm: [id] as const, jira: [first, ...others] as const }];
    }),
  };
}
