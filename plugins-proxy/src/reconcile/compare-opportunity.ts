import { type CrmFacts, drift, type DriftLine, type JiraFacts } from '@crmjira/domain';
import type { Logger } from 'pino';
import { type Reconciler, reconcileOpportunity } from './reconcile-opportunity';

/** What both sides say of one opportunity, field by field. */
export interface Compared {
  readonly projectKey: string | null;
  readonly lines: readonly DriftLine[];
}

/** Reads both sides as a run does, and only compares (R-1506). @throws what reading throws, and what `onFacts` does */
export async function compareOpportunity(
  reconciler: Reconciler,
  run: {
    readonly opportunityId: string;
    readonly correlationId: string;
    readonly logger: Logger;
    readonly onFacts?: (crm: CrmFacts) => void;
  },
): Promise<Compared> {
  let crm: CrmFacts | null = null;
  let jira: JiraFacts | null = null;
  const { actions } = await reconcileOpportunity(reconciler, {
    ...run,
    dryRun: true,
    onFacts: (facts) => {
      run.onFacts?.(facts);
      crm = facts;
    },
    onJiraFacts: (facts) => (jira = facts),
  });
  // Assigned inside the run, which the compiler does not follow.
  const [read, answer] = [crm as CrmFacts | null, jira as JiraFacts | null];
  if (read === null || answer === null) return { projectKey: null, lines: [] };
  return { projectKey: read.mapping?.projectKey ?? null, lines: drift(read, answer, actions.length > 0) };
}
