import { BudgetStatus, type Money, dayOf, hasReached, subtract, utilization } from '@crmjira/domain';
import {
  type ChipView,
  type IconName,
  type Mapping,
  type Tone,
  type UserFormat,
  type Words,
  action,
  chip,
  failureWords,
  formatDateTime,
  formatDay,
  formatMoney,
  formatMoneyWithCode,
  formatMoment,
  formatPercent,
  freshness,
  nextTry,
  userDay,
} from '@crmjira/form-data';
import type { BudgetForm, BudgetRecord } from './parts';
import { overSince } from './over-since';
import type { StatusView } from './status-view';
import type { StringKey } from './generated/string-keys';
import type { Review } from './use-review-task';

/** What a status that is set is told from. */
export interface Facts {
  readonly form: BudgetForm;
  readonly record: BudgetRecord;
  readonly mapping: Mapping;
  readonly offline: boolean;
  readonly locked: boolean;
  readonly format: UserFormat;
  readonly say: Words<StringKey>;
  readonly review: Review | null;
}

/** `crmjira_budgetstatus` with its mark; icon and word differ for each, the colour repeats them. */
const STATUS: Readonly<Record<number, readonly [name: string, Tone, IconName, StringKey]>> = {
  [BudgetStatus.Draft]: ['draft', 'neutral', 'Edit', 'chip.draft'],
  [BudgetStatus.Approved]: ['approved', 'brand', 'Accept', 'chip.approved'],
  [BudgetStatus.Active]: ['active', 'brand', 'Play', 'chip.active'],
  [BudgetStatus.OverBudget]: ['over', 'over', 'ErrorBadge', 'chip.over'],
  [BudgetStatus.Completed]: ['completed', 'ok', 'Completed', 'chip.completed'],
};

/** Status, percent and what made it so. */
export function figuresPart(facts: Facts): Partial<StatusView> & { readonly state: string } {
  const { form, record, mapping, offline, format, say } = facts;
  const { budgetStatus, approved, spent } = mapping;
  const [name, tone, icon, word] = STATUS[budgetStatus ?? 0] ?? ['none', 'neutral', 'CircleRing', 'chip.none'];
  // A completed budget has no more to say by being closed.
  const closed = !record.opportunity.open && budgetStatus !== BudgetStatus.Completed;
  const locked = facts.locked || !record.opportunity.open;
  const percent = approved && spent && utilization(spent, approved, 1);
  const warned =
    !closed &&
    budgetStatus === BudgetStatus.Active &&
    approved !== null &&
    spent !== null &&
    approved.minor > 0 &&
    hasReached(spent, approved, record.settings.warningPercent);
  const chips: ChipView[] = [chip(closed ? 'off' : tone, icon, say(word))];
  if (warned) chips.push(chip('warn', 'Warning', say('chip.warning')));
  const fresh = freshness(mapping, form.now);
  const stale = offline || fresh.kind !== 'fresh';
  if (stale) chips.push(chip('warn', 'PlugDisconnected', staleChip(facts, fresh)));
  // Said of the sentence itself where it would else sound as if it were so now.
  const within = budgetStatus === BudgetStatus.Active && !warned && approved !== null && spent !== null;
  const read = within && isFailing(facts, fresh);
  const staleText = staleWords(facts, fresh, read);
  return {
    state: warned ? 'warning' : name,
    chips,
    locked: locked ? say('locked') : undefined,
    share: typeof percent === 'number' ? formatPercent(percent, 1, format.numbers) : undefined,
    shareHint: say(name === 'draft' ? 'share.planned' : 'share'),
    why:
      closed && !staleText
        ? say('closed')
        : [read ? say('why.activeRead') : why(facts, warned), staleText, closed && say('closed')]
            .filter(Boolean)
            .join(' '),
    ...reviewPart(facts),
  };
}

