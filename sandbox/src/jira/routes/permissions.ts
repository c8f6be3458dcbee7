import { z } from 'zod';
import type { Api, Call } from '../api';
import { ISSUE_NOT_FOUND, JiraError } from '../jira-error';
import { ADMINISTRATORS } from '../site/defaults';
import type { ProjectRow, RoleActor, UserRow } from '../site/rows';
import { matchingOrAll, page } from './people';

/**
 * Permissions that Jira has built in: key, name, whether it is given per project, whether administrators alone hold it.
 * https://docs.atlassian.com/software/jira/docs/api/latest/com/atlassian/jira/permission/ProjectPermissions.html
 */
const permissions: readonly (readonly [key: string, name: string, type: 'PROJECT' | 'GLOBAL', adminOnly: boolean])[] = [
  ['BROWSE_PROJECTS', 'Browse Projects', 'PROJECT', false],
  ['CREATE_ISSUES', 'Create Issues', 'PROJECT', false],
  ['EDIT_ISSUES', 'Edit Issues', 'PROJECT', false],
  ['DELETE_ISSUES', 'Delete Issues', 'PROJECT', true],
  ['ASSIGN_ISSUES', 'Assign Issues', 'PROJECT', false],
  ['ASSIGNABLE_USER', 'Assignable User', 'PROJECT', false],
  ['CLOSE_ISSUES', 'Close Issues', 'PROJECT', false],
  ['RESOLVE_ISSUES', 'Resolve Issues', 'PROJECT', false],
  ['MOVE_ISSUES', 'Move Issues', 'PROJECT', false],
  ['TRANSITION_ISSUES', 'Transition Issues', 'PROJECT', false],
  ['SCHEDULE_ISSUES', 'Schedule Issues', 'PROJECT', false],
  ['MODIFY_REPORTER', 'Modify Reporter', 'PROJECT', true],
  ['SET_ISSUE_SECURITY', 'Set Issue Security', 'PROJECT', true],
  ['LINK_ISSUES', 'Link Issues', 'PROJECT', false],
  ['ARCHIVE_ISSUES', 'Archive Issues', 'PROJECT', true],
  ['UNARCHIVE_ISSUES', 'Unarchive Issues', 'PROJECT', true],
  ['ADD_COMMENTS', 'Add Comments', 'PROJECT', false],
  ['EDIT_ALL_COMMENTS', 'Edit All Comments', 'PROJECT', true],
  ['EDIT_OWN_COMMENTS', 'Edit Own Comments', 'PROJECT', false],
  ['DELETE_ALL_COMMENTS', 'Delete All Comments', 'PROJECT', true],
  ['DELETE_OWN_COMMENTS', 'Delete Own Comments', 'PROJECT', false],
  ['CREATE_ATTACHMENTS', 'Create Attachments', 'PROJECT', false],
  ['DELETE_ALL_ATTACHMENTS', 'Delete All Attachments', 'PROJECT', true],
  ['DELETE_OWN_ATTACHMENTS', 'Delete Own Attachments', 'PROJECT', false],
  ['WORK_ON_ISSUES', 'Work On Issues', 'PROJECT', false],
  ['EDIT_OWN_WORKLOGS', 'Edit Own Worklogs', 'PROJECT', false],
  ['EDIT_ALL_WORKLOGS', 'Edit All Worklogs', 'PROJECT', true],
  ['DELETE_OWN_WORKLOGS', 'Delete Own Worklogs', 'PROJECT', false],
  ['DELETE_ALL_WORKLOGS', 'Delete All Worklogs', 'PROJECT', true],
  ['VIEW_VOTERS_AND_WATCHERS', 'View Voters and Watchers', 'PROJECT', false],
  ['MANAGE_WATCHERS', 'Manage Watchers', 'PROJECT', true],
  ['VIEW_DEV_TOOLS', 'View Development Tools', 'PROJECT', false],
  ['VIEW_READONLY_WORKFLOW', 'View Read-Only Workflow', 'PROJECT', false],
  ['VIEW_AGGREGATED_DATA', 'View aggregated data', 'PROJECT', false],
  ['MANAGE_SPRINTS_PERMISSION', 'Manage sprints', 'PROJECT', true],
  ['ADMINISTER_PROJECTS', 'Administer Projects', 'PROJECT', true],
  ['ADMINISTER', 'Administer Jira', 'GLOBAL', true],
  ['SYSTEM_ADMIN', 'Jira System Administrators', 'GLOBAL', true],
  ['CREATE_PROJECT', 'Create team-managed projects', 'GLOBAL', true],
  ['USER_PICKER', 'Browse users and groups', 'GLOBAL', false],
  ['BULK_CHANGE', 'Make bulk changes', 'GLOBAL', false],
  ['CREATE_SHARED_OBJECTS', 'Share dashboards and filters', 'GLOBAL', false],
  ['MANAGE_GROUP_FILTER_SUBSCRIPTIONS', 'Manage group filter subscriptions', 'GLOBAL', true],
];

