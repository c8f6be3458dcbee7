import type { integrationsDashboardTexts } from '../../strings/generated/integrations-dashboard';
import type { RunFigures } from '../integrations/run-figures';
import type { IntegrationsSay } from '../integrations/run-words';
import type { Say } from '../platform/page-words';
import type { PageFacts } from '../platform/start-page';
import type { Dashboard } from './read-dashboard';

/** What every card of the dashboard is given. */
export interface Shown {
  readonly dashboard: Dashboard;
  readonly figures: RunFigures;
  readonly facts: PageFacts;
  readonly say: Say<typeof integrationsDashboardTexts>;
  readonly sayShared: IntegrationsSay;
  readonly now: string;
}