/** The person's own task of the review, and the way to complete it. */
function reviewPart({ review, offline, format, say }: Facts): Partial<StatusView> {
  if (!review) return {};
  const { isOpen, subject, due } = review.task;
  if (!isOpen) return { review: say('review.done', { subject }) };
  const date = due && formatDay(userDay(due, format.dates), format.dates);
  return {
    review: date ? say('review.due', { subject, date }) : say('review.open', { subject }),
    actions: offline ? [] : [action('complete', 'Accept', say('review.complete'), false, review.sent === 'sending')],
  };
}

type Fresh = ReturnType<typeof freshness>;

function staleChip({ form, format, offline, say }: Facts, fresh: Fresh): string {
  if (offline || fresh.kind === 'fresh') return say('chip.offline');
  return say('chip.figuresFrom', { time: formatMoment(fresh.figuresFrom, form.now, format.dates) });
}

/** The rows were read, and what they hold is behind because Jira or the integration fails. */
function isFailing({ form, offline }: Facts, fresh: Fresh): fresh is Extract<Fresh, { kind: 'failing' }> {
  return !offline && form.failure === null && fresh.kind === 'failing';
}

/** @param read the sentence before says already that it was so when last read */
function staleWords(facts: Facts, fresh: Fresh, read: boolean): string {
  const { form, format, mapping, offline, say } = facts;
  const time = formatDateTime(form.readAt ?? form.now, format.dates);
  if (offline) return say('offline', { time });
  if (form.failure !== null) return say('notRefreshed', { time });
  if (!isFailing(facts, fresh)) return '';
  const moment = (at: string): string => formatMoment(at, form.now, format.dates);
  const retry = nextTry(mapping, form.now);
  return [
    !read && say('why.then'),
    fresh.reason === null ? say('why.unreachable', { since: moment(fresh.since) }) : failureWords(mapping, say),
    retry && say('why.retry', { time: moment(retry) }),
  ]
    .filter(Boolean)
    .join(' ');
}

/** What made the status so, as far as the rows tell it. */
function why(facts: Facts, warned: boolean): string {
  const { form, record, mapping, format, say } = facts;
  const { budgetStatus, approved, spent, completedOn } = mapping;
  const { approvedBy, approvedOn } = record.opportunity;
  const style = { symbol: mapping.currency.symbol, pattern: format.numbers };
  const day = (at: string): string => formatDay(userDay(at, format.dates), format.dates);
  if (budgetStatus === BudgetStatus.Approved) {
    return approvedBy !== null && approvedOn !== null
      ? say('why.approvedBy', { who: approvedBy, date: day(approvedOn) })
      : say('why.approved');
  }
  if (
    budgetStatus !== BudgetStatus.Active &&
    budgetStatus !== BudgetStatus.OverBudget &&
    budgetStatus !== BudgetStatus.Completed
  )
    return say('why.draft');
  // Column security hides the amounts: the chip alone says what may be said.
  if (approved === null || spent === null) return '';
  const budget = formatMoneyWithCode(approved, style);
  const between = (a: Money, b: Money): string => formatMoney(subtract(a, b), style);
  if (budgetStatus === BudgetStatus.OverBudget) {
    const since = overSince(record.snapshots ?? []);
    const values = { amount: between(spent, approved), budget };
    return since === null
      ? say('why.over', values)
      : say('why.overSince', {
          ...values,
          // Kept days are of UTC; today is the day of the reader's clock (R-2308).
          date: formatDay(since === dayOf(form.now) ? userDay(form.now, format.dates) : since, format.dates),
        });
  }
  if (budgetStatus === BudgetStatus.Active) {
    const percent = formatPercent(record.settings.warningPercent, 0, format.numbers);
    return warned ? say('why.warning', { percent }) : say('why.active', { budget });
  }
  const result =
    spent.minor < approved.minor
      ? say('why.under', { amount: between(approved, spent) })
      : spent.minor > approved.minor
        ? say('why.beyond', { amount: between(spent, approved) })
        : say('why.exactly');
  return completedOn === null
    ? say('why.completed', { result })
    : say('why.completedOn', { date: day(completedOn), result });
}
