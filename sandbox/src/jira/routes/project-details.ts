import type { Api } from '../api';
import { issueTypes, statuses } from '../site/defaults';
import { issueTypeView, statusView } from '../views/catalogue-views';
import { userView } from '../views/user-view';
import { requireProject } from './projects';

/** Statuses and hierarchy of a project. */
export function registerProjectDetails(api: Api): void {
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
