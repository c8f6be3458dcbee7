import { z } from 'zod';
import type { Api, Call } from '../api';
import { ISSUE_NOT_FOUND, JiraError } from '../jira-error';
import { createIssue } from '../operations/issues';
import { deleteIssue } from '../operations/delete-issue';
import { editIssue } from '../operations/edit-issue';
import { changeIssue, projectOf } from '../operations/store-issue';
import { transitionIssue } from '../operations/transition-issue';
import { worklogInput, addWorklog } from '../operations/worklogs';
import { readIssueFields } from '../operations/read-issue-fields';
import { ADMINISTRATORS } from '../site/defaults';
import type { IssueRow } from '../site/rows';
import { issueView, transitionViews } from '../views/issue-view';
import { selfUrl } from '../views/view';
import { addCommentsOf } from './comments';
import { changeLinksOf } from './issue-links';
import { requireIssue } from './require-issue';

function created(call: Call, issue: IssueRow) {
  return { id: issue.id, key: issue.key, self: selfUrl(call.view, `/issue/${issue.id}`) };
}

const bulkInput = z.looseObject({ issueUpdates: z.array(z.unknown()) });

function createMany(call: Call) {
  const actor = call.user();
  const { issueUpdates } = call.body(bulkInput);
  if (issueUpdates.length > 50) throw new JiraError(400, ['Up to 50 issues may be created in one request.']);
  const issues: ReturnType<typeof created>[] = [];
  const errors: unknown[] = [];
  issueUpdates.forEach((update, index) => {
    try {
      issues.push(created(call, createIssue(call.view, actor, update)));
    } catch (cause) {
      if (!(cause instanceof JiraError)) throw cause;
      errors.push({
        status: cause.status,
        elementErrors: { errorMessages: cause.errorMessages, errors: cause.errors, status: cause.status },
        failedElementNumber: index,
      });
    }
  });
  call.reply.status(issues.length > 0 || issueUpdates.length === 0 ? 201 : 400);
  return { issues, errors };
}

/** `update` may add a comment or log work beside the fields. */
function applyUpdateExtras(call: Call, issue: IssueRow): void {
  const update = call.body(z.looseObject({ update: z.looseObject({}).optional() })).update ?? {};
  addCommentsOf(call, issue, update['comment']);
  changeLinksOf(call, issue, update['issuelinks']);
  const work = z.array(z.looseObject({ add: worklogInput })).safeParse(update['worklog']);
  if (work.success) for (const { add } of work.data) addWorklog(call.view, call.user(), issue, add);
}

function registerChanges(api: Api): void {
  api.post('/issue', (call) => {
    const issue = createIssue(call.view, call.user(), call.rawBody());
    applyUpdateExtras(call, issue);
    call.reply.status(201);
    return created(call, issue);
  });
  api.post('/issue/bulk', createMany);
  api.put('/issue/:issueIdOrKey', (call) => {
    const actor = call.user();
    const issue = editIssue(call.view, actor, requireIssue(call), call.rawBody());
    applyUpdateExtras(call, issue);
    if (!call.queryFlag('returnIssue', false)) return undefined;
    return issueView(call.view, issue, { fields: ['*all'], expand: call.expand() });
  });
  api.delete('/issue/:issueIdOrKey', (call) => {
    const actor = call.user();
    const issue = requireIssue(call);
    if (!actor.groups.includes(ADMINISTRATORS))
      throw new JiraError(403, ['You do not have permission to delete issues in this project.']);
    deleteIssue(call.site, actor, issue, call.queryFlag('deleteSubtasks', false));
  });
  api.put('/issue/:issueIdOrKey/assignee', (call) => {
    const actor = call.user();
    const issue = requireIssue(call);
    const errors: Record<string, string> = {};
    const body = call.rawBody();
    // both `{accountId: null}` and `{name: null}` take the assignee away
    const nobody = typeof body === 'object' && body !== null && Object.values(body).every((value) => value === null);
    const patch = readIssueFields(
      { assignee: nobody ? null : body },
      { view: call.view, project: projectOf(call.site, issue), userId: actor.id },
      errors,
    );
    if (Object.keys(errors).length > 0) throw new JiraError(400, [], errors);
    changeIssue(call.site, actor, issue, { assigneeId: patch.assigneeId ?? null }, 'issue_assigned');
  });
}

function registerTransitions(api: Api): void {
  api.get('/issue/:issueIdOrKey/transitions', (call) => {
    const wanted = call.query('transitionId');
    const all = transitionViews(call.view, requireIssue(call), call.expand().has('transitions.fields'));
    return { expand: 'transitions', transitions: wanted === undefined ? all : all.filter(({ id }) => id === wanted) };
  });
  api.post('/issue/:issueIdOrKey/transitions', (call) => {
    const actor = call.user();
    const { transition } = call.body(
      z.looseObject({ transition: z.looseObject({ id: z.union([z.string(), z.number()]) }).optional() }),
    );
    if (!transition) throw new JiraError(400, ["Missing 'transition' identifier"]);
    const issue = transitionIssue(call.view, actor, requireIssue(call), String(transition.id), call.rawBody());
    applyUpdateExtras(call, issue);
  });
}

const fetchInput = z.looseObject({
  issueIdsOrKeys: z.array(z.string()),
  fields: z.array(z.string()).default(['*navigable']),
  expand: z.array(z.string()).default([]),
  properties: z.array(z.string()).default([]),
});

function fetchMany(call: Call) {
  const { issueIdsOrKeys, fields, expand, properties } = call.body(fetchInput);
  if (issueIdsOrKeys.length > 100) throw new JiraError(400, ['A maximum of 100 issues can be requested.']);
  const found = issueIdsOrKeys.map((idOrKey) => (call.anonymous ? undefined : call.site.findIssue(idOrKey)));
  return {
    issues: found.flatMap((issue) =>
      issue ? [issueView(call.view, issue, { fields, expand: new Set(expand), properties })] : [],
    ),
    issueErrors: issueIdsOrKeys.flatMap((idOrKey, index) =>
      found[index] ? [] : [{ id: idOrKey, errorMessage: ISSUE_NOT_FOUND }],
    ),
  };
}

/** Issues: reading, making, changing, moving along the workflow, their history and links. */
export function registerIssues(api: Api): void {
  api.get('/issue/:issueIdOrKey', (call) =>
    issueView(call.view, requireIssue(call), {
      fields: call.queryList('fields'),
      expand: call.expand(),
      properties: call.queryList('properties'),
    }),
  );
  api.post('/issue/bulkfetch', fetchMany, { only: 'cloud' });
  registerChanges(api);
  registerTransitions(api);
  api.get('/issue/:issueIdOrKey/votes', (call) => {
    const issue = requireIssue(call);
    return { self: selfUrl(call.view, `/issue/${issue.key}/votes`), votes: 0, hasVoted: false, voters: [] };
  });
}
