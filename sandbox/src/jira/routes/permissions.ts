import type { Api, Call } from '../api';
import { JiraError } from '../jira-error';
import { ADMINISTRATORS } from '../site/defaults';

/** Permissions of the site: key, name, whether it is given per project, whether administrators alone hold it. */
const permissions: readonly (readonly [key: string, name: string, type: 'PROJECT' | 'GLOBAL', adminOnly: boolean])[] = [
  ['BROWSE_PROJECTS', 'Browse Projects', 'PROJECT', false],
  ['CREATE_ISSUES', 'Create Issues', 'PROJECT', false],
  ['EDIT_ISSUES', 'Edit Issues', 'PROJECT', false],
  ['DELETE_ISSUES', 'Delete Issues', 'PROJECT', true],
  ['ASSIGN_ISSUES', 'Assign Issues', 'PROJECT', false],
  ['ASSIGNABLE_USER', 'Assignable User', 'PROJECT', false],
  ['TRANSITION_ISSUES', 'Transition Issues', 'PROJECT', false],
  ['SCHEDULE_ISSUES', 'Schedule Issues', 'PROJECT', false],
  ['MODIFY_REPORTER', 'Modify Reporter', 'PROJECT', true],
  ['ADD_COMMENTS', 'Add Comments', 'PROJECT', false],
  ['EDIT_ALL_COMMENTS', 'Edit All Comments', 'PROJECT', true],
  ['EDIT_OWN_COMMENTS', 'Edit Own Comments', 'PROJECT', false],
  ['DELETE_ALL_COMMENTS', 'Delete All Comments', 'PROJECT', true],
  ['WORK_ON_ISSUES', 'Work On Issues', 'PROJECT', false],
  ['EDIT_OWN_WORKLOGS', 'Edit Own Worklogs', 'PROJECT', false],
  ['EDIT_ALL_WORKLOGS', 'Edit All Worklogs', 'PROJECT', true],
  ['DELETE_OWN_WORKLOGS', 'Delete Own Worklogs', 'PROJECT', false],
  ['DELETE_ALL_WORKLOGS', 'Delete All Worklogs', 'PROJECT', true],
  ['ADMINISTER_PROJECTS', 'Administer Projects', 'PROJECT', true],
  ['LINK_ISSUES', 'Link Issues', 'PROJECT', false],
  ['ADMINISTER', 'Administer Jira', 'GLOBAL', true],
  ['SYSTEM_ADMIN', 'Jira System Administrators', 'GLOBAL', true],
  ['USER_PICKER', 'Browse users and groups', 'GLOBAL', false],
  ['BULK_CHANGE', 'Make bulk changes', 'GLOBAL', false],
  ['CREATE_SHARED_OBJECTS', 'Share dashboards and filters', 'GLOBAL', false],
];

function describe([key, name, type]: (typeof permissions)[number], index: number) {
  return { id: String(index + 10), key, name, type, description: `${name}.` };
}

function mine(call: Call) {
  const wanted = call.queryList('permissions');
  if (call.edition === 'cloud' && wanted.length === 0)
    throw new JiraError(400, ["The 'permissions' query parameter is required."]);
  const unknown = wanted.filter((key) => !permissions.some(([known]) => known === key));
  if (unknown.length > 0) throw new JiraError(400, [`Unrecognized permission: ${unknown.join(', ')}`]);
  const projectKey = call.query('projectKey') ?? call.query('projectId');
  if (projectKey !== undefined && !call.site.findProject(projectKey))
    throw JiraError.notFound(`No project could be found with key '${projectKey}'.`);
  const user = call.caller.user;
  const isAdmin = user?.groups.includes(ADMINISTRATORS) ?? false;
  const rows = permissions
    .map((row, index) => ({ row, index }))
    .filter(({ row: [key] }) => wanted.length === 0 || wanted.includes(key));
  return {
    permissions: Object.fromEntries(
      rows.map(({ row, index }) => [
        row[0],
        { ...describe(row, index), havePermission: user !== null && (isAdmin || !row[3]) },
      ]),
    ),
  };
}

export function registerPermissions(api: Api): void {
  api.get('/mypermissions', mine);
  api.get('/permissions', (call) => {
    call.admin();
    return { permissions: Object.fromEntries(permissions.map((row, index) => [row[0], describe(row, index)])) };
  });
}
