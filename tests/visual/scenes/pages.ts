import type { PageScene } from '../page-scene';
import { burnPage } from './page-burn';
import { myConnection } from './page-connection';
import { explainSync } from './page-explain';
import { connectionGuide } from './page-guide';
import { entering } from './page-entering';
import { integrationHealth } from './page-health';
import { integrations } from './page-integrations';
import { jiraProjects, productHealth } from './page-issues';
import { linkProject } from './page-link';
import { recordIssues } from './page-record';
import { backfill, syncHistory } from './page-time';

/** Every state of every HTML page of the integration. */
export const pageScenes: readonly PageScene[] = [
  ...integrationHealth,
  ...connectionGuide,
  ...burnPage,
  ...linkProject,
  ...jiraProjects,
  ...productHealth,
  ...recordIssues,
  ...myConnection,
  ...syncHistory,
  ...backfill,
  ...explainSync,
  ...integrations,
  ...entering,
];
