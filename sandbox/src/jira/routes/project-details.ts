import type { Api } from '../api';
import { JiraError } from '../jira-error';
import { issueTypes, roles, statuses } from '../site/defaults';
import { issueTypeView, statusView } from '../views/catalogue-views';
import { userView } from '../views/user-view';
import { selfUrl } from '../views/view';
import { requireProject } from './projects';

function registerRoles(api: Api): void {
  api.get('/project/:projectIdOrKey/role', (call) => {
    const project = requireProject(call);
    return Object.fromEntries(
      roles.map((role) => [role.name, selfUrl(call.view, `/project/${project.id}/role/${role.id}`)]),
    );
  });
  api.get('/project/:projectIdOrKey/role/:id', (call) => {
    const project = requireProject(call);
    const role = roles.find(({ id }) => String(id) === call.path('id'));
    if (!role) throw JiraError.notFound(`Can not retrieve a role actor for a project role that does not exist.`);
    const lead = call.site.users.get(project.leadId);
    const actors = lead
      ? [
          {
            id: 10000 + Number(project.id),
            displayName: lead.displayName,
            type: 'atlassian-user-role-actor',
            actorUser: { accountId: lead.id },
            ...(call.edition === 'dc' ? { name: lead.name } : {}),
          },
        ]
      : [];
    return { self: selfUrl(call.view, `/project/${project.id}/role/${role.id}`), ...role, actors };
  });
}

/** Roles, statuses and hierarchy of a project. */
export function registerProjectDetails(api: Api): void {
  registerRoles(api);
  api.get('/project/:projectIdOrKey/statuses', (call) => {
    requireProject(call);
    return issueTypes.map((type) => {
      const { self, id, name, subtask } = issueTypeView(call.view, type);
      return { self, id, name, subtask, statuses: statuses.map((status) => statusView(call.view, status)) };
    });
  });
  api.get(
    '/project/:projectIdOrKey/hierarchy',
    (call) => ({
      projectId: Number(requireProject(call).id),
      hierarchy: [1, 0, -1].map((level) => ({
        level,
        name: level === 1 ? 'Epic' : level === 0 ? 'Story' : 'Subtask',
        issueTypes: issueTypes
          .filter((type) => type.level === level)
          .map((type) => ({ id: Number(type.id), name: type.name, avatarId: type.avatarId })),
      })),
    }),
    { only: 'cloud' },
  );
  api.get('/project/:projectIdOrKey/email', () => ({ emailAddress: 'jira@localhost' }), { only: 'cloud' });
  api.get(
    '/user/bulk/migration',
    (call) =>
      call.site.users
        .all()
        .map((user) => ({ username: user.name, accountId: user.id, user: userView(call.view, user.id) })),
    { only: 'cloud' },
  );
}
