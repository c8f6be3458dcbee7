import type { WhatIf } from '@crmjira/domain';
import { action, message } from '@crmjira/form-data';
import type { Figures } from './figures';
import type { Part, Formatter } from './formatter';

const WHAT = ['rate', 'scope'] as const;

/** What a person may assume about the rest; while something is assumed, that it is not the forecast and the way back. */
export function whatIfPart({ forecast }: Figures, change: WhatIf, { say, inPercent }: Formatter): Partial<Part> {
  const signed = (value: number): string => (value > 0 ? '+' : '') + inPercent(value, 0);
  const [rate, scope] = [signed(change.rate), signed(change.scope)];
  const part: Partial<Part> = {
    whatIf: {
      title: say('whatIf'),
      sliders: WHAT.map((name) => ({
        name,
        label: say(`whatIf.${name}`),
        value: change[name],
        text: signed(change[name]),
      })),
    },
  };
  if (change.rate || change.scope) {
    // Below the sliders: what they are moved with stays where it is (F-122).
    return {
      ...part,
      assumed: message('brand', 'Info', say('whatIf.strong', { rate, scope }), say('whatIf.note')),
      assumedActions: [action('asIs', 'Undo', say('asIs'))],
    };
  }
  return (forecast.completion ?? forecast.exhaustion?.kind === 'range') ? part : {};
}
