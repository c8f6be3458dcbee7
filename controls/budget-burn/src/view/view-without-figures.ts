import { moneyFromDecimal } from '@crmjira/domain';
import { type BudgetRecord, action, chip, formatElapsed, isUnderWay } from '@crmjira/form-data';
import { chartOf } from './chart-of';
import type { Figures } from './figures';
import { summary } from './headline';
import type { Part, Telling } from './telling';

/** Provisioning is done with step 4. */
const STEPS = 4;

/** There is no project: when there will be one, and the way to ask for it. */
export function noProject({ opportunity, settings }: BudgetRecord, tell: Telling): Part {
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

/** An empty bar, the step being worked on and how long ago it was asked for. */
export function provisioning(figures: Figures, warningPercent: number, tell: Telling): Part {
  const { say, form, format } = tell;
  const { mapping } = figures;
  const step = Math.min(STEPS, (mapping.provisioning ?? 0) + 1);
  return {
    state: 'provisioning',
    chips: [chip('brand', 'ProgressRingDots', say('chip.creating'))],
    chart: { ...chartOf(figures, warningPercent, tell), forecast: null },
    summary: summary(figures, tell, false),
    lede: say('provisioning'),
    footer: [
      say('step', {
        step: String(step),
        time: formatElapsed(mapping.createdOn ?? form.now, form.now, format.locale),
      }),
    ],
  };
}
