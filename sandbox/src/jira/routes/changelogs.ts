import { z } from 'zod';
import type { Api, Call } from '../api';
import { pageOf } from '../api';
import { JiraError } from '../jira-error';
import type { ChangeRow } from '../site/rows';
import { changelogEntry } from '../views/issue-view';
import { requireIssue } from './require-issue';

const bulkInput = z.looseObject({
  issueIdsOrKeys: z.array(z.string()).min(1).max(1000),
  fieldIds: z.array(z.string()).max(10).nullish(),
  maxResults: z.number().int().min(1).max(10_000).nullish(),
  nextPageToken: z.string().nullish(),
});

function readToken(token: string | null | undefined): number {
  if (!token) return 0;
  const offset = Number(/^changes:(\d+)$/.exec(Buffer.from(token, 'base64url').toString('utf8'))?.[1]);
  if (Number.isNaN(offset)) throw new JiraError(400, ['The provided next page token is invalid.']);
  return offset;
}

/** Histories of many issues, oldest first, by token. Times are epoch milliseconds here. Issues that are not there are left out. */
function fetchMany(call: Call) {
  const { issueIdsOrKeys, fieldIds, maxResults, nextPageToken } = call.body(bulkInput);
  const issues = issueIdsOrKeys.flatMap((idOrKey) => (call.anonymous ? [] : (call.site.findIssue(idOrKey) ?? [])));
  const wanted = (change: ChangeRow): ChangeRow | null => {
    if (!fieldIds?.length) return change;
    const items = change.items.filter((item) => fieldIds.includes(item.fieldId));
    return items.length > 0 ? { ...change, items } : null;
  };
  const all = [...new Set(issues)].flatMap((issue) =>
    call.site.changes.where('issue', issue.id).flatMap((change) => wanted(change) ?? []),
  );
  const offset = readToken(nextPageToken);
  const page = all.slice(offset, offset + (maxResults ?? 1000));
  const end = offset + page.length;
  return {
    issueChangeLogs: [...new Set(page.map(({ issueId }) => issueId))].map((issueId) => ({
      issueId,
      changeHistories: page
        .filter((change) => change.issueId === issueId)
        .map((change) => ({ ...changelogEntry(call.view, change), created: Date.parse(change.createdOn) })),
    })),
    ...(end < all.length ? { nextPageToken: Buffer.from(`changes:${end}`).toString('base64url') } : {}),
  };
}

/** What was changed on issues. Data Center tells it with the issue alone. */
export function registerChangelogs(api: Api): void {
  const only = { only: 'cloud' } as const;
  const entries = (call: Call) =>
    call.site.changes.where('issue', requireIssue(call).id).map((change) => changelogEntry(call.view, change));
  api.get(
    '/issue/:issueIdOrKey/changelog',
    (call) => pageOf(call, entries(call), call.queryNumber('startAt', 0), call.queryNumber('maxResults', 100)),
    only,
  );
  api.post(
    '/issue/:issueIdOrKey/changelog/list',
    (call) => {
      const { changelogIds } = call.body(z.looseObject({ changelogIds: z.array(z.number()) }));
      const histories = entries(call).filter(({ id }) => changelogIds.includes(Number(id)));
      return { startAt: 0, maxResults: histories.length, total: histories.length, histories };
    },
    only,
  );
  api.post('/changelog/bulkfetch', fetchMany, only);
}
