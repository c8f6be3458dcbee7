import type { Api, Call } from '../api';
import { JiraError } from '../jira-error';
import type { IssueRow, UserRow } from '../site/rows';
import { userView } from '../views/user-view';
import { selfUrl } from '../views/view';
import { requireIssue } from './require-issue';

/** Who is named, by account id on Cloud and by user name on Data Center; nobody named: the caller. */
function named(call: Call, who: unknown): UserRow {
  const caller = call.user();
  if (who === undefined || who === null || who === '') return caller;
  const user = call.edition === 'cloud' ? call.site.users.get(String(who)) : call.site.findUser(String(who));
  if (!user) throw JiraError.notFound(`The user "${String(who)}" does not exist.`);
  return user;
}

function setWatchers(call: Call, issue: IssueRow, watcherIds: readonly string[]): void {
  call.site.issues.put<IssueRow>({ ...issue, watcherIds });
}

/** Who is told of changes of an issue; watching is no change of it. */
export function registerWatchers(api: Api): void {
  const path = '/issue/:issueIdOrKey/watchers';
  api.get(path, (call) => {
    const issue = requireIssue(call);
    const ids = issue.watcherIds ?? [];
    return {
      self: selfUrl(call.view, `/issue/${issue.key}/watchers`),
      isWatching: ids.includes(call.caller.user?.id ?? ''),
      watchCount: ids.length,
      watchers: ids.map((id) => userView(call.view, id)),
    };
  });
  api.post(path, (call) => {
    const issue = requireIssue(call);
    const { id } = named(call, call.rawBody());
    setWatchers(call, issue, [...(issue.watcherIds ?? []).filter((other) => other !== id), id]);
  });
  api.delete(path, (call) => {
    const issue = requireIssue(call);
    const { id } = named(call, call.query(call.edition === 'cloud' ? 'accountId' : 'username'));
    setWatchers(
      call,
      issue,
      (issue.watcherIds ?? []).filter((other) => other !== id),
    );
  });
}
