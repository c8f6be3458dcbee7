import { type Deployment, Health } from '@crmjira/domain';
import type { Product } from '../platform/read-products';

/** A connection to a Jira site, as an administrator knows it (R-1701). */
export interface Organization {
  readonly id: string;
  readonly name: string;
  /** without `https://` */
  readonly host: string;
  readonly deployment: Deployment | null;
  readonly isActive: boolean;
  readonly health: Health;
  /** since when its Jira does as it does */
  readonly since: string | null;
  /** why it does not do well, as the service words it, and by its code */
  readonly reason: string | null;
  readonly code: string | null;
  readonly responseMs: number | null;
  readonly limitMs: number | null;
  readonly testedOn: string | null;
  readonly testOk: boolean;
  readonly syncedOn: string | null;
  readonly intervalMinutes: number | null;
  readonly issueLimit: number | null;
  readonly addedOn: string | null;
  readonly addedBy: string | null;
}

export interface Project {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly organizationId: string;
  readonly lead: string;
  readonly productId: string | null;
  readonly opportunity: { readonly id: string; readonly name: string; readonly reference: string | null } | null;
  readonly isArchived: boolean;
  readonly isOffered: boolean;
  readonly discoveredOn: string | null;
  readonly syncedOn: string | null;
}

/** Issues of a project. */
export interface IssueCount {
  readonly open: number;
  readonly all: number;
}

/** What the page shows. */
export interface JiraFacts {
  readonly organizations: readonly Organization[];
  readonly projects: readonly Project[];
  readonly products: readonly Product[];
  /** by project; one without issues is missing */
  readonly counts: ReadonlyMap<string, IssueCount>;
  /** monitored projects by product */
  readonly monitored: ReadonlyMap<string, number>;
  readonly firstSync: { readonly on: string; readonly records: number | null } | null;
  readonly hasErrorTicket: boolean;
}

const NONE: IssueCount = { open: 0, all: 0 };
const DAY_MS = 86_400_000;
/** Days for which a project that was found counts as new. */
const NEW_FOR = 7;

export const countOf = ({ counts }: Pick<JiraFacts, 'counts'>, { id }: Pick<Project, 'id'>): IssueCount =>
  counts.get(id) ?? NONE;

export const isMapped = ({ productId, opportunity }: Project): boolean => productId !== null || opportunity !== null;

export const isNew = ({ discoveredOn }: Project, now: string): boolean =>
  discoveredOn !== null && Date.parse(now) - Date.parse(discoveredOn) < NEW_FOR * DAY_MS;

/** Its Jira does not answer: what is shown of it is old. */
export const isSilent = (organization: Organization | undefined): boolean => organization?.health === Health.Down;

/** Projects and issues of an organization; of none given, of all. */
export function sizeOf(
  facts: JiraFacts,
  organizationId?: string,
): { readonly projects: number; readonly issues: number } {
  const own = facts.projects.filter((one) => organizationId === undefined || one.organizationId === organizationId);
  return { projects: own.length, issues: own.reduce((sum, project) => sum + countOf(facts, project).all, 0) };
}

export type Mapping = 'all' | 'product' | 'opportunity' | 'none';
export type SortKey = 'key' | 'name' | 'open' | 'all';

/** What a person has chosen to see of the projects. */
export interface Filter {
  readonly text: string;
  /** empty: of all */
  readonly organizationId: string;
  readonly mapping: Mapping;
  readonly archived: boolean;
  readonly onlyNew: boolean;
  readonly sort: SortKey;
  readonly descending: boolean;
}

export const EVERYTHING: Filter = {
  text: '',
  organizationId: '',
  mapping: 'all',
  archived: true,
  onlyNew: false,
  sort: 'open',
  descending: true,
};

const FITS: Readonly<Record<Mapping, (project: Project) => boolean>> = {
  all: () => true,
  product: ({ productId }) => productId !== null,
  opportunity: ({ opportunity }) => opportunity !== null,
  none: (project) => !isMapped(project),
};

/** Projects that fit, in their order. Pure. */
export function shownProjects(facts: JiraFacts, filter: Filter, now: string): readonly Project[] {
  const text = filter.text.trim().toLowerCase();
  const value = (project: Project): number | string => {
    if (filter.sort === 'key') return project.key;
    return filter.sort === 'name' ? project.name.toLowerCase() : countOf(facts, project)[filter.sort];
  };
  const compare = (one: Project, other: Project): number => {
    const [a, b] = [value(one), value(other)];
    const order = typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
    return (filter.descending ? -order : order) || one.key.localeCompare(other.key);
  };
  return facts.projects
    .filter(
      (project) =>
        FITS[filter.mapping](project) &&
        (filter.archived || !project.isArchived) &&
        (!filter.onlyNew || isNew(project, now)) &&
        (filter.organizationId === '' || project.organizationId === filter.organizationId) &&
        [project.key, project.name, project.lead].some((word) => word.toLowerCase().includes(text)),
    )
    .sort(compare);
}

export type StepName = 'organization' | 'test' | 'sync' | 'product' | 'ticket';

/** First-run checklist (R-1719), in its order. Pure. */
export function stepsDone(facts: JiraFacts): Readonly<Record<StepName, boolean>> {
  const { organizations, projects, firstSync, hasErrorTicket } = facts;
  return {
    organization: organizations.length > 0,
    test: organizations.some(({ testedOn, testOk }) => testedOn !== null && testOk),
    sync: firstSync !== null,
    product: projects.some(({ productId }) => productId !== null),
    ticket: hasErrorTicket,
  };
}

/** What a bulk assignment does with one project. */
export type AssignEffect = 'gets' | 'moves' | 'has' | 'archived';

/** What will happen to each, by key. Pure. @param productId null: the product is taken away */
export function assignEffects(
  projects: readonly Project[],
  productId: string | null,
): readonly { readonly project: Project; readonly effect: AssignEffect }[] {
  const effectOf = ({ isArchived, productId: before }: Project): AssignEffect => {
    if (isArchived) return 'archived';
    if (before === productId) return 'has';
    return before === null ? 'gets' : 'moves';
  };
  const order: readonly AssignEffect[] = ['gets', 'moves', 'has', 'archived'];
  return projects
    .map((project) => ({ project, effect: effectOf(project) }))
    .sort(
      (one, other) =>
        order.indexOf(one.effect) - order.indexOf(other.effect) || one.project.key.localeCompare(other.project.key),
    );
}
