import { BudgetStatus, type WorkEstimate } from '@crmjira/domain';
import { type ChipView, type IconName, type Tone, chip, formatAgo } from '@crmjira/form-data';
import { type RowForecast, rowForecast } from '../figures/forecast';
import type { Currency } from '../figures/read-figures';
import type { PortfolioRow } from '../rows/portfolio-row';
import type { BarTone, RowView } from './portfolio-view';
import { type Formatter, percentText, thresholdOf } from './formatter';

const STATUS_CHIPS: Readonly<Record<number, readonly [Tone, IconName]>> = {
  [BudgetStatus.Draft]: ['neutral', 'Edit'],
  [BudgetStatus.Approved]: ['brand', 'Accept'],
  [BudgetStatus.Active]: ['brand', 'Play'],
  [BudgetStatus.OverBudget]: ['over', 'ErrorBadge'],
  [BudgetStatus.Completed]: ['ok', 'Completed'],
};

/** Where the bar ends, in percent of the approved amount (mockups "Bullet"). */
const AXIS_END = 115;

export interface RowFacts {
  /** undefined: being read; null: nothing is known */
  readonly estimate: WorkEstimate | null | undefined;
  /** undefined: not read */
  readonly currency: Currency | undefined;
  readonly isOpen: boolean;
  readonly isSelected: boolean;
  /** the rows listed are of more than one currency */
  readonly severalCurrencies: boolean;
}

export function rowView(row: PortfolioRow, facts: RowFacts, formatter: Formatter): RowView {
  const { say, now, warningPercent } = formatter;
  const { percent, isCompleted, isFailing, isNegative, lastSyncOn } = row;
  const used = percent ?? 0;
  const [tone, icon] = STATUS_CHIPS[row.status ?? 0] ?? ['neutral', 'Info'];
  const forecast = rowForecast(row, facts.estimate);
  // Never synced: the figures are those of its creation.
  const ago = formatAgo(lastSyncOn ?? row.createdOn ?? now, now, say('locale'));
  const discrepancy = discrepancyChip(row, formatter);
  const name = row.opportunity?.name ?? row.projectName ?? row.key;
  const past = !isCompleted && used >= warningPercent && !isNegative;
  const atRisk = !past && !isNegative && forecast.kind === 'range' && forecast.high > Number(row.approvedAmount);
  return {
    id: row.id,
    name,
    opportunityId: row.opportunity?.id ?? null,
    key: row.key,
    status: chip(tone, icon, row.statusText || say('unknown')),
    percent: percentText(percent, 1, formatter),
    ...barOf(percent, isNegative, isCompleted, warningPercent),
    note: past ? say('past', thresholdOf(formatter)) : atRisk ? say('atRisk') : null,
    approved: row.approved || say('unknown'),
    planned: row.isDraft ? say('planned') : null,
    currency: facts.severalCurrencies ? (facts.currency?.code ?? null) : null,
    discrepancy,
    spent: row.spent || say('unknown'),
    remaining: row.remaining || say('unknown'),
    isNegative,
    forecast: forecastText(forecast, facts.currency, formatter),
    isQuiet: forecast.kind !== 'range',
    sync: lastSyncOn === null ? say('never') : ago,
    stale: row.heldSince
      ? chip('warn', 'Clock', say('held', { time: formatAgo(row.heldSince, now, say('locale')) }))
      : isFailing
        ? chip('warn', 'PlugDisconnected', say('stale', { time: ago }))
        : null,
    isOpen: facts.isOpen,
    isSelected: facts.isSelected,
    details: say('details', { name }),
    select: say('select', { name }),
    counts: { over: isNegative, past, atRisk, differs: discrepancy !== null },
  };
}

/**
 * Length 0…115 and colour of a bar, and where its tick stands: the share from which it warns. Over budget is told by the amounts: a percentage of two decimals shows a few dollars too
 * much as 100.00, and there is none where nothing is approved.
 */
export function barOf(
  percent: number | null,
  isOver: boolean,
  isCompleted: boolean,
  warningPercent: number,
): { readonly bar: number; readonly tick: number; readonly tone: BarTone } {
  const length = percent ?? (isOver ? AXIS_END : 0);
  const tone = isOver ? 'over' : isCompleted ? 'ok' : length >= warningPercent ? 'warn' : 'brand';
  return { bar: Math.min(AXIS_END, Math.max(0, length)), tick: Math.min(AXIS_END, warningPercent), tone };
}

function forecastText(forecast: RowForecast, currency: Currency | undefined, { say, formatting }: Formatter): string {
  if (forecast.kind !== 'range') return forecast.kind === 'reading' ? '' : say(forecast.kind);
  const [low = '', high = ''] = [forecast.low, forecast.high].map((cost) =>
    formatting.formatCurrency(cost / 100, 0, currency?.symbol ?? ''),
  );
  return low === high ? say('about', { value: low }) : say('range', { low, high });
}

/** The amount in Jira where it is another than the approved one; null where both agree or Jira keeps none. */
export function jiraAmount(row: Pick<PortfolioRow, 'approved' | 'jiraAmount' | 'discrepancies'>): string | null {
  if (row.jiraAmount !== '' && row.jiraAmount !== row.approved) return row.jiraAmount;
  return row.discrepancies.find(({ field }) => field === 'approved')?.jira ?? null;
}

function discrepancyChip(row: PortfolioRow, { say }: Formatter): ChipView | null {
  const amount = jiraAmount(row);
  if (amount === null && row.discrepancies.length === 0) return null;
  return chip('warn', 'BranchMerge', amount === null ? say('differs') : say('jiraHas', { amount }));
}
