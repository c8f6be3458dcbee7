import { plainName } from './plain-name';

/** A project of Jira that an opportunity may be linked to. */
export interface ProjectCandidate {
  /** numeric id as text */
  readonly id: string;
  readonly key: string;
  readonly name: string;
  /** another opportunity has it: shown, so that nobody looks for it in vain, and not to be chosen */
  readonly linked: boolean;
  /** of its site; left out: there is only one connection */
  readonly connectionId?: string;
}

/** A connection that was searched. */
export interface SearchedConnection {
  readonly id: string;
  readonly name: string;
  /** it did not answer, so that its projects are missing */
  readonly isSilent: boolean;
}

/** What a search found. */
export interface CandidateList {
  readonly projects: readonly ProjectCandidate[];
  /** there are others: a longer search text finds them */
  readonly more: boolean;
  /** the first one first; left out: there is only one */
  readonly connections?: readonly SearchedConnection[];
}

/** Characters of a project's name that are shown; Jira allows 80. */
const nameLength = 80;
/** Characters of a connection's name that are shown. */
const connectionNameLength = 40;
/** Characters of `crmjira_result`, into which a list is written. */
const listLength = 2_000;

/** How well a project fits what was typed, best first; null when it does not fit. */
function fitOf(project: Pick<ProjectCandidate, 'key' | 'name'>, wanted: string): number | null {
  const key = plainName(project.key);
  const name = plainName(project.name);
  if (key === wanted) return 0;
  if (key.startsWith(wanted)) return 1;
  if (name.startsWith(wanted)) return 2;
  if (name.includes(` ${wanted}`)) return 3;
  return name.includes(wanted) || key.includes(wanted) ? 4 : null;
}

/**
 * Projects that fit a search text by key or name, best first; without a text all of them, with those that are named as the opportunity
 * first. What cannot be chosen comes last. Case, accents and punctuation count for nothing. Pure.
 */
export function searchProjects<P extends Pick<ProjectCandidate, 'key' | 'name'> & { readonly linked?: boolean }>(
  projects: readonly P[],
  text: string,
  opportunityName: string,
): readonly P[] {
  const wanted = plainName(text);
  const own = plainName(opportunityName);
  return projects
    .flatMap((project) => {
      const fit = wanted === '' ? (own !== '' && plainName(project.name) === own ? 0 : 1) : fitOf(project, wanted);
      return fit === null ? [] : [{ project, fit }];
    })
    .sort(
      (one, other) =>
        Number(one.project.linked === true) - Number(other.project.linked === true) ||
        one.fit - other.fit ||
        plainName(one.project.name).localeCompare(plainName(other.project.name)) ||
        one.project.key.localeCompare(other.project.key),
    )
    .map(({ project }) => project);
}

type Entry = readonly [id: string, key: string, name: string, linked: 0 | 1];
/** A project of another connection than the first one: an entry, which connection, and where in the list it stands. */
type EntryElsewhere = readonly [...Entry, connection: number, at: number];
type ConnectionEntry = readonly [id: string, name: string, silent: 0 | 1];

const cutName = (name: string, length: number): string => [...name].slice(0, length).join('');

const entryOf = ({ id, key, name, linked }: ProjectCandidate): Entry => [
  id,
  key,
  cutName(name, nameLength),
  linked ? 1 : 0,
];

/** Pages from before there were several connections read `projects` alone, and mean the first connection by a bare key. */
function candidatesText(
  projects: readonly ProjectCandidate[],
  more: boolean,
  connections: CandidateList['connections'],
) {
  if (connections === undefined) return JSON.stringify({ projects: projects.map(entryOf), more });
  const placed = projects.map((project, at) => ({
    project,
    at,
    connection: Math.max(
      0,
      connections.findIndex(({ id }) => id === project.connectionId),
    ),
  }));
  return JSON.stringify({
    projects: placed.filter(({ connection }) => connection === 0).map(({ project }) => entryOf(project)),
    more,
    connections: connections.map(({ id, name, isSilent }): ConnectionEntry => [
      id,
      cutName(name, connectionNameLength),
      isSilent ? 1 : 0,
    ]),
    elsewhere: placed
      .filter(({ connection }) => connection > 0)
      .map(({ project, connection, at }): EntryElsewhere => [...entryOf(project), connection, at]),
  });
}

/**
 * A list as the text of a command's answer, cut to what the column holds. Pure.
 * @returns JSON: `{"projects":[[id,key,name,0|1],…],"more":true}`, and with several connections `"connections":[[id,name,0|1],…]` and
 * `"elsewhere":[[id,key,name,0|1,connection,position],…]`
 */
export function writeCandidates({ projects, more, connections }: CandidateList): string {
  let shown = projects.length;
  let named = connections?.length ?? 0;
  for (;;) {
    const cut = shown < projects.length;
    const text = candidatesText(projects.slice(0, shown), more || cut, connections?.slice(0, named));
    if (text.length <= listLength || (shown === 0 && named === 0)) return text;
    if (shown > 0) shown -= 1;
    else named -= 1;
  }
}

const areTexts = (values: readonly unknown[]): boolean => values.every((part) => typeof part === 'string');
const isFlag = (value: unknown): boolean => value === 0 || value === 1;

function isEntry(value: unknown): value is Entry {
  return Array.isArray(value) && value.length === 4 && areTexts(value.slice(0, 3)) && isFlag(value[3]);
}

function isEntryElsewhere(value: unknown): value is EntryElsewhere {
  return (
    Array.isArray(value) && value.length === 6 && isEntry(value.slice(0, 4)) && value.slice(4).every(Number.isInteger)
  );
}

function isConnectionEntry(value: unknown): value is ConnectionEntry {
  return Array.isArray(value) && value.length === 3 && areTexts(value.slice(0, 2)) && isFlag(value[2]);
}

const candidateOf = ([id, key, name, linked]: Entry): ProjectCandidate => ({ id, key, name, linked: linked === 1 });

/** Reads what `writeCandidates` wrote; null for anything else, such as a text that was cut. Pure. */
export function readCandidates(text: string): CandidateList | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null) return null;
  const { projects: entries, more, connections, elsewhere } = parsed as Readonly<Record<string, unknown>>;
  if (!Array.isArray(entries) || !entries.every(isEntry) || typeof more !== 'boolean') return null;
  const projects = entries.map(candidateOf);
  if (connections === undefined) return { projects, more };
  if (!Array.isArray(connections) || !connections.every(isConnectionEntry)) return null;
  if (!Array.isArray(elsewhere) || !elsewhere.every(isEntryElsewhere)) return null;
  const idOf = (index: number): Pick<ProjectCandidate, 'connectionId'> => ({
    connectionId: connections[index]?.[0] ?? '',
  });
  const placed: ProjectCandidate[] = projects.map((project) => ({ ...project, ...idOf(0) }));
  for (const [id, key, name, linked, connection, at] of elsewhere)
    placed.splice(at, 0, { ...candidateOf([id, key, name, linked]), ...idOf(connection) });
  return {
    projects: placed,
    more,
    connections: connections.map(([id, name, silent]) => ({ id, name, isSilent: silent === 1 })),
  };
}
