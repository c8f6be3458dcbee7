import type { IssueRow } from '../site/rows';
import type { Site } from '../site/site';
import { asRecord } from './as-record';
import type { HistoryMetadata } from './store-issue';

/** `historyMetadata` of an edit or transition. */
export function historyMetadataOf(body: Readonly<Record<string, unknown>>): HistoryMetadata | undefined {
  const given = asRecord(body['historyMetadata']);
  return Object.keys(given).length === 0 ? undefined : given;
}

/** `properties` of a create, edit or transition: set with it, in the same request. */
export function storeProperties(site: Site, issue: IssueRow, body: Readonly<Record<string, unknown>>): void {
  const given = Array.isArray(body['properties']) ? body['properties'] : [];
  for (const { key, value } of given.map(asRecord))
    if (typeof key === 'string') site.setProperty(`issue/${issue.id}`, key, value);
}
