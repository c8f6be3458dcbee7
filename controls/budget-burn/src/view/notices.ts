import type { Money } from '@crmjira/domain';
import {
  type ActionView,
  type ChipView,
  type IconName,
  type MessageView,
  type Tone,
  action,
  chip,
  failureWords,
  formatDateTime,
  message,
  nextTry,
} from '@crmjira/form-data';
import type { BurnView } from './burn-view';
import type { Figures } from './figures';
import type { Formatter } from './formatter';

/** The state in a chip; stale, offline and discrepancy stand beside or in place of it. */
export function chipsOf(figures: Figures, offline: boolean, formatter: Formatter): readonly ChipView[] {
  const { say } = formatter;
  const { freshness, state } = figures;
  const differing = jiraAmount(figures);
  const late = offline
    ? say('chip.offline')
    : freshness.kind !== 'fresh' && say('chip.figuresFrom', { time: formatter.moment(freshness.figuresFrom) });
  return [
    // Nothing that matters is hidden behind stale: only the good news is left out.
    (!late || state === 'over' || state === 'warning') && stateChip(figures, formatter),
    late && chip('warn', 'PlugDisconnected', late),
    differing && chip('warn', 'BranchMerge', say('chip.differs', { amount: formatter.money(differing) })),
  ].filter((shown) => !!shown);
}

/** Hue and icon by text of the chip; the others are good news. */
const LOOKS: Partial<Record<string, readonly [tone: Tone, icon: IconName]>> = {
  over: ['over', 'ErrorBadge'],
  overAtEnd: ['over', 'Completed'],
  warning: ['warn', 'Warning'],
  atRisk: ['warn', 'Warning'],
  tooEarly: ['neutral', 'Clock'],
  requested: ['brand', 'Clock'],
  planned: ['neutral', 'Edit'],
};

function stateChip({ state, standing, percent, spent, approved }: Figures, { say, inPercent }: Formatter): ChipView {
  const left = approved.minor - spent.minor;
  const atEnd = left < 0 ? 'overAtEnd' : left > 0 ? 'under' : 'onBudget';
  // Good news and forecasts are about an approved budget.
  const isUnapproved = standing !== 'approved' && state !== 'over' && state !== 'warning';
  const key = isUnapproved ? standing : state === 'completed' ? atEnd : state;
  const [tone, icon] = LOOKS[key] ?? ['ok', 'Completed'];
  return chip(tone, icon, say(`chip.${key}`, { percent: inPercent(percent ?? 0) }));
}

/** The amount in Jira where it is another than the approved one; else null. */
function jiraAmount({ mapping, approved }: Figures): Money | null {
  return mapping.jiraAmount?.minor === approved.minor ? null : mapping.jiraAmount;
}

/** What happened, what is safe, what to do next. */
export function messagesOf(figures: Figures, offline: boolean, formatter: Formatter): readonly MessageView[] {
  const { say, form, format, moment } = formatter;
  const { freshness, approved, mapping } = figures;
  const differing = jiraAmount(figures);
  const messages: MessageView[] = [];
  const add = (strong: string, text: string, icon: IconName = 'PlugDisconnected'): void => {
    messages.push(message('warn', icon, strong, text));
  };
  const readAt = { time: formatDateTime(form.readAt ?? form.now, format.dates) };
  if (offline) add(say('offline', readAt), say('offline.next'));
  else if (form.failure) add(say('notRefreshed', readAt), say('unread.next'));
  if (freshness.kind !== 'fresh') {
    const time = moment(freshness.figuresFrom);
    let strong = say('stale.old', { time });
    let next = say('stale.next');
    if (freshness.kind === 'failing') {
      strong = say('stale', { time, since: moment(freshness.since) });
      if (freshness.reason) {
        strong = failureWords(mapping, say);
        next = say('stale.kept');
      }
      const retry = nextTry(mapping, form.now);
      if (retry) next += ` ${say('stale.retry', { time: moment(retry) })}`;
    }
    add(strong, next);
  }
  if (differing) {
    const values = { jira: formatter.money(differing), approved: formatter.money(approved) };
    add(
      say('differs', values),
      // Jira's amount can be taken only before approval: what cannot be done is not offered (F-112).
      say('differs.next') + (mayTakeJira(figures) ? '' : ` ${say('differs.approval')}`),
      'BranchMerge',
    );
  }
  return messages;
}

/** An approved amount changes by an approval alone (R-1506, R-308). */
function mayTakeJira({ standing }: Figures): boolean {
  return standing !== 'approved';
}

/** Resolves the difference: the sides that can be taken. */
export function sidesOf(figures: Figures, busy: boolean, { say, money }: Formatter): readonly ActionView[] {
  const differing = jiraAmount(figures);
  if (!differing) return [];
  const take = (side: 'crm' | 'jira', amount: Money): ActionView =>
    action('resolve', 'BranchMerge', say(`take.${side}`, { amount: money(amount) }), false, busy, `approved ${side}`);
  return [take('crm', figures.approved), ...(mayTakeJira(figures) ? [take('jira', differing)] : [])];
}

export function footerOf({ mapping, state, freshness }: Figures, formatter: Formatter): BurnView['footer'] {
  const { say } = formatter;
  const { hours, lastSyncOn, completedOn } = mapping;
  const lines: string[] = [];
  if (hours !== null) lines.push(say(hours === 1 ? 'logged.one' : 'logged', { hours: formatter.inHours(hours) }));
  if (state === 'completed' && completedOn) {
    lines.push(say('completedOn', { date: formatter.date(formatter.dayOf(completedOn)) }));
  } else if (lastSyncOn && freshness.kind === 'fresh') {
    lines.push(say('synced', { time: formatter.elapsed(lastSyncOn) }));
  } else if (lastSyncOn) {
    lines.push(say('lastSync', { time: formatter.moment(lastSyncOn) }));
  }
  return lines;
}
