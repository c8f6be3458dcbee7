import type { Money } from '../../money/money';
import { type CompletionRange, type Confidence, type WorkEstimate, completionRange, confidence } from './completion';
import { type Exhaustion, exhaustion } from './exhaustion';
import type { BurnPoint } from './pace';
import { AS_IS, type WhatIf } from './what-if';

/** Where a project stands, read fresh; all money in one currency. */
export interface BurnFigures {
  readonly approved: Money;
  /** today's figures; `day` is today */
  readonly now: BurnPoint;
  /** cumulative spend per day, ascending */
  readonly history: readonly BurnPoint[];
  readonly estimate: WorkEstimate;
  /** a completed project has no forecast: its figures are final */
  readonly completed: boolean;
}

/** What can be said about cost and time; null where nothing can. */
export interface Forecast {
  readonly completion: CompletionRange | null;
  /** null without estimates */
  readonly confidence: Confidence | null;
  /** null when completed */
  readonly exhaustion: Exhaustion | null;
}

/**
 * Forecast of cost at completion and of the day the money runs out, as ranges (ADR-10).
 * @param whatIf what is assumed about the rest; the confidence is that of the estimates, not of the assumption
 */
export function forecast(figures: BurnFigures, whatIf: WhatIf = AS_IS): Forecast {
  if (figures.completed) return { completion: null, confidence: null, exhaustion: null };
  const completion = completionRange(figures.now, figures.estimate, figures.history, whatIf);
  return {
    completion,
    confidence: confidence(figures.estimate.doneFraction),
    exhaustion: exhaustion(figures.approved, figures.now, figures.history, whatIf, completion),
  };
}
