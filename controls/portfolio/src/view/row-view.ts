import {
  type ChipView,
  type HostFacts,
  type IconName,
  type Tone,
  type Words,
  chip,
  formatAgo,
  formatMoment,
  formatPercent,
  freshness,
} from '@crmjira/form-data';
import type { PortfolioRow } from '../rows/portfolio-row';
import type { StringKey } from '../string-keys';
import type { BarTone, RowView } from './portfolio-view';

/** `crmjira_budgetstatus` */
const COMPLETED = 5;
const STATUS_CHIPS: Readonly<Record<number, readonly [Tone, IconName]>> = {
  1: ['neutral', 'Edit'],
  2: ['brand', 'Accept'],
  3: ['brand', 'Play'],
  4: ['over', 'ErrorBadge'],
  5: ['ok', 'Completed'],
};

/** Percent from which a bar warns: the default of `crmjira_WarningThreshold`, as the data set's filter knows it. */
const WARNING_PERCENT = 80;

/** Where the bar ends, in percent of the approved amount (mockups "Bullet"). */
const AXIS_END = 115;

export interface RowTelling {
  readonly host: HostFacts;
  readonly say: Words<StringKey>;
  readonly now: string;
  readonly openId: string | null;
  /** the rows listed are of more than one currency */
  readonly severalCurrencies: boolean;
}

export function rowView(row: PortfolioRow, { host, say, now, openId, severalCurrencies }: RowTelling): RowView {
  const { format } = host;
  const percent = row.percent ?? 0;
  // Whether an old figure is stale says the connection's row, which a list does not read: only a failure is told.
  const fresh = freshness({ ...row, ageIsKnown: false }, now);
  const [tone, icon] = STATUS_CHIPS[row.status ?? 0] ?? ['neutral', 'Info'];
  const jira = jiraAmount(row);
  const moment = fresh.kind === 'fresh' ? null : formatMoment(fresh.figuresFrom, now, format.dates);
  const name = row.opportunity?.name ?? row.projectName ?? row.key ?? say('unnamed');
  return {
    id: row.id,
    name,
    opportunityId: row.opportunity?.id ?? null,
    key: row.key ?? '',
    status: chip(tone, icon, row.statusText),
    percent: row.percent === null ? say('unknown') : formatPercent(percent, 1, format.numbers),
    bar: Math.min(AXIS_END, Math.max(0, percent)),
    tone: toneOf(row, percent),
    note: noteOf(row, percent, say),
    approved: row.approved,
    currency: severalCurrencies ? row.currency : null,
    discrepancy: discrepancyChip(row, jira, say),
    spent: row.spent,
    remaining: row.remaining,
    isNegative: row.isNegative,
    sync: row.lastSyncOn === null ? say('never') : formatAgo(row.lastSyncOn, now, format.locale),
    stale: moment === null ? null : chip('warn', 'PlugDisconnected', say('stale', { time: moment })),
    open: row.id === openId,
    details: say('details', { name }),
  };
}

function toneOf(row: PortfolioRow, percent: number): BarTone {
  if (percent > 100) return 'over';
  if (row.status === COMPLETED) return 'ok';
  return percent >= WARNING_PERCENT ? 'warn' : 'brand';
}

function noteOf(row: PortfolioRow, percent: number, say: Words<StringKey>): string | null {
  if (row.status === COMPLETED) return say('final');
  if (percent > 100) return say('over');
  if (percent >= WARNING_PERCENT) return say('past');
  return percent === 0 && row.percent !== null ? say('nothingSpent') : null;
}

/** The amount in Jira where it is another than the approved one; null where both agree or Jira keeps none. */
export function jiraAmount(row: Pick<PortfolioRow, 'approved' | 'jiraAmount' | 'discrepancies'>): string | null {
  if (row.jiraAmount !== '' && row.jiraAmount !== row.approved) return row.jiraAmount;
  return row.discrepancies.find(({ field }) => field === 'approved')?.jira ?? null;
}

function discrepancyChip(row: PortfolioRow, jira: string | null, say: Words<StringKey>): ChipView | null {
  if (jira !== null) return chip('warn', 'BranchMerge', say('jiraHas', { amount: jira }));
  return row.discrepancies.length > 0 ? chip('warn', 'BranchMerge', say('differs')) : null;
}
