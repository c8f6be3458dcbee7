import { isDeepStrictEqual } from 'node:util';
import { type Guid, markKey, type RemoteLink } from '@crmjira/domain';
import { z } from 'zod';
import { path } from '../../../platform/http-client/path';
import type { JiraSite } from '../jira-site';
import { nothing } from '../wire/answers';

/** What the property of a linked issue keeps beside the mark of its create: the remote link as it was last written. */
const markValue = z.looseObject({ shown: z.unknown().optional() });

/** Whether everything stands in Jira as it should: the property says which remote link was written last. */
export const isMarked = (property: unknown, remote: RemoteLink): boolean =>
  isDeepStrictEqual(markValue.safeParse(property).data?.shown, remote);

function writeProperty(site: JiraSite, issueId: string, link: Guid, value: unknown): Promise<unknown> {
  return site.http.call({
    method: 'PUT',
    path: site.profile.api + path`/issue/${issueId}/properties/${markKey(link)}`,
    body: value,
    schema: nothing,
  });
}

/**
 * Marks an issue for a link: property, remote link to the record, and the property again, which says that the remote link stands. A run
 * cut off in between leaves a property, by which an unlink still finds what to remove.
 * @param property as read @param labels what it is found by, of an issue that was there before its link
 */
export async function markIssue(
  site: JiraSite,
  issueId: string,
  link: Guid,
  remote: RemoteLink,
  { property, labels }: { readonly property: unknown; readonly labels: readonly string[] },
): Promise<void> {
  const value = markValue.safeParse(property).data ?? { link };
  if (property === null) await writeProperty(site, issueId, link, value);
  if (property === null && labels.length > 0)
    await site.http.call({
      method: 'PUT',
      path: site.profile.api + path`/issue/${issueId}`,
      body: { update: { labels: labels.map((label) => ({ add: label })) } },
      schema: nothing,
    });
  await site.http.call({
    method: 'POST',
    path: site.profile.api + path`/issue/${issueId}/remotelink`,
    body: remote,
    schema: nothing,
    // By its global id it is the same link each time.
    repeatable: true,
  });
  await writeProperty(site, issueId, link, { ...value, shown: remote });
}

/** Takes back what `markIssue` wrote; what is gone already is done. The property goes last: as long as it stands, something may be left. */
export async function unmarkIssue(site: JiraSite, issueId: string, link: Guid, remoteLinkId: string): Promise<void> {
  const issue = site.profile.api + path`/issue/${issueId}`;
  await site.http.find({
    method: 'DELETE',
    path: `${issue}/remotelink`,
    query: { globalId: remoteLinkId },
    schema: nothing,
  });
  await site.http.find({ method: 'DELETE', path: issue + path`/properties/${markKey(link)}`, schema: nothing });
}
