import {
  type ChipView,
  type MessageView,
  chip,
  formatDateTime,
  formatDay,
  formatElapsed,
  formatMoment,
  message,
  userDay,
} from '@crmjira/form-data';
import type { BurnView } from './burn-view';
import type { Figures } from './figures';
import type { Telling } from './telling';

/** The state in a chip; stale, offline and discrepancy stand beside or in place of it. */
export function chipsOf(figures: Figures, offline: boolean, tell: Telling): readonly ChipView[] {
  const { say, form, format } = tell;
  const { freshness, mapping } = figures;
  const chips: ChipView[] = [];
  if (offline) chips.push(chip('warn', 'PlugDisconnected', say('chip.offline')));
  else if (freshness.kind !== 'fresh') {
    const time = formatMoment(freshness.figuresFrom, form.now, format.dates);
    chips.push(chip('warn', 'PlugDisconnected', say('chip.figuresFrom', { time })));
  }
  // Nothing that matters is hidden behind stale: only the good news is left out.
  if (chips.length === 0 || figures.state === 'over' || figures.state === 'warning')
    chips.unshift(stateChip(figures, tell));
  if (differs(figures) && mapping.jiraAmount !== null) {
    chips.push(chip('warn', 'BranchMerge', say('chip.discrepancy', { amount: tell.money(mapping.jiraAmount) })));
  }
  return chips;
}

function stateChip({ state, percent, spent, approved }: Figures, { say, percent: inPercent }: Telling): ChipView {
  switch (state) {
    case 'completed': {
      const key =
        spent.minor < approved.minor
          ? 'chip.under'
          : spent.minor === approved.minor
            ? 'chip.onBudget'
            : 'chip.overAtEnd';
      return chip(key === 'chip.overAtEnd' ? 'over' : 'ok', 'Completed', say(key));
    }
    case 'over':
      return chip('over', 'ErrorBadge', say('chip.over'));
    case 'warning':
      return chip('warn', 'Warning', say('chip.warning', { percent: inPercent(percent ?? 0) }));
    case 'too-early':
      return chip('neutral', 'Clock', say('chip.tooEarly'));
    case 'at-risk':
      return chip('warn', 'Warning', say('chip.atRisk'));
    default:
      return chip('ok', 'Completed', say('chip.onTrack'));
  }
}

function differs({ mapping, approved }: Figures): boolean {
  return mapping.jiraAmount !== null && mapping.jiraAmount.minor !== approved.minor;
}

/** What happened, what is safe, what to do next. */
export function messagesOf(figures: Figures, offline: boolean, tell: Telling): readonly MessageView[] {
  const { say, form, format } = tell;
  const { freshness, mapping } = figures;
  const messages: MessageView[] = [];
  const moment = (at: string): string => formatMoment(at, form.now, format.dates);
  const stale = (strong: string, text: string): void => {
    messages.push(message('warn', 'PlugDisconnected', strong, text));
  };
  const readAt = formatDateTime(form.readAt ?? form.now, format.dates);
  if (offline) stale(say('offline', { time: readAt }), say('offline.next'));
  else if (form.failure !== null) stale(say('notRefreshed', { time: readAt }), say('unread.next'));
  if (freshness.kind === 'failing') {
    const times = { time: moment(freshness.figuresFrom), since: moment(freshness.since) };
    if (freshness.reason === null) stale(say('stale', times), say('stale.next'));
    else stale(freshness.reason, say('stale.kept'));
  }
  if (freshness.kind === 'old') stale(say('stale.old', { time: moment(freshness.figuresFrom) }), say('stale.next'));
  if (differs(figures) && mapping.jiraAmount !== null) {
    const strong = say('discrepancy', { jira: tell.money(mapping.jiraAmount), approved: tell.money(figures.approved) });
    messages.push(message('warn', 'BranchMerge', strong, say('discrepancy.next')));
  }
  return messages;
}

export function footerOf({ mapping, state, freshness }: Figures, tell: Telling): BurnView['footer'] {
  const { say, form, format } = tell;
  const { hours, lastSyncOn, completedOn } = mapping;
  const lines: string[] = [];
  if (hours !== null) lines.push(say('footer.hours', { hours: tell.hours(hours) }));
  if (state === 'completed' && completedOn !== null) {
    lines.push(say('completedOn', { date: formatDay(userDay(completedOn, format.dates), format.dates) }));
  } else if (lastSyncOn !== null && freshness.kind === 'fresh') {
    lines.push(say('footer.synced', { time: formatElapsed(lastSyncOn, form.now, format.locale) }));
  } else if (lastSyncOn !== null) {
    lines.push(say('footer.last', { time: formatMoment(lastSyncOn, form.now, format.dates) }));
  }
  return lines;
}
