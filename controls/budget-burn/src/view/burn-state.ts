import { BudgetStatus, type Forecast, type Money, hasReached } from '@crmjira/domain';
import type { Mapping, Settings } from '@crmjira/form-data';

/** The state of a budget that has figures; the first that holds wins (mockups "State order"). */
export type BurnState = 'completed' | 'over' | 'warning' | 'tooEarly' | 'atRisk' | 'onTrack';

export function isCompleted(mapping: Mapping): boolean {
  return mapping.completedOn !== null || mapping.budgetStatus === BudgetStatus.Completed;
}

export function burnState(
  approved: Money,
  spent: Money,
  forecast: Forecast,
  completed: boolean,
  settings: Settings,
): BurnState {
  if (completed) return 'completed';
  if (spent.minor > approved.minor) return 'over';
  if (approved.minor > 0 && hasReached(spent, approved, settings.warningPercent)) return 'warning';
  if (forecast.confidence === 'too-early') return 'tooEarly';
  return (forecast.completion?.high.minor ?? 0) > approved.minor ? 'atRisk' : 'onTrack';
}
