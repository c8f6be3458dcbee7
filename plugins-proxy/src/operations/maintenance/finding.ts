import type { ChecklistItemId, MaintenanceTaskTexts } from '@crmjira/domain';

/** Something a person is asked to do; made once as a task in Dynamics. */
export interface MaintenanceTask extends MaintenanceTaskTexts {
  /** Same trigger, same task. */
  readonly trigger: string;
}

/** What a check found. */
export interface Finding {
  /** `fine`: nothing to do; `finding`: see the item's action. */
  readonly outcome: 'fine' | 'finding';
  /** A sentence without amounts and names of customers (R-1220). */
  readonly says: string;
  /** Things looked at. */
  readonly looked?: number;
  /** For comparison with later runs. */
  readonly figures?: Readonly<Record<string, unknown>>;
  readonly tasks?: readonly MaintenanceTask[];
  /** What to do about what was observed; left out: the item's own action. */
  readonly action?: string;
}

/** A finding, or that the check itself failed, as it is kept and told. */
export interface MaintenanceResult extends Omit<Finding, 'outcome' | 'action'> {
  readonly item: ChecklistItemId;
  readonly period: string;
  readonly outcome: Finding['outcome'] | 'failed';
  /** What to do about it; null = nothing. */
  readonly action: string | null;
}

export const fine = (says: string, more: Omit<Finding, 'outcome' | 'says'> = {}): Finding => ({
  outcome: 'fine',
  says,
  ...more,
});
export const finding = (says: string, more: Omit<Finding, 'outcome' | 'says'> = {}): Finding => ({
  outcome: 'finding',
  says,
  ...more,
});
