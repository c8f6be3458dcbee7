import {
  type DayCount,
  LinkState,
  type PeriodChange,
  type ProductHealth,
  addDays,
  asLabel,
  productHealth,
} from '@crmjira/domain';
import type { Product } from '../platform/read-products';

/** A project of a monitor such as Sentry. */
export interface MonitoredProject {
  readonly id: string;
  readonly name: string;
  /** `Sentry` */
  readonly system: string;
  readonly productId: string | null;
  readonly syncedOn: string | null;
  readonly knownSince: string | null;
}

/** A Jira project, as far as a product is concerned. */
export interface TicketProject {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly organization: string;
  readonly productId: string | null;
  readonly isOffered: boolean;
}

export interface Ticket {
  /** null: not created yet */
  readonly key: string | null;
  readonly url: string | null;
  readonly status: string;
  /** Jira's own key: `new`, `indeterminate` or `done` */
  readonly category: string;
  readonly resolvedOn: string | null;
  readonly state: LinkState;
  readonly lastError: string | null;
  readonly linkedBy: string | null;
  readonly linkedOn: string | null;
}

/** A monitored error of the last two weeks. */
export interface ProductError {
  readonly id: string;
  readonly externalId: string;
  readonly title: string;
  readonly url: string | null;
  readonly projectId: string;
  readonly level: string;
  readonly firstSeenOn: string | null;
  readonly lastSeenOn: string | null;
  /** events of the last 7 whole days, and of the 7 before */
  readonly last: number;
  readonly before: number;
  /** newest first */
  readonly tickets: readonly Ticket[];
}

export interface Events extends DayCount {
  readonly projectId: string;
}

export interface OpenTickets {
  readonly status: string;
  readonly category: string;
  readonly projectId: string;
  readonly count: number;
}

/** A monitor that does not answer. */
export interface SilentMonitor {
  readonly name: string;
  readonly since: string | null;
  readonly lastGoodOn: string | null;
}

/** What the page knows of one product. */
export interface ProductFacts {
  readonly products: readonly Product[];
  readonly product: Product | null;
  readonly monitored: readonly MonitoredProject[];
  readonly projects: readonly TicketProject[];
  /** null: this person may not see monitored errors */
  readonly events: readonly Events[] | null;
  readonly errors: readonly ProductError[];
  /** of the product, shown or not */
  readonly errorCount: number;
  readonly knownSince: string | null;
  readonly resolved: readonly Events[];
  readonly open: readonly OpenTickets[];
  /** open cases of the product, and how many of them have tickets; null: not known */
  readonly cases: { readonly open: number; readonly linked: number } | null;
  readonly silent: SilentMonitor | null;
}

/** Days of a period. */
const PERIOD = 7;

/** Of a product, or of one of its projects (R-1717). Pure. @param today UTC day */
export function healthOf(facts: ProductFacts, today: string, projectId?: string): ProductHealth {
  const own = (all: readonly Events[]): readonly Events[] =>
    projectId === undefined ? all : all.filter((one) => one.projectId === projectId);
  const since = facts.monitored.length === 0 ? null : facts.knownSince;
  // Jira tells when an issue was resolved, however long ago.
  const ticketsSince = facts.projects.length === 0 ? null : addDays(today, -2 * PERIOD).slice(0, 10);
  return productHealth(
    { days: own(facts.events ?? []), since },
    { days: own(facts.resolved), since: ticketsSince },
    today,
  );
}

/** How one error changed: by the rule of the whole product. Pure. */
export function changeOf({ last, before }: Pick<ProductError, 'last' | 'before'>, today: string): PeriodChange {
  const on = (back: number): string => addDays(today, -back).slice(0, 10);
  const days = [
    { day: on(1), count: last },
    { day: on(PERIOD + 1), count: before },
  ];
  return productHealth({ days, since: on(2 * PERIOD) }, { days: [], since: null }, today).errors.change;
}

const isLiving = ({ state }: Ticket): boolean => state !== LinkState.Unlinked && state !== LinkState.Broken;

