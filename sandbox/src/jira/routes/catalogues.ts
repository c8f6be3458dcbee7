import type { Api, Call } from '../api';
import { pageOf } from '../api';
import { JiraError } from '../jira-error';
import {
  DEFAULT_PRIORITY,
  issueTypes,
  priorities,
  resolutions,
  roles,
  statusCategories,
  statuses,
} from '../site/defaults';
import { projectTypes } from '../site/project-templates';
import {
  issueTypeView,
  priorityDetailsView,
  resolutionView,
  statusCategoryView,
  statusView,
} from '../views/catalogue-views';
import { selfUrl } from '../views/view';
import { requireProject } from './projects';

const TYPE_NAMES = { software: 'Software', business: 'Business', service_desk: 'Service Desk' } as const;

/** Lists that describe the site: types, statuses, priorities, resolutions, roles. */
export function registerCatalogues(api: Api): void {
  const missing = (what: string, id: string) => JiraError.notFound(`The ${what} with id '${id}' does not exist`);
  api.get('/issuetype', (call) => issueTypes.map((type) => issueTypeView(call.view, type)));
  api.get('/issuetype/project', (call) => issueTypes.map((type) => issueTypeView(call.view, type)), { only: 'cloud' });
  api.get('/issuetype/:id', (call) => {
    const type = issueTypes.find(({ id }) => id === call.path('id'));
    if (!type) throw missing('issue type', call.path('id'));
    return issueTypeView(call.view, type);
  });
  api.get('/status', (call) => statuses.map((status) => statusView(call.view, status)));
  api.get('/status/:idOrName', (call) => {
    const wanted = call.path('idOrName').toLowerCase();
    const status = statuses.find(({ id, name }) => id === wanted || name.toLowerCase() === wanted);
    if (!status) throw missing('status', call.path('idOrName'));
    return statusView(call.view, status);
  });
  api.get(
    '/statuses/search',
    (call) => {
      call.user();
      const shown = statuses.map(({ id, name, description, categoryKey }) => ({
        id,
        name,
        description,
        statusCategory: { new: 'TODO', indeterminate: 'IN_PROGRESS', done: 'DONE' }[categoryKey],
        scope: { type: 'GLOBAL' },
      }));
      return pageOf(call, shown, call.queryNumber('startAt', 0), call.queryNumber('maxResults', 200));
    },
    { only: 'cloud' },
  );
  api.get('/statuscategory', (call) => statusCategories.map(({ key }) => statusCategoryView(call.view, key)));
  api.get('/statuscategory/:idOrKey', (call) => {
    const wanted = call.path('idOrKey');
    const category = statusCategories.find(({ id, key }) => String(id) === wanted || key === wanted);
    if (!category) throw missing('status category', wanted);
    return statusCategoryView(call.view, category.key);
  });
  api.get('/priority', (call) => priorities.map(({ id }) => priorityDetailsView(call.view, id)));
  api.get(
    '/priority/search',
    (call) => {
      const [ids, name] = [call.queryList('id'), call.query('priorityName')?.toLowerCase()];
      if (call.query('projectId') !== undefined) for (const id of call.queryList('projectId')) requireProject(call, id);
      // No entry is told to be the default here, whichever it is.
      const shown = priorities
        .filter((row) => (ids.length === 0 || ids.includes(row.id)) && (!name || row.name.toLowerCase().includes(name)))
        .filter((row) => !call.queryFlag('onlyDefault', false) || row.id === DEFAULT_PRIORITY)
        .map(({ id }) => ({ ...priorityDetailsView(call.view, id), isDefault: false }));
      return pageOf(call, shown, call.queryNumber('startAt', 0), call.queryNumber('maxResults', 50));
    },
    { only: 'cloud' },
  );
  api.get('/priority/:id', (call) => {
    if (!priorities.some(({ id }) => id === call.path('id'))) throw missing('priority', call.path('id'));
    return priorityDetailsView(call.view, call.path('id'));
  });
  api.get('/resolution', (call) => resolutions.map(({ id }) => resolutionView(call.view, id)));
  api.get(
    '/resolution/:id',
    (call) => resolutionView(call.view, call.path('id')) ?? Promise.reject(missing('resolution', call.path('id'))),
  );
  api.get(
    '/resolution/search',
    (call) => {
      const shown = resolutions.map(({ id }) => resolutionView(call.view, id));
      return pageOf(call, shown, call.queryNumber('startAt', 0), call.queryNumber('maxResults', 50));
    },
    { only: 'cloud' },
  );
  const roleView = (call: Call, role: (typeof roles)[number]) => ({
    self: selfUrl(call.view, `/role/${role.id}`),
    ...role,
  });
  api.get('/role', (call) => {
    call.admin();
    return roles.map((role) => roleView(call, role));
  });
  const typeView = (key: (typeof projectTypes)[number]) => ({
    key,
    formattedKey: TYPE_NAMES[key],
    descriptionI18nKey: `jira.project.type.${key}.description`,
    color: '#1558BC',
  });
  for (const path of ['/project/type', '/project/type/accessible'])
    api.get(path, () => projectTypes.map((key) => typeView(key)));
  for (const path of ['/project/type/:key', '/project/type/:key/accessible'])
    api.get(path, (call) => {
      const key = projectTypes.find((type) => type === call.path('key'));
      if (!key) throw JiraError.notFound(`Project type with key '${call.path('key')}' was not found.`);
      return typeView(key);
    });
}
