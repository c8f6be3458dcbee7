import { AlertLevel } from '../schema/generated/options';

/** How grave a level is. The values of the choice say nothing of that: one that comes later may stand between two others. */
const RANK: Readonly<Record<AlertLevel, number>> = {
  [AlertLevel.None]: 0,
  [AlertLevel.BudgetWarning]: 1,
  [AlertLevel.OverBudget]: 2,
};

/** Whether a level is another one or graver. */
export function isAtLeast(level: AlertLevel, least: AlertLevel): boolean {
  const [rank, needed] = [RANK[level], RANK[least]];
  return rank >= needed;
}
