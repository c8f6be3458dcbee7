import { ProvisioningState, moneyFromDecimal } from '@crmjira/domain';
import { action, chip, failureWords, isHeld, isUnderWay } from '@crmjira/form-data';
import type { BudgetRecord } from '../parts';
import { chartOf } from './chart-of';
import type { Figures } from './figures';
import { summary } from './headline';
import type { Part, Formatter } from './formatter';

/** There is no project: why not, or when there will be one and the way to ask for it. */
export function noProject({ mapping, opportunity, settings }: BudgetRecord, formatter: Formatter): Part {
  const { say, form } = formatter;
  const busy = isUnderWay(form.record?.command);
  const state = 'none';
  const strong = say(state);
  // Trying again is offered by the control of the project.
  if (mapping && (!busy || mapping.provisioning !== ProvisioningState.Failed))
    return {
      state,
      strong,
      chips: [
        mapping.provisioning === ProvisioningState.Failed
          ? chip('over', 'ErrorBadge', say('chip.notCreated'))
          : chip('warn', 'Clock', say(isHeld(mapping) ? 'chip.held' : 'chip.waiting')),
      ],
      lede: failureWords(mapping, say),
    };
  const threshold = moneyFromDecimal(settings.budgetThreshold, opportunity.currency.code);
  const ready = opportunity.open && (opportunity.budgetAmount?.minor ?? 0) > threshold.minor;
  return {
    state,
    strong,
    chips: [busy ? chip('brand', 'ProgressRingDots', say('chip.creating')) : chip('neutral', 'Info', say('chip.none'))],
    lede: say('none.when', { threshold: formatter.money(threshold) }),
    actions: ready && formatter.mayCommand ? [action('create', 'Add', say('action.create'), true, busy)] : [],
  };
}

/** An empty bar, the step being worked on and how long ago it was asked for. */
export function provisioning(figures: Figures, warningPercent: number, formatter: Formatter): Part {
  const { say, form } = formatter;
  const { mapping } = figures;
  // neither linked nor failed: the one being worked on
  const step = ((mapping.provisioning ?? 0) + 1) as 1 | 2 | 3 | 4;
  return {
    state: 'provisioning',
    chips: [chip('brand', 'ProgressRingDots', say('chip.creating'))],
    chart: { ...chartOf(figures, warningPercent, formatter), forecast: null },
    summary: summary(figures, formatter, false),
    lede: say(`provisioning.${step}`),
    footer: [
      say('step', {
        step: String(step),
        time: formatter.elapsed(mapping.createdOn ?? form.now),
      }),
    ],
  };
}
