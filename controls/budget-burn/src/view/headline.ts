import { remainingBudget } from '@crmjira/domain';
import { formatNumber } from '@crmjira/form-data';
import type { HeadlineView } from './burn-view';
import { figureTexts } from './figure-texts';
import type { Figures } from './figures';
import { type Telling, telling } from './telling';

/** Spent of approved and what is left, in the base currency as well where it is another one. */
export function headline(figures: Figures, tell: Telling): HeadlineView {
  const { approved, spent, percent, mapping } = figures;
  const { say, narrow, format } = tell;
  const rest = remainingBudget(approved, spent);
  const over = rest.minor < 0;
  const { base } = mapping;
  const inBase = base && telling(tell, base.currency);
  return {
    spent: tell.money(spent),
    of:
      narrow && percent !== null
        ? say('headline.short', { approved: tell.withCode(approved), percent: tell.percent(percent) })
        : say('headline', { approved: tell.withCode(approved) }),
    restLabel: over ? '' : say('remaining'),
    rest: over ? say('overBy', { amount: tell.money(remainingBudget(spent, approved)) }) : tell.money(rest),
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
export function summary(figures: Figures, tell: Telling, withForecast = true): string {
  const { percent } = figures;
  const spent = tell.say('summary', {
    spent: tell.withCode(figures.spent),
    approved: tell.withCode(figures.approved),
    percent: percent === null ? '–' : tell.percent(percent),
  });
  const told = figureTexts(figures, tell).map(({ label, value, note }) => `${label} ${value}${note && ` (${note})`}`);
  return [spent, ...(withForecast ? told : [])].join('; ');
}
