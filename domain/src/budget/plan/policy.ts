import type { BudgetSourceName } from '../budget-sources';
import type { Guid } from './facts';

/** Settings of the environment (D-10), read from Dataverse environment variables by the proxy. */
export interface Policy {
  /** `crmjira_BudgetThreshold`, major units; strictly greater provisions */
  readonly budgetThreshold: number;
  /** `crmjira_WarningThreshold`, percent, inclusive */
  readonly warningThreshold: number;
  readonly defaultCurrency: string;
  readonly budgetPeriodMonths: number;
  readonly taskDueDays: number;
  /** `crmjira_TaskSkipWeekends`: what would be due on a Saturday or Sunday (UTC) is due on the Monday after it (E3); not set: no */
  readonly taskSkipWeekends?: boolean;
  /** `crmjira_ProvisioningLimitPerHour`: projects created within an hour before an administrator is asked (R-2305) */
  readonly provisioningLimit: number;
  readonly autoApproveOnProvision: boolean;
  readonly autoAdvanceStages: boolean;
  readonly writeSpentToActualValue: boolean;
  readonly redactAmountsInEmail: boolean;
  readonly financeControllerEmail: string | null;
  readonly administratorMailbox: string | null;
  readonly defaultHourlyRate: number;
  /** `crmjira_ArchiveJiraProject` */
  readonly archiveJiraProject: boolean;
  /** `crmjira_CompleteOnRootIssueDone`: moving the root issue to Done completes the project */
  readonly completeOnRootIssueDone: boolean;
  readonly budgetSource: BudgetSourceName;
  /**
   * Nobody refuses a stage move beforehand, as nothing reaches the service: an invalid one is taken back (ADR-3). Not
   * set: moves are refused by the synchronous step.
   */
  readonly returnsInvalidStages?: boolean;
  /** row of `crmjira_integration` this proxy serves */
  readonly connectionId: Guid;
  /** link target of the e-mails: the Opportunity form's address without id */
  readonly recordUrl: string | null;
}
