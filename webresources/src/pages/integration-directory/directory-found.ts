import type { EnteredIntegration, TestAnswer } from '@crmjira/domain';
import { listIn, numberIn, textIn } from '../integrations/enter-view';

type Values = Readonly<Record<string, unknown>>;

export interface FoundGroup {
  readonly dn: string;
  readonly name: string;
}

export interface GroupTeam {
  readonly groupDn: string;
  readonly teamId: string;
}

/** Groups that a test has found; null: it has not come so far. Pure. */
export const foundGroups = (test: TestAnswer | null): readonly FoundGroup[] | null =>
  test === null || !Array.isArray(test.found['groups'])
    ? null
    : listIn(test.found, 'groups').map((group) => ({ dn: textIn(group, 'dn'), name: textIn(group, 'name') }));

/** How many people a test has found. Pure. */
export const foundPeople = (test: TestAnswer | null): number => (test && numberIn(test.found, 'people')) ?? 0;

/** Groups that are mapped to a team. Pure. */
export const mappedGroups = ({ settings }: EnteredIntegration): readonly GroupTeam[] =>
  listIn(settings, 'groups').map((one) => ({ groupDn: textIn(one, 'groupDn'), teamId: textIn(one, 'teamId') }));

/** The mapping with another team for a group; empty: none. Pure. */
export const withTeam = (groups: readonly GroupTeam[], groupDn: string, teamId: string): readonly GroupTeam[] => [
  ...groups.filter((one) => one.groupDn !== groupDn),
  ...(teamId === '' ? [] : [{ groupDn, teamId }]),
];

/** What is wrong with port and protection; null: nothing. A password would travel readable without TLS (R-1605). Pure. */
export const isPlain = ({ port, protection }: Values): boolean => Number(port) === 389 && protection !== 'start-tls';

/** Somebody in a list of a dry run, and what would be done. */
export interface Listed {
  readonly who: string;
  readonly where: string;
  /** null: nothing is done to a team */
  readonly team: string | null;
}

export interface PreviewTeam {
  readonly name: string;
  readonly wanted: number;
  readonly now: number;
  readonly added: number;
  readonly removed: number;
}

/** What a dry run of a directory shows. */
export interface Preview {
  readonly isRefused: boolean;
  readonly read: number;
  readonly matched: number;
  readonly withoutUser: number;
  readonly onBothSides: number;
  readonly counts: Readonly<Record<'added' | 'removed' | 'flagged' | 'losing', number>>;
  readonly lists: Readonly<Record<'flagged' | 'added' | 'removed' | 'withoutUser', readonly Listed[]>>;
  readonly teams: readonly PreviewTeam[];
}

const valuesOf = (value: unknown): Values => (typeof value === 'object' && value !== null ? (value as Values) : {});

/** The provider's own document; null: there is none. Pure. */
export function previewOf(preview: unknown): Preview | null {
  const shown = valuesOf(preview);
  if (!('people' in shown)) return null;
  const people = valuesOf(shown['people']);
  const counts = valuesOf(shown['counts']);
  const count = (values: Values, key: string): number => numberIn(values, key) ?? 0;
  const list = (key: string): readonly Listed[] =>
    listIn(shown, key).map((one) => ({
      who: textIn(one, 'user') || textIn(one, 'upn') || textIn(one, 'dn'),
      where: textIn(one, 'upn') || textIn(one, 'dn'),
      team: textIn(one, 'team') || null,
    }));
  return {
    isRefused: typeof shown['refused'] === 'string',
    read: count(people, 'read'),
    matched: count(people, 'matched'),
    withoutUser: count(people, 'withoutUser'),
    onBothSides: count(people, 'disabledOnBothSides'),
    counts: {
      added: count(counts, 'added'),
      removed: count(counts, 'removed'),
      flagged: count(counts, 'flagged'),
      losing: count(counts, 'losing'),
    },
    lists: {
      flagged: list('flagged'),
      added: list('added'),
      removed: list('removed'),
      withoutUser: list('withoutUser'),
    },
    teams: listIn(shown, 'teams').map((team) => ({
      name: textIn(team, 'name'),
      wanted: count(team, 'wanted'),
      now: count(team, 'now'),
      added: count(team, 'added'),
      removed: count(team, 'removed'),
    })),
  };
}
