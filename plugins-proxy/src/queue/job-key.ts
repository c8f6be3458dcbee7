/**
 * The queue's key of a job, e.g. `opportunity:a1b2…`. The kind says which handler runs it; the list is open, and a key that no handler
 * claims becomes a dead letter. Ids are opaque; GUIDs are lower-cased by the caller.
 */
export function jobKey(kind: string, id: string): string {
  return `${kind}:${id}`;
}

/** What a connected site names by an id of its own: two sites give the same ids. */
export interface SiteId {
  /** null: the first connection, in keys from before there were several */
  readonly connectionId: string | null;
  readonly id: string;
}

/** The key of a job about something of a connected site, e.g. `jira-issue:<connection>/10014`. */
export function siteJobKey(kind: string, connectionId: string, id: string): string {
  return jobKey(kind, `${connectionId}/${id}`);
}

const siteId = /^([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\/(.*)$/s;

/** Takes the id of such a key apart. */
export function parseSiteId(id: string): SiteId {
  const [, connectionId, own] = siteId.exec(id) ?? [];
  return connectionId === undefined || own === undefined ? { connectionId: null, id } : { connectionId, id: own };
}

/** Takes a queue key apart; null for what is none. */
export function parseJobKey(key: string): { readonly kind: string; readonly id: string } | null {
  const colon = key.indexOf(':');
  const [kind, id] = [key.slice(0, Math.max(0, colon)), key.slice(colon + 1)];
  return kind === '' || id === '' ? null : { kind, id };
}
