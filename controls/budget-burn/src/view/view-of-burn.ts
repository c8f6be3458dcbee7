import { moneyFromDecimal, remainingBudget } from '@crmjira/domain';
import {
  type BudgetRecord,
  CommandState,
  DEFAULT_CURRENCY,
  type FormState,
  type HostFacts,
  NARROW_BELOW,
  type Words,
  action,
  chip,
  commandText,
  formatElapsed,
  formatMoney,
  formatMoneyWithCode,
  formatNumber,
  isUnderWay,
  message,
} from '@crmjira/form-data';
import type { StringKey } from '../string-keys';
import type { BurnView, HeadlineView } from './burn-view';
import { chartOf } from './chart-of';
import { chipsOf, footerOf, messagesOf } from './notices';
import { figureTexts } from './figure-texts';
import { type Figures, figuresOf } from './figures';
import { tableOf } from './table-of';
import { type Telling, telling } from './telling';

type Part = Partial<BurnView> & Pick<BurnView, 'state'>;

/** `crmjira_provisioningstate` (DATA-MODEL 2) */
const LINKED = 4;
const FAILED = 5;

/** The whole control in words and figures; pure, so that the same facts always draw the same. */
export function burnView(
  host: HostFacts,
  form: FormState | null,
  mayCommand: boolean,
  say: Words<StringKey>,
): BurnView {
  return { title: say('title'), width: host.width, chips: [], live: '', ...partOf(host, form, mayCommand, say) };
}

function partOf(host: HostFacts, form: FormState | null, mayCommand: boolean, say: Words<StringKey>): Part {
  if (!host.readable || form?.failure === 'forbidden') return hidden(say);
  if (host.recordId === null) {
    return {
      state: 'unsaved',
      chips: [chip('neutral', 'Save', say('chip.unsaved'))],
      lede: say('unsaved'),
    };
  }
  if (form === null || (form.record === null && form.failure === null))
    return { state: 'loading', loading: say('loading') };
  const { record } = form;
  const offline = host.offline || form.failure === 'offline';
  if (record === null) return unread(offline, say);
  const tell = telling(
    {
      say,
      format: host.format,
      form,
      narrow: host.width < NARROW_BELOW,
      mayCommand: mayCommand && !host.disabled && host.editable && !offline,
    },
    record.mapping?.currency ?? record.opportunity.currency ?? DEFAULT_CURRENCY,
  );
  return { live: commandText(form.command, form.now, say), ...withRecord(record, offline, tell) };
}

function withRecord(record: BudgetRecord, offline: boolean, tell: Telling): Part {
  const { mapping, settings, snapshots } = record;
  if (mapping === null || mapping.provisioning === FAILED) return noProject(record, tell);
  const figures = figuresOf(mapping, snapshots ?? [], settings, tell.form.now);
  if (figures === null) return hidden(tell.say);
  if (mapping.provisioning !== LINKED) return provisioning(figures, settings.warningPercent, tell);
  const { say } = tell;
  return {
    state: figures.state,
    chips: chipsOf(figures, offline, tell),
    views: { group: say('views'), chart: say('view.chart'), table: say('view.table') },
    messages: messagesOf(figures, offline, tell),
    headline: headline(figures, tell),
    chart: chartOf(figures, settings.warningPercent, tell),
    // Below 20 % of the work, without a past, a line over time says nothing yet.
    burnUp: figures.history.length > 1,
    summary: summary(figures, tell),
    figures: figureTexts(figures, tell),
    table: tableOf(figures, tell),
    footer: footerOf(figures, tell),
    actions: syncAction(figures, tell),
    live: liveText(figures, tell),
  };
}

function hidden(say: Words<StringKey>): Part {
  return { state: 'hidden', chips: [chip('off', 'Lock', say('chip.hidden'))], lede: say('hidden') };
}

