import { jobKey } from '../../queue/job-key';
import type { EventEffect } from './keys-of-jira-event';
import type { RemoteExecutionContext } from '../../clients/dataverse/remote-execution-context';

/** Tables whose steps post to the service, and the kind of job a change of one of their rows starts. */
export const kindOfTable: ReadonlyMap<string, string> = new Map([
  ['opportunity', 'opportunity'],
  ['crmjira_command', 'command'],
  ['crmjira_budget_approval', 'approval'],
  ['crmjira_budget_decision', 'decision'],
]);

/** Which job key a Dataverse step touches. Pure. */
export function keysOfDataverseEvent(context: RemoteExecutionContext): EventEffect {
  const kind = kindOfTable.get(context.PrimaryEntityName);
  if (kind === undefined) return { keys: [], ignoredBecause: `no rule for table ${context.PrimaryEntityName}` };
  return { keys: [jobKey(kind, context.PrimaryEntityId)], ignoredBecause: null };
}
