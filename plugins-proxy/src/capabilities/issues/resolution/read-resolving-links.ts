import { doneChanges, type ResolvingLink, ResolutionRule, SyncPreference } from '@crmjira/domain';
import { readStatuses } from '../../../clients/jira/create-metadata/read-site-values';
import { readLinkedIssue } from '../../../clients/jira/issues/read-linked-issue';
import type { JiraConnection } from '../../../connections/jira/jira-connection';
import type { JiraConnections } from '../../../connections/jira/jira-connections';
import type { IssuePolicyOf } from '../policy/issue-policy';
import type { CaseLink } from './read-case';
import { hasCode } from '../../../platform/errors/has-code';

/** What the issues of a case are read with. */
export interface ResolvingParts {
  readonly jira: Pick<JiraConnections, 'of'>;
  readonly policyOf: IssuePolicyOf;
}

const isFollowed = (preference: SyncPreference): boolean =>
  preference === SyncPreference.Both || preference === SyncPreference.JiraToCrm;

/** null: the site is another service's, or its connection is switched off: nothing is known of its issues then. */
async function connectionOf(jira: ResolvingParts['jira'], integration: string): Promise<JiraConnection | null> {
  try {
    return await jira.of(integration);
  } catch (error) {
    if (hasCode(error, 'jira-connection')) return null;
    throw error;
  }
}

/** A link of a case with how its issue came to be done, as Jira has it now: the mirror may be old. */
export async function readResolvingLink(
  { jira, policyOf }: ResolvingParts,
  { row, stored, integration, rule, key }: CaseLink,
): Promise<ResolvingLink> {
  const link: ResolvingLink = {
    id: row.id,
    integration: integration ?? '',
    rule,
    preference: row.preference,
    stage: stored.stage,
    resolvesRecord: row.resolvesRecord,
    issueId: stored.issueId,
    key,
    doneWhenLinked: false,
    changes: [],
  };
  // One that was hidden may be to be seen again, before its link knows.
  const isThere = stored.stage === 'linked' || stored.stage === 'hidden';
  if (!isThere || !isFollowed(row.preference) || rule === ResolutionRule.Never) return link;
  const hidden = { ...link, stage: 'hidden' } as const;
  const connection = integration === null ? null : await connectionOf(jira, integration);
  if (connection === null) return hidden;
  const since = stored.since ?? 0;
  const { site } = connection;
  const [issue, known, { statuses }] = await Promise.all([
    readLinkedIssue(site, stored.issueId, row.id, { cursor: since, known: null }),
    readStatuses(site),
    policyOf(connection, 'incident'),
  ]);
  if (issue === null) return hidden;
  const { shown, statusId } = issue;
  const changes = issue.changelog.flatMap(({ id, on, by, items }) =>
    items.filter(({ field }) => field === 'status').map(({ from, to }) => ({ entry: id, on, by, from, to })),
  );
  const now = { id: statusId, category: shown.statusCategory };
  const done = new Set([...known, now].filter(({ category }) => category === 'done').map(({ id }) => id));
  return {
    ...link,
    stage: 'linked',
    key: shown.key,
    ...doneChanges(changes, { statusId, since, resolution: shown.resolution }, { statuses, done }),
  };
}
