import { siteIdText } from '@crmjira/domain';

/**
 * The queue's key of a job, e.g. `opportunity:a1b2…`. The kind says which handler runs it; the list is open, and a key that no handler
 * claims becomes a dead letter. Ids are opaque; GUIDs are lower-cased by the caller.
 */
export function jobKey(kind: string, id: string): string {
  return `${kind}:${id}`;
}

/** The key of a job about something of a connected site, e.g. `jira-issue:<connection>/10014`. */
export function siteJobKey(kind: string, connectionId: string, id: string): string {
  return jobKey(kind, siteIdText(connectionId, id));
}

/** Takes a queue key apart; null for what is none. */
export function parseJobKey(key: string): { readonly kind: string; readonly id: string } | null {
  const colon = key.indexOf(':');
  const [kind, id] = [key.slice(0, Math.max(0, colon)), key.slice(colon + 1)];
  return kind === '' || id === '' ? null : { kind, id };
}
