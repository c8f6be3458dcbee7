import type { BudgetStatus } from '@crmjira/domain';
import { OTHER_SELLER, SALES_REP } from './people';
import type { OpportunityScenario, ProjectScenario } from './scenarios';
import type { SimulatedProject } from './simulate-work';
import type { WrittenProject } from './write-jira-project';

/** A project with all that its rows are made from. */
export interface ProjectOfOpportunity {
  readonly opportunity: OpportunityScenario;
  readonly scenario: ProjectScenario;
  readonly work: SimulatedProject;
  readonly jira: WrittenProject;
  readonly status: BudgetStatus;
}

export function ownerOf(opportunity: OpportunityScenario): string {
  return (opportunity.owner === 'sales-rep' ? SALES_REP : OTHER_SELLER).id;
}
