import { plainName } from './plain-name';

/** A project of Jira that an opportunity may be linked to. */
export interface ProjectCandidate {
  /** numeric id as text */
  readonly id: string;
  readonly key: string;
  readonly name: string;
  /** another opportunity has it: shown, so that nobody looks for it in vain, and not to be chosen */
  readonly linked: boolean;
}

/** What a search found. */
export interface CandidateList {
  readonly projects: readonly ProjectCandidate[];
  /** there are others: a longer search text finds them */
  readonly more: boolean;
}

/** Characters of a project's name that are shown; Jira allows 80. */
const nameLength = 80;
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

/**
 * A list as the text of a command's answer, cut to what the column holds. Pure.
 * @returns JSON: `{"projects":[[id,key,name,0|1],…],"more":true}`
 */
export function writeCandidates({ projects, more }: CandidateList): string {
  const entries: Entry[] = projects.map(({ id, key, name, linked }) => [
    id,
    key,
    [...name].slice(0, nameLength).join(''),
    linked ? 1 : 0,
  ]);
  const text = (cut: boolean): string => JSON.stringify({ projects: entries, more: more || cut });
  let cut = false;
  while (text(cut).length > listLength && entries.length > 0) {
    entries.pop();
    cut = true;
  }
  return text(cut);
}

function isEntry(value: unknown): value is Entry {
  return (
    Array.isArray(value) &&
    value.length === 4 &&
    value.slice(0, 3).every((part) => typeof part === 'string') &&
    (value[3] === 0 || value[3] === 1)
  );
}

/** Reads what `writeCandidates` wrote; null for anything else, such as a text that was cut. Pure. */
export function readCandidates(text: string): CandidateList | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null) return null;
  const { projects, more } = parsed as { readonly projects?: unknown; readonly more?: unknown };
  if (!Array.isArray(projects) || !projects.every(isEntry) || typeof more !== 'boolean') return null;
  return {
    projects: projects.map(([id, key, name, linked]) => ({ id, key, name, linked: linked === 1 })),
    more,
  };
}