/** Id of the project role Administrators. */
const administratorsRole = 10002;

function describe([key, name, type]: (typeof permissions)[number], index: number) {
  return { id: String(index + 10), key, name, type, description: `${name}.` };
}

function holds(user: UserRow | null, [, , , adminOnly]: (typeof permissions)[number]): boolean {
  return user !== null && (!adminOnly || user.groups.includes(ADMINISTRATORS));
}

/** Rights that go with logging work. */
const ofWork: ReadonlySet<string> = new Set(['WORK_ON_ISSUES', 'EDIT_OWN_WORKLOGS', 'DELETE_OWN_WORKLOGS']);

/** Whether somebody holds a permission in one of these projects; of none, in general. */
function holdsIn(
  { site }: Call,
  user: UserRow | null,
  row: (typeof permissions)[number],
  projects: readonly ProjectRow[],
): boolean {
  if (!holds(user, row)) return false;
  if (row[2] === 'GLOBAL' || projects.length === 0) return true;
  const wish = ofWork.has(row[0]) ? 'work' : 'browse';
  return projects.some(({ id }) => site.may(user, wish, id));
}

const liveProjects = ({ site }: Call): ProjectRow[] =>
  site.projects.all().filter(({ deletedOn, archivedOn }) => deletedOn === null && archivedOn === null);

function mine(call: Call) {
  // Data Center tells of all of them, always
  const wanted = call.edition === 'dc' ? [] : call.queryList('permissions');
  if (call.edition === 'cloud' && wanted.length === 0)
    throw new JiraError(400, ["The 'permissions' query parameter is required."]);
  const unknown = wanted.filter((key) => !permissions.some(([known]) => known === key));
  if (unknown.length > 0) throw new JiraError(400, [`Unrecognized permission: ${unknown.join(', ')}`]);
  const projectKey = call.query('projectKey') ?? call.query('projectId');
  const named = projectKey === undefined ? undefined : call.site.findProject(projectKey);
  if (projectKey !== undefined && !named)
    throw JiraError.notFound(`No project could be found with key '${projectKey}'.`);
  const issueKey = call.query('issueKey') ?? call.query('issueId');
  const issue = issueKey === undefined ? undefined : call.site.findIssue(issueKey);
  if (issueKey !== undefined && !issue) throw JiraError.notFound(ISSUE_NOT_FOUND);
  const user = call.caller.user;
  const project = named ?? (issue && call.site.projects.get(issue.projectId));
  const projects = project ? [project] : liveProjects(call);
  const rows = permissions
    .map((row, index) => ({ row, index }))
    .filter(({ row: [key] }) => wanted.length === 0 || wanted.includes(key));
  return {
    permissions: Object.fromEntries(
      rows.map(({ row, index }) => [
        row[0],
        { ...describe(row, index), havePermission: holdsIn(call, user, row, projects) },
      ]),
    ),
  };
}

