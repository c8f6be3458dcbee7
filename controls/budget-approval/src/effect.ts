import { type Money, hasReached, utilization } from '@crmjira/domain';
import { type Words, formatMoney, formatPercent } from '@crmjira/form-data';
import { approvedToday } from './amounts';
import type { FactView } from './approval-view';
import type { BriefRecord } from './rows/brief';
import type { StringKey } from './generated/string-keys';

/** What an amount would change. */
export interface Effect {
  /** +$30,000.00; null before the first approval */
  readonly delta: string | null;
  readonly facts: readonly FactView[];
}

type Style = Parameters<typeof formatMoney>[1];

/** Amount, change since the last approval and effect on the burn: they stand together above a decision (mockups). */
export function effectOf(amount: Money, record: BriefRecord, style: Style, say: Words<StringKey>): Effect {
  const percent = (value: number, digits = 1): string => formatPercent(value, digits, style.pattern);
  const plus = (value: number, text: string): string => (value > 0 ? `+${text}` : text);
  const facts: FactView[] = [{ label: say('requested'), value: formatMoney(amount, style) }];
  // Two currencies are not compared.
  const same = (other: Money | null | undefined): Money | null => (other?.currency === amount.currency ? other : null);
  const approved = same(approvedToday(record));
  const spent = same(record.figures?.spent);
  let delta: string | null = null;
  if (approved) {
    const more = { ...amount, minor: amount.minor - approved.minor };
    const change = utilization(more, approved, 1) ?? 0;
    delta = plus(more.minor, formatMoney(more, style));
    const values = { percent: plus(change, percent(change)), amount: formatMoney(approved, style) };
    facts.push({ label: say('since'), value: delta, aside: say('since.from', values) });
  }
  const after = spent && utilization(spent, amount, 1);
  if (spent && after !== null) {
    const threshold = record.settings.warningPercent;
    const reached = hasReached(spent, amount, threshold);
    const level = spent.minor > amount.minor ? 'over' : reached ? 'above' : 'below';
    const to = percent(after);
    const now = approved ? (utilization(spent, approved, 1) ?? 0) : 0;
    const from = percent(now);
    facts.push({
      label: say('effect'),
      value: to,
      aside: say(`effect.${level}`, { percent: percent(threshold, 0) }),
      ...(approved && {
        value: `${from} → ${to}`,
        spoken: say('effect.spoken', { from, to }),
        bars: { level, sizes: { '--now': now, '--after': after, '--threshold': threshold } },
      }),
    });
  }
  return { delta, facts };
}