function unread(offline: boolean, say: Words<StringKey>): Part {
  if (offline) {
    const chips = [chip('warn', 'PlugDisconnected', say('chip.offline'))] as const;
    return { state: 'offline', chips, lede: say('offline.nothing') };
  }
  return {
    state: 'unread',
    chips: [chip('over', 'ErrorBadge', say('chip.unread'))],
    messages: [message('over', 'ErrorBadge', say('unread'), say('unread.next'))],
    actions: [action('refresh', 'Sync', say('unread.again'))],
  };
}

function noProject({ opportunity, settings }: BudgetRecord, tell: Telling): Part {
  const { say, form } = tell;
  const threshold = moneyFromDecimal(settings.budgetThreshold, opportunity.currency.code);
  const ready = opportunity.open && (opportunity.budgetAmount?.minor ?? 0) > threshold.minor;
  const busy = form.command?.name === 'create' && isUnderWay(form.command);
  return {
    state: 'none',
    chips: [chip('neutral', 'Info', say('chip.none'))],
    strong: say('none'),
    lede: say('none.when', { threshold: tell.money(threshold) }),
    actions: ready && tell.mayCommand ? [action('create', 'Add', say('action.create'), true, busy)] : [],
  };
}

function provisioning(figures: Figures, warningPercent: number, tell: Telling): Part {
  const { say, form, format } = tell;
  const { mapping } = figures;
  const step = Math.min(LINKED, (mapping.provisioning ?? 0) + 1);
  return {
    state: 'provisioning',
    chips: [chip('brand', 'ProgressRingDots', say('chip.creating'))],
    chart: { ...chartOf(figures, warningPercent, tell), forecast: null },
    summary: summary(figures, tell),
    lede: say('provisioning'),
    footer: [
      say('provisioning.step', {
        step: String(step),
        time: formatElapsed(mapping.createdOn ?? form.now, form.now, format.locale),
      }),
    ],
  };
}

function headline(figures: Figures, tell: Telling): HeadlineView {
  const { approved, spent, percent, mapping } = figures;
  const { say, narrow, format } = tell;
  const rest = remainingBudget(approved, spent);
  const over = rest.minor < 0;
  const { base } = mapping;
  const style = { symbol: base?.currency.symbol ?? '', pattern: format.numbers };
  return {
    spent: tell.money(spent),
    of:
      narrow && percent !== null
        ? say('headline.short', { approved: tell.withCode(approved), percent: tell.percent(percent) })
        : say('headline', { approved: tell.withCode(approved) }),
    restLabel: over ? null : say('remaining'),
    rest: over ? say('overBy', { amount: tell.money(remainingBudget(spent, approved)) }) : tell.money(rest),
    base:
      base &&
      say('base', {
        spent: formatMoney(base.spent, style),
        approved: formatMoneyWithCode(base.approved, style),
        rate: formatNumber(base.rate, 4, format.numbers),
      }),
  };
}

function summary(figures: Figures, tell: Telling): string {
  const { say } = tell;
  const values = { spent: tell.withCode(figures.spent), approved: tell.withCode(figures.approved) };
  const spent =
    figures.percent === null
      ? say('summary.short', values)
      : say('summary', { ...values, percent: tell.percent(figures.percent) });
  const told = figureTexts(figures, tell).map(({ label, value, note }) => `${label} ${value} (${note})`);
  return [spent, ...(figures.mapping.provisioning === LINKED ? told : [])].join('; ');
}

function syncAction(figures: Figures, tell: Telling): BurnView['actions'] {
  if (figures.freshness.kind === 'fresh' || !tell.mayCommand) return [];
  const busy = isUnderWay(tell.form.command);
  return [action('sync', 'Sync', tell.say('action.sync'), false, busy)];
}

/** After a sync the new figure says more than that it worked. */
function liveText({ percent }: Figures, { say, form, percent: inPercent }: Telling): string {
  const { command, now } = form;
  if (command?.name === 'sync' && command.state === CommandState.Done && percent !== null) {
    return say('live.figures', { percent: inPercent(percent) });
  }
  return commandText(command, now, say);
}