const numbers = z.array(z.number()).default([]);
const checkInput = z.looseObject({
  accountId: z.string().optional(),
  globalPermissions: z.array(z.string()).default([]),
  projectPermissions: z
    .array(z.looseObject({ permissions: z.array(z.string()), projects: numbers, issues: numbers }))
    .default([]),
});

/** Which of the permissions asked for somebody holds, and on which of the projects and issues named. */
function check(call: Call) {
  const input = call.body(checkInput);
  const caller = call.admin();
  const user = input.accountId === undefined ? caller : (call.site.users.get(input.accountId) ?? null);
  const held = (key: string, type: 'PROJECT' | 'GLOBAL') => {
    const row = permissions.find(([known, , kind]) => known === key && kind === type);
    if (!row) throw new JiraError(400, [`Unrecognized permission: ${key}`]);
    return holds(user, row);
  };
  return {
    globalPermissions: input.globalPermissions.filter((key) => held(key, 'GLOBAL')),
    projectPermissions: input.projectPermissions.flatMap((wish) =>
      wish.permissions
        .filter((permission) => held(permission, 'PROJECT'))
        .map((permission) => ({
          permission,
          projects: wish.projects.filter((id) => call.site.findProject(String(id))),
          issues: wish.issues.filter((id) => call.site.findIssue(String(id))),
        })),
    ),
  };
}

/** Projects in which the caller holds all of the permissions. */
function permitted(call: Call) {
  const { permissions: wanted } = call.body(z.looseObject({ permissions: z.array(z.string()).min(1) }));
  const rows = wanted.map((key) => {
    const row = permissions.find(([known, , type]) => known === key && type === 'PROJECT');
    if (!row) throw new JiraError(400, [`Unrecognized permission: ${key}`]);
    return row;
  });
  const projects = liveProjects(call).filter((project) =>
    rows.every((row) => holdsIn(call, call.caller.user, row, [project])),
  );
  return { projects: projects.map(({ id, key }) => ({ id: Number(id), key })) };
}

/** Whoever leads a project or has its role Administrators may administer it, as the default permission scheme says. */
function administers(user: UserRow, project: ProjectRow): boolean {
  const inRole = ({ roleId, kind, subject }: RoleActor): boolean =>
    roleId === administratorsRole && (kind === 'user' ? subject === user.id : user.groups.includes(subject));
  return project.leadId === user.id || (project.roleActors ?? []).some(inRole);
}

/**
 * People who match a search and hold all of the permissions. The caller administers Jira, or the project that is named.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-user-search/#api-rest-api-3-user-permission-search-get
 */
function holders(call: Call) {
  const caller = call.user();
  const keys = call.queryList('permissions');
  if (keys.length === 0) throw new JiraError(400, ["The 'permissions' query parameter is required."]);
  const wanted = keys.map((key) => {
    const row = permissions.find(([known]) => known === key);
    if (!row) throw new JiraError(400, [`Unrecognized permission: ${key}`]);
    return row;
  });
  const projectKey = call.query('projectKey');
  const project = projectKey === undefined ? undefined : call.site.findProject(projectKey);
  if (projectKey !== undefined && !project)
    throw JiraError.notFound(`No project could be found with key '${projectKey}'.`);
  if (!caller.groups.includes(ADMINISTRATORS) && !(project && administers(caller, project)))
    throw new JiraError(403, ['You do not have permission to search for users by their permissions.']);
  const has = (user: UserRow, row: (typeof permissions)[number]): boolean =>
    holds(user, row) || (row[0] === 'ADMINISTER_PROJECTS' && project !== undefined && administers(user, project));
  return page(
    call,
    matchingOrAll(call).filter((user) => wanted.every((row) => has(user, row))),
  );
}

export function registerPermissions(api: Api): void {
  api.get('/user/permission/search', holders);
  api.get('/mypermissions', mine);
  api.post('/permissions/check', check, { only: 'cloud' });
  api.post('/permissions/project', permitted, { only: 'cloud' });
  api.get('/permissions', (call) => {
    call.admin();
    return { permissions: Object.fromEntries(permissions.map((row, index) => [row[0], describe(row, index)])) };
  });
}
