import type { Site } from '../jira/site/site';
import type { SeededSource } from '../run/budget-source-of';
import type { OpportunityScenario, ProjectScenario } from './scenarios';
import type { SimulatedProject } from './simulate-work';

/** What is being written into Jira, and by whom. */
export interface Writing {
  readonly site: Site;
  readonly opportunity: OpportunityScenario;
  readonly scenario: ProjectScenario;
  readonly work: SimulatedProject;
  readonly leadId: string;
  readonly people: readonly string[];
  readonly now: Date;
  /** where spending comes from */
  readonly budgetSource: SeededSource;
}
