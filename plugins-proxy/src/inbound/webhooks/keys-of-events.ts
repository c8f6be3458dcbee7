import { entryOf } from '@crmjira/domain';
import type { RemoteExecutionContext } from '../../clients/dataverse/remote-execution-context';
import type { JiraPayload } from '../../clients/jira/wire/jira-payload';
import type { Triggers } from '../../reconciler/triggers';

/** What an event asks for: keys to reconcile, or the reason why it has no effect. */
export type EventEffect =
  | { readonly keys: readonly string[]; readonly ignoredBecause: null }
  | { readonly keys: readonly []; readonly ignoredBecause: string };

/**
 * Which job keys a delivery of Jira requests. Pure: issues and projects are looked up by the worker, so that the answer to Jira waits for
 * nothing but the commit.
 */
export function keysOfJiraEvent(
  payload: JiraPayload,
  connectionId: string,
  triggers: Pick<Triggers, 'keysOfJiraEvent'>,
): EventEffect {
  const keys = triggers.keysOfJiraEvent(payload.webhookEvent ?? payload.event ?? '', payload, connectionId);
  if (keys === null) return { keys: [], ignoredBecause: 'unknown event' };
  if (keys.length === 0) return { keys: [], ignoredBecause: 'names neither issue nor project' };
  return { keys, ignoredBecause: null };
}

/** Which job key a Dataverse step requests. Pure. */
export function keysOfDataverseEvent(
  { PrimaryEntityName: table, PrimaryEntityId: id }: RemoteExecutionContext,
  triggers: Pick<Triggers, 'keysOfStep'>,
): EventEffect {
  const keysOf = entryOf(triggers.keysOfStep, table);
  if (keysOf === undefined) return { keys: [], ignoredBecause: `no rule for table ${table}` };
  return { keys: keysOf(id), ignoredBecause: null };
}
