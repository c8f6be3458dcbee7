import type { Action, BudgetFacts, BudgetSourceName, MappingFacts, Money } from '@crmjira/domain';
import type { IssueAnswer } from '../../../clients/jira/wire/answers';
import type { OwnRateAccounts } from './computed/own-rate';
import type { Conversion } from './convert-money';

/** What a source may need to price a project. */
export interface BudgetRequest {
  readonly projectId: string;
  readonly projectKey: string;
  /** The budget that the mapping has known so far; null or left out: none. */
  readonly budgetId?: string | null;
  /** Figures that stay where the source tells none that can be used; null or left out: nothing was ever read. */
  readonly lastKnown?: Pick<MappingFacts, 'jiraAmount' | 'spent' | 'totalHours'> | null;
  /** Currency of the mapping, in which all figures are given. */
  readonly currency: string;
  /** Hourly rate of worklogs that carry none, from the category rows or the environment. */
  readonly hourlyRate: Money;
  readonly convert: Conversion;
  /** Whose worklogs may carry a rate of their own; left out: nobody's. */
  readonly ownRateAccounts?: OwnRateAccounts;
  /** All issues of the project, read already. */
  readonly issues: readonly IssueAnswer[];
  /** A person has asked: nothing is taken from memory. */
  readonly fresh?: boolean;
  /** The daily sync: what may have changed without a trace is compared first. */
  readonly thorough?: boolean;
}

/** Where budget figures come from; the same acceptance cases hold for each. */
export interface BudgetSource {
  readonly kind: BudgetSourceName;
  /** null: the project has no budget there yet */
  read(request: BudgetRequest): Promise<BudgetFacts | null>;
  create(action: Extract<Action, { kind: 'budget.create' }>): Promise<void>;
  setAmount(action: Extract<Action, { kind: 'budget.set-amount' }>): Promise<void>;
  /** Asks for as little as there is, to see whether it answers; left out: it lies in Jira and answers when that does. */
  readonly probe?: () => Promise<unknown>;
}
