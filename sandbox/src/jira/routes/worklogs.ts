import { z } from 'zod';
import type { Api, Call } from '../api';
import { JiraError } from '../jira-error';
import { moveWorklogs } from '../operations/move-worklogs';
import { addWorklog, deleteWorklog, editWorklog, worklogInput } from '../operations/worklogs';
import type { EstimateRule } from '../operations/worklogs';
import type { IssueRow, WorklogRow } from '../site/rows';
import { selfUrl } from '../views/view';
import { worklogView } from '../views/worklog-view';
import { requireIssue } from './require-issue';

/** rows in a page of the change feeds */
const FEED_PAGE = 1000;
/** milliseconds; the feeds leave out the last minute, when clocks of several nodes may still disagree */
const FEED_LAG = 60_000;

export function requireWorklog(call: Call, name = 'worklogId'): { issue: IssueRow; worklog: WorklogRow } {
  const issue = requireIssue(call);
  const worklog = call.site.worklogs.get(call.path(name));
  if (!worklog || worklog.issueId !== issue.id)
    throw JiraError.notFound(`Cannot find worklog with id: '${call.path(name)}'.`);
  return { issue, worklog };
}

function estimateRule(call: Call): EstimateRule {
  const rule: Record<string, string> = {};
  for (const name of ['adjustEstimate', 'newEstimate', 'reduceBy', 'increaseBy']) {
    const value = call.query(name);
    if (value !== undefined) rule[name] = value;
  }
  return rule;
}

/** In the order in which work was entered, whenever it was done. */
const oldestFirst = (left: WorklogRow, right: WorklogRow) =>
  left.createdOn < right.createdOn ? -1 : left.createdOn > right.createdOn ? 1 : Number(left.id) - Number(right.id);

function listWorklogs(call: Call) {
  const issue = requireIssue(call);
  const after = call.query('startedAfter');
  const before = call.query('startedBefore');
  const all = call.site.worklogs
    .where('issue', issue.id)
    .filter((worklog) => after === undefined || Date.parse(worklog.startedOn) >= Number(after))
    .filter((worklog) => before === undefined || Date.parse(worklog.startedOn) < Number(before))
    .sort(oldestFirst);
  const withProperties = call.expand().has('properties');
  // Data Center has no pages here: it answers all of them
  const start = call.edition === 'cloud' ? call.queryNumber('startAt', 0) : 0;
  const max = call.edition === 'cloud' ? Math.min(5000, call.queryNumber('maxResults', 5000)) : all.length;
  const worklogs = all.slice(start, start + max).map((worklog) => worklogView(call.view, worklog, withProperties));
  return { startAt: start, maxResults: max, total: all.length, worklogs };
}

/** Ids and times of worklogs that changed since a moment, oldest first. */
function feed(call: Call, name: 'updated' | 'deleted', rows: readonly { id: string; on: string }[]) {
  call.user();
  const since = call.queryNumber('since', 0);
  const limit = Date.parse(call.site.now()) - FEED_LAG;
  const due = rows
    .map((row) => ({ id: row.id, time: Date.parse(row.on) }))
    .filter(({ time }) => time >= since && time <= limit)
    .sort((left, right) => left.time - right.time || Number(left.id) - Number(right.id));
  // rows of one millisecond are never parted, or the next page would repeat or miss some
  const end =
    due.length > FEED_PAGE
      ? due.findIndex((row, index) => index >= FEED_PAGE && row.time !== due[index - 1]?.time)
      : due.length;
  const page = due.slice(0, end < 0 ? due.length : end);
  const until = page.at(-1)?.time ?? Math.max(since, limit);
  const last = page.length === due.length;
  const withProperties = call.expand().has('properties');
  const address = (from: number) =>
    selfUrl(call.view, `/worklog/${name}?since=${from}${withProperties ? '&expand=properties' : ''}`);
  return {
    values: page.map(({ id, time }) => ({
      worklogId: Number(id),
      updatedTime: time,
      properties: withProperties
        ? call.site.properties.where('owner', `worklog/${id}`).map(({ key, value }) => ({ key, value }))
        : [],
    })),
    since,
    until,
    self: address(since),
    ...(last ? {} : { nextPage: address(until) }),
    lastPage: last,
  };
}

function byIds(call: Call) {
  call.user();
  const { ids } = call.body(z.looseObject({ ids: z.array(z.coerce.number().int()) }));
  if (ids.length > 1000) throw new JiraError(400, ['The number of worklog IDs must not exceed 1000.']);
  const withProperties = call.expand().has('properties');
  return ids.flatMap((id) => {
    const worklog = call.site.worklogs.get(String(id));
    return worklog ? [worklogView(call.view, worklog, withProperties)] : [];
  });
}

const moveInput = z.object({ ids: z.array(z.coerce.string()), issueIdOrKey: z.string() });

function moveBetweenIssues(call: Call): void {
  const from = requireIssue(call);
  const { ids, issueIdOrKey } = call.body(moveInput);
  const to = requireIssue(call, issueIdOrKey);
  moveWorklogs(call.view, call.user(), { from, to }, ids, call.query('adjustEstimate') !== 'leave');
}

/** Work logged on issues, and the feeds of what changed. */
export function registerWorklogs(api: Api): void {
  api.get('/issue/:issueIdOrKey/worklog', listWorklogs);
  api.post('/issue/:issueIdOrKey/worklog', (call) => {
    const actor = call.user();
    const worklog = addWorklog(call.view, actor, requireIssue(call), call.body(worklogInput), estimateRule(call));
    call.reply.status(201);
    return worklogView(call.view, worklog, call.expand().has('properties'));
  });
  api.get('/issue/:issueIdOrKey/worklog/:id', (call) =>
    worklogView(call.view, requireWorklog(call, 'id').worklog, call.expand().has('properties')),
  );
  api.put('/issue/:issueIdOrKey/worklog/:id', (call) => {
    const actor = call.user();
    const { issue, worklog } = requireWorklog(call, 'id');
    const changed = editWorklog(call.view, actor, issue, worklog, call.body(worklogInput), estimateRule(call));
    return worklogView(call.view, changed, call.expand().has('properties'));
  });
  api.delete('/issue/:issueIdOrKey/worklog/:id', (call) => {
    const actor = call.user();
    const { issue, worklog } = requireWorklog(call, 'id');
    deleteWorklog(call.view, actor, issue, worklog, estimateRule(call));
  });
  api.post('/issue/:issueIdOrKey/worklog/move', moveBetweenIssues, { only: 'cloud' });
  api.get('/worklog/updated', (call) =>
    feed(
      call,
      'updated',
      call.site.worklogs.all().map((row) => ({ id: row.id, on: row.updatedOn })),
    ),
  );
  api.get('/worklog/deleted', (call) =>
    feed(
      call,
      'deleted',
      call.site.deletedWorklogs.all().map((row) => ({ id: row.id, on: row.deletedOn })),
    ),
  );
  api.post('/worklog/list', byIds);
}
