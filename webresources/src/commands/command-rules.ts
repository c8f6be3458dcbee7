import {
  ApprovalStatus,
  BudgetStatus,
  ProvisioningState,
  exceedsProvisioningThreshold,
  moneyFromDecimal,
} from '@crmjira/domain';

/** Buttons of the Opportunity's command bar, as the ribbon names their functions. */
export type CommandName =
  | 'createProject'
  | 'linkProject'
  | 'syncNow'
  | 'retry'
  | 'requestApproval'
  | 'approveBudget'
  | 'completeProject'
  | 'reopenProject'
  | 'openFinalReport'
  | 'openInJira';

/** What the form shows at this moment. */
export interface CommandFacts {
  readonly isSaved: boolean;
  /** The form is not read-only to this person: the service would refuse them all but a decision (F-301). */
  readonly mayWrite: boolean;
  /** The opportunity is neither won nor lost. */
  readonly isOpen: boolean;
  readonly jiraProjectKey: string | null;
  /** Column security lets this person read the key. */
  readonly isKeyReadable: boolean;
  readonly approvalStatus: ApprovalStatus;
  readonly budgetStatus: BudgetStatus | null;
  /** major units */
  readonly budgetAmount: number | null;
}

/** What a creation depends on beside the form. */
export interface CreationFacts {
  /** major units */
  readonly amount: number | null;
  /** ISO code */
  readonly currency: string;
  /** `crmjira_BudgetThreshold`, major units */
  readonly threshold: number;
  /** null: no mapping yet */
  readonly provisioning: ProvisioningState | null;
}

/** What the mapping says of the last attempt; null where there is none. */
export interface AttemptFacts {
  readonly provisioning: ProvisioningState | null;
  readonly lastError: string | null;
}

type Rule = (facts: CommandFacts) => boolean;

const hasProject: Rule = ({ jiraProjectKey }) => jiraProjectKey !== null && jiraProjectKey !== '';
/** A key that column security hides is empty on the form: whether there is a project is then not known. */
const hasNoProject: Rule = (facts) => facts.isKeyReadable && !hasProject(facts);
const isCompleted: Rule = ({ budgetStatus }) => budgetStatus === BudgetStatus.Completed;
const isActivated: Rule = ({ budgetStatus }) =>
  budgetStatus === BudgetStatus.Active || budgetStatus === BudgetStatus.OverBudget;
const isPending: Rule = ({ approvalStatus }) => approvalStatus === ApprovalStatus.Pending;

const RULES: Readonly<Record<CommandName, Rule>> = {
  createProject: (facts) => facts.isOpen && hasNoProject(facts),
  linkProject: (facts) => facts.isOpen && hasNoProject(facts),
  syncNow: hasProject,
  // With or without a project, but not for one that is hidden; that the last attempt failed is asked of the mapping.
  retry: (facts) => facts.isKeyReadable && !isCompleted(facts),
  requestApproval: (facts) => facts.isOpen && hasProject(facts) && !isPending(facts) && !isCompleted(facts),
  // On a closed deal a decision comes too late (R-2301), whatever its columns still say.
  approveBudget: (facts) => facts.isOpen && isPending(facts),
  // The service refuses it before: a draft is not won (F-101).
  completeProject: (facts) => facts.isOpen && hasProject(facts) && isActivated(facts),
  reopenProject: (facts) => hasProject(facts) && isCompleted(facts),
  openFinalReport: isCompleted,
  openInJira: hasProject,
};

/** What takes no Write on the opportunity. */
const NEEDS_NO_WRITE: ReadonlySet<CommandName> = new Set(['approveBudget', 'openFinalReport', 'openInJira']);

/** Whether a button is enabled. Who may press it at all is the role's privileges, which the ribbon asks itself. */
export function isEnabled(command: CommandName, facts: CommandFacts): boolean {
  return facts.isSaved && (facts.mayWrite || NEEDS_NO_WRITE.has(command)) && RULES[command](facts);
}

/** Whether there is something to try again: the project was not created, or the last sync left an error. */
export function isRetryable(attempt: AttemptFacts | null): boolean {
  return attempt !== null && (attempt.provisioning === ProvisioningState.Failed || attempt.lastError !== null);
}

/** Whether the service would create the project: one that it has begun, or an amount above the threshold. */
export function isToBeCreated({ amount, currency, threshold, provisioning }: CreationFacts): boolean {
  if (provisioning !== null) return true;
  return amount !== null && exceedsProvisioningThreshold(moneyFromDecimal(amount, currency), threshold);
}
