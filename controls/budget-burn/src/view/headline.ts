import { remainingBudget } from '@crmjira/domain';
import { formatNumber } from '@crmjira/form-data';
import type { HeadlineView } from './burn-view';
import { figureTexts } from './figure-texts';
import type { Figures } from './figures';
import { type Formatter, formatterOf } from './formatter';

/** Spent of approved and what is left, in the base currency as well where it is another one. */
export function headline(figures: Figures, formatter: Formatter): HeadlineView {
  const { approved, spent, percent, mapping } = figures;
  const { say, narrow, format } = formatter;
  const rest = remainingBudget(approved, spent);
  const over = rest.minor < 0;
  const { base } = mapping;
  const inBase = base && formatterOf(formatter, base.currency);
  return {
    spent: formatter.money(spent),
    of:
      narrow && percent !== null
        ? say('headline.short', { approved: formatter.withCode(approved), percent: formatter.inPercent(percent) })
        : say('headline', { approved: formatter.withCode(approved) }),
    restLabel: over ? '' : say('remaining'),
    rest: over ? say('overBy', { amount: formatter.money(remainingBudget(spent, approved)) }) : formatter.money(rest),
    base:
      inBase &&
      say('base', {
        spent: inBase.money(base.spent),
        approved: inBase.withCode(base.approved),
        rate: formatNumber(base.rate, 4, format.numbers),
      }),
  };
}

/** One sentence of all figures. @param withForecast false while the project is being created */
export function summary(figures: Figures, formatter: Formatter, withForecast = true): string {
  const { percent } = figures;
  const spent = formatter.say('summary', {
    spent: formatter.withCode(figures.spent),
    approved: formatter.withCode(figures.approved),
    percent: percent === null ? '–' : formatter.inPercent(percent),
  });
  const told = figureTexts(figures, formatter).map(
    ({ label, value, note }) => `${label} ${value}${note && ` (${note})`}`,
  );
  return [spent, ...(withForecast ? told : [])].join('; ');
}
