import type { InboundPerson } from '@crmjira/domain';
import { memoizeEach } from '../../../clients/dataverse/memoize';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import type { JiraConnection } from '../../../connections/jira/jira-connection';
import type { JiraConnections } from '../../../connections/jira/jira-connections';
import { readInboundPeople } from '../../../connections/personal';

/** A site, and those who want their worklogs of it as time records. */
export interface InboundSite {
  readonly connection: JiraConnection;
  readonly people: readonly InboundPerson[];
}

/** How old the list of those people may be, in milliseconds: most events are of worklogs that nobody waits for. */
const keepMs = 60_000;

/** Tells who waits for worklogs of a site; null: nobody does. */
export type InboundSites = (connectionId: string) => Promise<InboundSite | null>;

export function inboundSites(parts: {
  readonly dataverse: Pick<DataverseClient, 'batched'>;
  readonly jira: Pick<JiraConnections, 'of'>;
}): InboundSites {
  return memoizeEach(async (connectionId) => {
    const connection = await parts.jira.of(connectionId);
    if (connection === null) return null;
    const people = await readInboundPeople(parts.dataverse.batched, connection.id, connection.site.url);
    return people.length === 0 ? null : { connection, people };
  }, keepMs);
}
