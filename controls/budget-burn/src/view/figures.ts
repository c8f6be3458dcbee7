import { BudgetStatus, type Forecast, type Money, type WhatIf, dayOf, forecast, utilization } from '@crmjira/domain';
import {
  type Freshness,
  type Mapping,
  type Milestone,
  type Settings,
  type Snapshot,
  freshness,
  parseMilestones,
} from '@crmjira/form-data';
import { type BurnState, burnState, isCompleted } from './burn-state';

/** What the rows say about one budget, computed once for figures, chart and table. */
export interface Figures {
  readonly mapping: Mapping;
  readonly approved: Money;
  /** what the amount is called: until it has been approved it is what was asked for or planned (F-106) */
  readonly standing: 'approved' | 'requested' | 'planned';
  readonly spent: Money;
  /** spent ÷ approved × 100, one decimal; null when nothing is approved */
  readonly percent: number | null;
  readonly state: BurnState;
  readonly forecast: Forecast;
  /** share of the estimated work that is done, 0…1; null without estimates */
  readonly doneFraction: number | null;
  readonly freshness: Freshness;
  /** instant that the figures are true for */
  readonly at: string;
  /** its day, `yyyy-MM-dd` in UTC */
  readonly day: string;
  /** ascending by day, the last one is `day` with the mapping's own figures */
  readonly history: readonly Snapshot[];
  /** ascending by day */
  readonly milestones: readonly Milestone[];
}

/**
 * Null where column security hides approved or spent.
 * @param now instant of the newest reading
 * @param isRequested somebody has asked for approval of the amount
 * @param whatIf changes the forecast that is shown; the state stays that of the rows
 */
export function figuresOf(
  mapping: Mapping,
  snapshots: readonly Snapshot[],
  settings: Settings,
  now: string,
  whatIf: WhatIf,
  isRequested: boolean,
): Figures | null {
  const { approved, spent } = mapping;
  if (!approved || !spent) return null;
  const completed = isCompleted(mapping);
  const fresh = freshness(mapping, now);
  const at = completed ? (mapping.completedOn ?? now) : fresh.kind === 'fresh' ? now : fresh.figuresFrom;
  const day = dayOf(at);
  const earlier = snapshots.filter((snapshot) => snapshot.day < day);
  const estimate = snapshots.findLast((snapshot) => snapshot.day <= day);
  const today: Snapshot = {
    remainingHours: null,
    doneFraction: null,
    ...estimate,
    day,
    spent,
    approved,
    hours: mapping.hours,
  };
  const known = { approved, now: today, history: earlier, estimate: today, completed };
  return {
    mapping,
    approved,
    standing:
      (mapping.budgetStatus ?? BudgetStatus.Draft) > BudgetStatus.Draft || completed
        ? 'approved'
        : isRequested
          ? 'requested'
          : 'planned',
    spent,
    percent: utilization(spent, approved, 1),
    state: burnState(approved, spent, forecast(known), completed, settings),
    forecast: forecast(known, whatIf),
    doneFraction: today.doneFraction,
    freshness: fresh,
    at,
    day,
    history: [...earlier, today],
    milestones: parseMilestones(mapping.milestones),
  };
}
