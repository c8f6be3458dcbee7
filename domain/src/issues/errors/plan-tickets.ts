import { SyncPreference } from '../../schema/generated/options';
import type { Guid, Instant, ShownIssue, Transition, Trouble } from '../facts';
import type { ResolvingLink } from '../resolution/facts';
import { ruleState } from '../resolution/occasion';

/** What is stored of one monitored error (`crmjira_monitor_error.crmjira_base`). */
export interface StoredTickets {
  /** Occasion of its tickets that was last acted on; null: the rule did not hold. */
  readonly occasion: string | null;
  /** Whether the error was resolved when it was last accounted for. */
  readonly resolved: boolean;
  /** It came back after this ticket was resolved; null: it has not, or its tickets were resolved anew. */
  readonly cameBack: { readonly on: Instant; readonly key: string } | null;
}

/** A step that Jira offers, with the category of the status that it leads to. */
export type OfferedStep = Transition & { readonly category: ShownIssue['statusCategory'] };

/** A link of an error to its ticket, with the issue as Jira has just given it. */
export interface TicketLink extends ResolvingLink {
  /** Status that it has, as people read it. */
  readonly status: string | null;
  /** Its status is of the category Done. */
  readonly done: boolean;
  readonly offered: readonly OfferedStep[];
}

export interface TicketFacts {
  readonly error: {
    readonly id: Guid;
    /** As the monitor has just given it. */
    readonly resolved: boolean;
    /** It was resolved and occurred again. */
    readonly regressed: boolean;
    readonly lastSeen: Instant;
  };
  readonly links: readonly TicketLink[];
  /** null: nothing has been accounted for yet */
  readonly stored: StoredTickets | null;
}

/** What the log says; words: `ticket-text.ts`. */
export interface TicketNotice {
  readonly code: 'error-resolved' | 'came-back' | 'not-closed';
  readonly key: string;
  /** What it is about: the same is told once. */
  readonly occasion: string;
  readonly on: Instant;
}

export type TicketAction =
  /** The error is resolved in the monitor; a repeat changes nothing. */
  | { readonly kind: 'resolve-error'; readonly notice: TicketNotice }
  /** The issue is done by a step that Jira offers. */
  | { readonly kind: 'close-issue'; readonly link: TicketLink; readonly step: OfferedStep }
  /** Accounted for, and told where there is a notice. */
  | {
      readonly kind: 'account';
      readonly stored: StoredTickets;
      readonly notices: readonly TicketNotice[];
      /** Links whose rows say why their issue was not done; null: nothing of that is owed any more. */
      readonly unclosed: readonly { readonly link: Guid; readonly trouble: Trouble | null }[];
    };

/** Links by which the error may change its issue: both ways, or to Jira. */
const mayClose = ({ preference, stage }: TicketLink): boolean =>
  (preference === SyncPreference.Both || preference === SyncPreference.CrmToJira) && stage === 'linked';

/** Of a step: what it asks for and nobody gives. */
const missingOf = ({ fields }: OfferedStep): string | null =>
  fields.find(({ required, hasDefault }) => required && !hasDefault)?.name ?? null;

/** A step to a status of the category Done that asks for nothing which nobody gives; else why there is none. */
function stepToDone({ offered, status }: TicketLink): OfferedStep | Trouble {
  const steps = offered.filter(({ category }) => category === 'done');
  const free = steps.find((step) => missingOf(step) === null);
  if (free !== undefined) return free;
  const [first] = steps;
  return first === undefined
    ? { code: 'no-transition', field: 'status', from: status, to: 'Done' }
    : { code: 'transition-needs-field', field: missingOf(first), from: status, to: first.name };
}

/**
 * What is left to do between a monitored error and its tickets (R-1711). The tickets act when the rule of their connection becomes true,
 * once an occasion; the error acts when it is resolved by somebody else than us. An error that comes back is told and reopens nothing.
 * Pure; empty: nothing is left.
 */
export function planTickets({ error, links, stored }: TicketFacts): readonly TicketAction[] {
  if (links.length === 0) return [];
  const { occasion: acting, lastDone } = ruleState(links);
  const now = { occasion: acting?.id ?? null, resolved: error.resolved };
  const account = (
    cameBack: StoredTickets['cameBack'],
    notices: readonly TicketNotice[] = [],
    unclosed: Extract<TicketAction, { kind: 'account' }>['unclosed'] = [],
  ): TicketAction[] => [{ kind: 'account', stored: { ...now, cameBack }, notices, unclosed }];
  if (acting !== null && acting.id !== stored?.occasion) {
    const { id: occasion, link, change } = acting;
    if (error.resolved) return account(null);
    return [{ kind: 'resolve-error', notice: { code: 'error-resolved', key: link.key, occasion, on: change.on } }];
  }
  // What stands when it is first looked at is nobody's act.
  if (stored === null) return account(null);
  if (error.resolved && !stored.resolved) {
    const open = links.filter((link) => mayClose(link) && !link.done);
    const unclosed: { link: Guid; trouble: Trouble }[] = [];
    for (const link of open) {
      const step = stepToDone(link);
      if (!('code' in step)) return [{ kind: 'close-issue', link, step }];
      unclosed.push({ link: link.id, trouble: step });
    }
    const notices = open.map(({ key }): TicketNotice => ({
      code: 'not-closed',
      key,
      occasion: error.lastSeen,
      on: error.lastSeen,
    }));
    return account(null, notices, unclosed);
  }
  if (!error.resolved && stored.resolved) {
    const key = (lastDone?.link ?? links.find(({ done }) => done))?.key;
    const none = links.map(({ id: link }) => ({ link, trouble: null }));
    if (!error.regressed || key === undefined) return account(stored.cameBack, [], none);
    const on = error.lastSeen;
    return account({ on, key }, [{ code: 'came-back', key, occasion: on, on }], none);
  }
  return now.occasion === stored.occasion ? [] : account(stored.cameBack);
}