/** The ticket that stands beside an error: an open one before any that is done. */
export const ticketOf = ({ tickets }: ProductError): Ticket | null =>
  tickets.find((one) => isLiving(one) && one.category !== 'done') ?? tickets.find(isLiving) ?? null;

/** Whether nobody works on it yet: there is no ticket, or it could not be created. */
export function isWithoutTicket(error: ProductError): boolean {
  const ticket = ticketOf(error);
  return ticket === null || (ticket.key === null && ticket.state !== LinkState.Requested);
}

/** Whether a ticket may be created: there is none that is open. */
export function needsTicket(error: ProductError): boolean {
  return isWithoutTicket(error) || ticketOf(error)?.category === 'done';
}

/** An error that occurred again after its ticket was resolved: the ticket. Pure. */
export function cameBackAfter(error: ProductError): Ticket | null {
  const ticket = ticketOf(error);
  if (ticket?.category !== 'done' || ticket.resolvedOn === null || error.lastSeenOn === null) return null;
  return Date.parse(error.lastSeenOn) > Date.parse(ticket.resolvedOn) ? ticket : null;
}

/** Open tickets of one status, by project in the order of the projects. */
export interface StatusCount {
  readonly status: string;
  readonly category: string;
  readonly all: number;
  readonly parts: readonly { readonly project: TicketProject; readonly count: number }[];
}

const CATEGORIES = ['new', 'indeterminate'];

/** To do before in progress, most tickets first. Pure. */
export function statusCounts({ open, projects }: Pick<ProductFacts, 'open' | 'projects'>): readonly StatusCount[] {
  const byStatus = new Map<string, OpenTickets[]>();
  for (const one of open) byStatus.set(one.status, [...(byStatus.get(one.status) ?? []), one]);
  const rank = (category: string): number => (CATEGORIES.indexOf(category) + 3) % 3;
  return [...byStatus]
    .map(([status, own]): StatusCount => ({
      status,
      category: own[0]?.category ?? '',
      all: own.reduce((sum, { count }) => sum + count, 0),
      parts: projects.flatMap((project) => {
        const count = own.reduce((sum, one) => sum + (one.projectId === project.id ? one.count : 0), 0);
        return count === 0 ? [] : [{ project, count }];
      }),
    }))
    .sort((one, other) => rank(one.category) - rank(other.category) || other.all - one.all);
}

export const openIn = ({ open }: Pick<ProductFacts, 'open'>, projectId?: string): number =>
  open.reduce((sum, one) => sum + (projectId === undefined || one.projectId === projectId ? one.count : 0), 0);

/** Labels that the tickets of some errors get, as the service makes them (R-1706). Pure. */
export const labelsFor = (product: Product | null, errors: readonly ProductError[]): readonly string[] => [
  ...new Set(['sentry', ...errors.map(({ level }) => asLabel(`level-${level.toLowerCase()}`))]),
  ...(product === null ? [] : [asLabel(product.name)]),
];

/** What came of one error whose ticket was asked for, as the service tells. */
export interface TicketAnswer {
  readonly error: string;
  readonly title: string;
  /** null: no ticket was asked for, as `says` explains */
  readonly link: string | null;
  readonly key: string | null;
  /** of what went wrong */
  readonly code: string | null;
  readonly says: string | null;
}

/** How far the tickets are, by the answer of the command; `leftOut`: none was asked for. Pure. */
export function progressOf(
  answer: unknown,
): Readonly<Record<'created' | 'failed' | 'waiting' | 'leftOut', readonly TicketAnswer[]>> {
  const found: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'tickets') : null;
  // the service's own document
  const tickets = Array.isArray(found) ? (found as readonly TicketAnswer[]) : [];
  const linked = tickets.filter(({ link }) => link !== null);
  return {
    created: linked.filter(({ key, code }) => key !== null && code === null),
    failed: linked.filter(({ code }) => code !== null),
    waiting: linked.filter(({ key, code }) => key === null && code === null),
    leftOut: tickets.filter(({ link }) => link === null),
  };
}
