import type { Money } from '../money/money';
import { equalMoney } from '../money/money';
import { BudgetStatus, CommandType } from '../schema/generated/options';
import { budgetAmountChanged, decisionRefusal, grantedApproval, initialBudget } from './plan/approved-amount';
import type { ApprovalFacts, CommandFacts, CrmFacts, Instant, MappingFacts, OpportunityFacts } from './plan/facts';
import { COMMAND_AUTHORITY, OTHER_AUTHORITY } from '../authority/authority';
import { type Evidence, type Need, unmetNeed } from '../authority/needs';
import type { RefusedCommand } from './plan/facts';

/** Whoever made a wish, as Dataverse knows them. */
export interface Asker {
  /** the row is the service's own: an operator's command, or an event's */
  readonly isService: boolean;
  /** `RetrievePrincipalAccess` of the person on the opportunity grants Write */
  readonly mayWrite: boolean;
}

/** Statuses of a budget that was approved and taken up, its end included. */
const wasActivated: ReadonlySet<BudgetStatus> = new Set([
  BudgetStatus.Active,
  BudgetStatus.OverBudget,
  BudgetStatus.Completed,
]);

/** Whether work on the budget has been approved: it is Active or Over Budget, or a grant makes it so in this run. */
export function isBudgetApproved(crm: Pick<CrmFacts, 'mapping' | 'approval' | 'earlierGrant'>): boolean {
  return (crm.mapping !== null && wasActivated.has(crm.mapping.status)) || grantedApproval(crm) !== null;
}

/** Whether a command depends on the roles of the person who gives it. */
export function dependsOnAdministrator(type: CommandType): boolean {
  const { needs } = COMMAND_AUTHORITY[type];
  if (needs.includes('administrator') || needs.includes('linkable-project')) return true;
  // For a project that is held back these are its release (R-2305).
  return type === CommandType.CreateProject || type === CommandType.Retry;
}

/**
 * The condition against carrying out a command; null where there is none. Whether a project may be linked is asked of Jira once it is
 * read (`linkable` of its facts).
 */
function refusedCommand(
  command: CommandFacts,
  asker: Asker,
  crm: Pick<CrmFacts, 'mapping' | 'approval' | 'earlierGrant'>,
): Need | null {
  const evidence: Evidence = {
    service: asker.isService,
    write: asker.mayWrite,
    administrator: command.byAdministrator,
    'approved-budget': isBudgetApproved(crm),
  };
  const needs = COMMAND_AUTHORITY[command.type].needs.filter((need) => need !== 'linkable-project');
  return unmetNeed(needs, evidence);
}

/** A command with whoever gave it. */
export interface AskedCommand {
  readonly command: CommandFacts;
  readonly asker: Asker;
}

/** Keeps apart what may not be carried out, so that no part of the plan comes to see it (ADR-16). */
export function judgeCommands(
  asked: readonly AskedCommand[],
  crm: Pick<CrmFacts, 'mapping' | 'approval' | 'earlierGrant'>,
): { readonly commands: readonly CommandFacts[]; readonly refusedCommands: readonly RefusedCommand[] } {
  const judged = asked.map(({ command, asker }) => ({ command, need: refusedCommand(command, asker, crm) }));
  return {
    commands: judged.flatMap(({ command, need }) => (need === null ? [command] : [])),
    refusedCommands: judged.flatMap(({ command, need }) => (need === null ? [] : [{ command, need }])),
  };
}

/** Amounts of the opportunity that a request may be about: before the first approval the one that counts, afterwards either. */
function amountsOfRow(opportunity: OpportunityFacts, mapping: MappingFacts | null): readonly (Money | null)[] {
  if (mapping !== null && mapping.status !== BudgetStatus.Draft)
    return [opportunity.projectBudget, opportunity.budgetAmount];
  const changed = mapping !== null && budgetAmountChanged(mapping, opportunity);
  return [changed ? opportunity.budgetAmount : initialBudget(opportunity)];
}

/**
 * Whether a decision that holds came before the deal was won: then it counts, however late a run sees it. Both times are those of the
 * server, in whole seconds; of the same second it counts, as no form offers a decision on a closed deal.
 * @param closedOn when the newest close activity was created; null: there is none
 */
export function isDecidedBeforeWin(
  approval: ApprovalFacts,
  { state }: Pick<OpportunityFacts, 'state'>,
  mapping: MappingFacts | null,
  closedOn: Instant | null,
): boolean {
  const { decision } = approval;
  if (state !== 'won' || decision === null || closedOn === null || mapping === null) return false;
  // Figures of a completed project are final.
  if (mapping.completedOn !== null || decisionRefusal(approval) !== null) return false;
  return Date.parse(decision.decidedOn) <= Date.parse(closedOn);
}

/**
 * The condition against a request for approval; null where it counts. Its amount is held against the row's until somebody has decided:
 * a decision is about the amount that it saw.
 * @param wasDecidedInTime before its deal was won, see `isDecidedBeforeWin`
 */
export function refusedRequest(
  request: Pick<ApprovalFacts, 'amount' | 'decision' | 'isForged'>,
  asker: Asker,
  opportunity: OpportunityFacts,
  mapping: MappingFacts | null,
  wasDecidedInTime = false,
): Need | null {
  const { amount, decision, isForged = false } = request;
  return unmetNeed(OTHER_AUTHORITY['approval-request'].needs, {
    service: asker.isService,
    // The opportunity of a closed deal is left alone (R-2301), so an approval could not be recorded where R-307 wants it.
    'open-opportunity': opportunity.state === 'open' || wasDecidedInTime,
    write: asker.mayWrite,
    // Beside a decision the service writes over them (`toldDecision`).
    'undecided-row': decision !== null || !isForged,
    'amount-above-zero': amount.minor > 0,
    'amount-of-row': decision !== null || amountsOfRow(opportunity, mapping).some((row) => equalMoney(row, amount)),
  });
}
