import type { Api, Call } from '../api';
import { JiraError } from '../jira-error';
import { ADMINISTRATORS } from '../site/defaults';
import type { PropertyRow, UserRow } from '../site/rows';
import { selfUrl } from '../views/view';
import { requireIssue } from './require-issue';
import { requireProject } from './projects';
import { requireWorklog } from './worklogs';

/** characters, both limits as Jira has them */
const MAX_KEY = 255;
const MAX_VALUE = 32_768;

interface Owner {
  /** who may write; everybody who is signed in, when left out */
  readonly mayWrite?: (user: UserRow) => boolean;
  readonly owner: PropertyRow['owner'];
  readonly path: string;
  readonly onChange?: (key: string, event: 'set' | 'deleted') => void;
}

/** @throws JiraError 401, 404, or 403 for people who may only read */
function findToWrite(call: Call, find: (call: Call) => Owner): Owner {
  const user = call.user();
  const found = find(call);
  if (found.mayWrite?.(user) === false)
    throw new JiraError(403, ['You do not have permission to administer this project.']);
  return found;
}

function registerFor(api: Api, path: string, find: (call: Call) => Owner): void {
  const missing = (key: string) => JiraError.notFound(`The property with key '${key}' does not exist.`);
  api.get(`${path}/properties`, (call) => {
    const { owner, path: ownerPath } = find(call);
    const keys = call.site.properties
      .where('owner', owner)
      .map(({ key }) => ({ self: selfUrl(call.view, `${ownerPath}/properties/${encodeURIComponent(key)}`), key }));
    return { keys };
  });
  api.get(`${path}/properties/:propertyKey`, (call) => {
    const key = call.path('propertyKey');
    const row = call.site.property(find(call).owner, key);
    if (!row) throw missing(key);
    return { key, value: row.value };
  });
  api.put(`${path}/properties/:propertyKey`, (call) => {
    const key = call.path('propertyKey');
    const { owner, onChange } = findToWrite(call, find);
    const value = call.rawBody();
    if (key.length > MAX_KEY) throw new JiraError(400, [`The property key '${key}' is too long.`]);
    if (value === undefined || value === null) throw new JiraError(400, ['The property value is not a valid JSON.']);
    if (JSON.stringify(value).length > MAX_VALUE)
      throw new JiraError(400, [`The property value cannot be longer than ${MAX_VALUE} characters.`]);
    const isNew = call.site.property(owner, key) === undefined;
    call.site.setProperty(owner, key, value);
    onChange?.(key, 'set');
    void call.reply.status(isNew ? 201 : 200).send();
  });
  api.delete(`${path}/properties/:propertyKey`, (call) => {
    const key = call.path('propertyKey');
    const { owner, onChange } = findToWrite(call, find);
    const row = call.site.property(owner, key);
    if (!row) throw missing(key);
    call.site.properties.delete(row.id);
    onChange?.(key, 'deleted');
  });
}

/** Entity properties of projects, issues, worklogs, comments and people. */
export function registerProperties(api: Api): void {
  registerFor(api, '/project/:projectIdOrKey', (call) => {
    const project = requireProject(call);
    return {
      owner: `project/${project.id}`,
      path: `/project/${project.key}`,
      mayWrite: (user) => user.id === project.leadId || user.groups.includes(ADMINISTRATORS),
    };
  });
  registerFor(api, '/issue/:issueIdOrKey', (call) => {
    const issue = requireIssue(call);
    const { site } = call;
    return {
      owner: `issue/${issue.id}`,
      path: `/issue/${issue.key}`,
      onChange: (key, event) =>
        site.emit({ on: site.now(), actorId: call.user().id, kind: 'issue-property', event, issue, key }),
    };
  });
  registerFor(api, '/issue/:issueIdOrKey/worklog/:worklogId', (call) => {
    const { issue, worklog } = requireWorklog(call);
    const { site } = call;
    return {
      owner: `worklog/${worklog.id}`,
      path: `/issue/${issue.key}/worklog/${worklog.id}`,
      // a worklog whose properties change counts as updated, for the feed and for the webhooks
      onChange: () => {
        const changed = site.worklogs.put({ ...worklog, updatedOn: site.now() });
        site.emit({ on: site.now(), actorId: call.user().id, kind: 'worklog', event: 'updated', worklog: changed });
      },
    };
  });
  registerFor(api, '/comment/:commentId', (call) => {
    const comment = call.anonymous ? undefined : call.site.comments.get(call.path('commentId'));
    if (!comment) throw JiraError.notFound('The comment does not exist.');
    return { owner: `comment/${comment.id}`, path: `/comment/${comment.id}` };
  });
  registerFor(api, '/user', (call) => {
    const named = call.query('accountId') ?? call.query('username') ?? call.query('userKey');
    const user = named === undefined ? call.user() : call.site.findUser(named);
    if (!user) throw JiraError.notFound('The user does not exist.');
    return { owner: `user/${user.id}`, path: '/user' };
  });
}
