/**
 * What a job is about. Only `opportunity` is reconciled; the others are resolved to opportunities first, by a job of their own, so
 * that the intake never waits for a look-up.
 */
export const jobKinds = [
  'opportunity',
  'command',
  'approval',
  'decision',
  'jira-issue',
  'jira-project',
  'jira-project-key',
  'budget-approved',
  'project-closed',
  'deleted-mapping',
  'all-mappings',
] as const;
export type JobKind = (typeof jobKinds)[number];

/** The queue's key of a job, e.g. `opportunity:a1b2…`. Ids are opaque; GUIDs are lower-cased by the caller. */
export function jobKey(kind: JobKind, id: string): string {
  return `${kind}:${id}`;
}

/** Takes a queue key apart; null for one this version does not know. */
export function parseJobKey(key: string): { readonly kind: JobKind; readonly id: string } | null {
  const colon = key.indexOf(':');
  const kind = jobKinds.find((known) => known === key.slice(0, colon));
  const id = key.slice(colon + 1);
  return kind === undefined || id === '' ? null : { kind, id };
}
