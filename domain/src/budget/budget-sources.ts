import { entryOf } from '../entry-of';
import type { FailureCode } from '../faults/failure-texts';
import { BudgetSource } from '../schema/generated/options';

interface SourceFacts {
  readonly option: BudgetSource;
  /** it has hours, which are priced by our rates; else it tells amounts */
  readonly pricesHours: boolean;
  /** code of the failure that it does not answer */
  readonly away: FailureCode;
  /** code of the failure that a budget is no longer there */
  readonly lost: FailureCode;
}

/** Where budget figures come from, by the name that `crmjira_BudgetSource` has for it. */
export const budgetSources = {
  'budget-module': {
    option: BudgetSource.BudgetModule,
    pricesHours: false,
    away: 'jira-unavailable',
    lost: 'jira-not-found',
  },
  'tempo-cloud': {
    option: BudgetSource.TempoCloud,
    pricesHours: true,
    away: 'tempo-unavailable',
    lost: 'tempo-not-found',
  },
  computed: {
    option: BudgetSource.ComputedWorklogsRate,
    pricesHours: true,
    away: 'jira-unavailable',
    lost: 'jira-not-found',
  },
} as const satisfies Readonly<Record<string, SourceFacts>>;

export type BudgetSourceName = keyof typeof budgetSources;
export const budgetSourceNames = Object.keys(budgetSources) as readonly BudgetSourceName[];

/** Former names, which environment variables and connections may still have. */
const formerNames: Readonly<Record<string, BudgetSourceName>> = { s0: 'budget-module', tempo4: 'tempo-cloud' };

/** The source that a setting names, by its name or a former one; undefined: none. */
export function budgetSourceNamed(text: unknown): BudgetSourceName | undefined {
  return budgetSourceNames.find((name) => name === text) ?? entryOf(formerNames, String(text));
}

/** The source that a mapping names. Pure. */
export function sourceOfOption(option: BudgetSource): SourceFacts | undefined {
  return Object.values<SourceFacts>(budgetSources).find((source) => source.option === option);
}
