import type { StageFacts } from '../stage-gate';
import type { MappingFacts, OpportunityFacts } from './facts';

/** What the stage gate asks of an opportunity and its mapping. @param budgetThreshold in major units */
export function stageFacts(
  opportunity: OpportunityFacts,
  mapping: MappingFacts | null,
  budgetThreshold: number,
): StageFacts {
  return {
    isOpen: opportunity.state === 'open',
    budgetAmount: opportunity.budgetAmount,
    budgetThreshold,
    jiraProjectKey: opportunity.jiraProjectKey,
    provisioningState: mapping?.provisioningState ?? null,
    approvalStatus: opportunity.approvalStatus,
    projectBudget: opportunity.projectBudget,
    budgetStatus: opportunity.budgetStatus,
    reviewRequired: opportunity.reviewRequired,
    reviewNote: opportunity.reviewNote,
  };
}
