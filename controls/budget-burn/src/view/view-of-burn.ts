import { ApprovalStatus, CommandState, ProvisioningState, type WhatIf } from '@crmjira/domain';
import {
  type ActionView,
  type HostFacts,
  type Mapping,
  NARROW_BELOW,
  type Words,
  action,
  chip,
  commandText,
  isUnderWay,
  message,
} from '@crmjira/form-data';
import type { BudgetForm, BudgetRecord } from '../parts';
import type { StringKey } from '../generated/string-keys';
import type { Work } from '../work/use-work';
import type { BurnView } from './burn-view';
import { chartOf } from './chart-of';
import { figureTexts } from './figure-texts';
import { type Figures, figuresOf } from './figures';
import { headline, summary } from './headline';
import { chipsOf, footerOf, messagesOf, sidesOf } from './notices';
import { tablesOf } from './table-of';
import { type Part, type Formatter, formatterOf } from './formatter';
import { noProject, provisioning } from './view-without-figures';
import { whatIfPart } from './what-if-view';
import { workView } from './work-view';

/**
 * The whole control in words and figures; pure, so that the same facts always draw the same.
 * @param work what each person did; left out where this one may not see it
 */
export function burnView(
  host: HostFacts,
  form: BudgetForm | null,
  mayCommand: boolean,
  say: Words<StringKey>,
  whatIf: WhatIf,
  work?: { readonly known: Work },
): BurnView {
  return {
    title: say('title'),
    width: host.width,
    chips: [],
    live: '',
    ...partOf(host, form, mayCommand, say, whatIf, work),
  };
}

function partOf(
  host: HostFacts,
  form: BudgetForm | null,
  mayCommand: boolean,
  say: Words<StringKey>,
  whatIf: WhatIf,
  work: { readonly known: Work } | undefined,
): Part {
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
  const formatter = formatterOf(
    {
      say,
      format: host.format,
      form,
      narrow: host.width < NARROW_BELOW,
      mayCommand: mayCommand && !host.disabled && !offline,
    },
    record.mapping?.currency ?? record.opportunity.currency,
  );
  return {
    live: commandText(form.record?.command, form.now, say),
    ...withRecord(record, offline, formatter, whatIf, work),
  };
}

/** Announced, and something keeps it from being created (F-107, F-108). */
function isWaiting({ provisioning, lastError }: Mapping): boolean {
  return provisioning !== ProvisioningState.Linked && !!lastError;
}

function withRecord(
  record: BudgetRecord,
  offline: boolean,
  formatter: Formatter,
  whatIf: WhatIf,
  work: { readonly known: Work } | undefined,
): Part {
  const { mapping, opportunity, settings, snapshots } = record;
  if (mapping === null || mapping.provisioning === ProvisioningState.Failed || isWaiting(mapping))
    return noProject(record, formatter);
  const figures = figuresOf(
    mapping,
    snapshots ?? [],
    settings,
    formatter.form.now,
    whatIf,
    opportunity.approvalStatus === ApprovalStatus.Pending,
  );
  if (figures === null) return hidden(formatter.say);
  if (mapping.provisioning !== ProvisioningState.Linked)
    return provisioning(figures, settings.warningPercent, formatter);
  const { say } = formatter;
  return {
    ...whatIfPart(figures, whatIf, formatter),
    state: figures.state,
    chips: chipsOf(figures, offline, formatter),
    views: { group: say('views'), chart: say('chart'), table: say('table') },
    messages: messagesOf(figures, offline, formatter),
    headline: headline(figures, formatter),
    chart: chartOf(figures, settings.warningPercent, formatter),
    // Below 20 % of the work, without a past, a line over time says nothing yet.
    burnUp: figures.history.length > 1,
    summary: summary(figures, formatter),
    figures: figureTexts(figures, formatter),
    tables: tablesOf(figures, formatter),
    work: work && workView(work.known, formatter),
    tableActions: [action('copy', 'Copy', say('copy'))],
    footer: footerOf(figures, formatter),
    actions: actionsOf(figures, formatter),
    ...news(figures, formatter),
  };
}

function hidden(say: Words<StringKey>): Part {
  return { state: 'hidden', chips: [chip('off', 'Hide', say('chip.hidden'))], lede: say('hidden') };
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

/** The sides of a discrepancy, and another try where the figures are late. */
function actionsOf(figures: Figures, formatter: Formatter): readonly ActionView[] {
  if (!formatter.mayCommand) return [];
  const busy = isUnderWay(formatter.form.record?.command);
  const sides = sidesOf(figures, busy, formatter);
  return figures.freshness.kind === 'fresh'
    ? sides
    : [...sides, action('sync', 'Sync', formatter.say('action.sync'), false, busy)];
}

/** After a sync the new figure says more than that it worked. */
function news({ percent }: Figures, { say, form, inPercent }: Formatter): Partial<Part> {
  const command = form.record?.command;
  return command?.name === 'sync' && command.state === CommandState.Done && percent !== null
    ? { live: say('figures', { percent: inPercent(percent) }) }
    : {};
}
