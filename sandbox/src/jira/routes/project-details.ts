import { z } from 'zod';
import type { Api, Call } from '../api';
import { pageOf } from '../api';
import { JiraError } from '../jira-error';
import { issueTypes, roles, statuses } from '../site/defaults';
import type { CategoryRow, ComponentRow, VersionRow } from '../site/rows';
import { isDay } from '../site/timestamps';
import { categoryView, componentView, issueTypeView, statusView, versionView } from '../views/catalogue-views';
import { userView } from '../views/user-view';
import { selfUrl } from '../views/view';
import { requireProject } from './projects';

const day = z.string().refine(isDay, 'must be yyyy-MM-dd').nullish();
const versionInput = z.looseObject({
  name: z.string().optional(),
  description: z.string().nullish(),
  project: z.string().optional(),
  projectId: z.union([z.number(), z.string()]).optional(),
  released: z.boolean().optional(),
  archived: z.boolean().optional(),
  startDate: day,
  releaseDate: day,
});

function checkVersionName(call: Call, projectId: string, name: string | undefined, exceptId?: string): string {
  if (name === undefined || name.trim() === '') throw JiraError.field('name', 'You must specify a valid version name');
  if (name.length > 255) throw JiraError.field('name', 'Version name must be 255 characters or less.');
  const taken = call.site.versions
    .where('project', projectId)
    .some((row) => row.id !== exceptId && row.name.toLowerCase() === name.toLowerCase());
  if (taken) throw JiraError.field('name', 'A version with this name already exists in this project.');
  return name;
}

function createVersion(call: Call) {
  const actor = call.user();
  const input = call.body(versionInput);
  const wanted = input.projectId ?? input.project;
  const project = wanted === undefined ? undefined : call.site.findProject(String(wanted));
  if (!project) throw new JiraError(400, [], { project: 'Project must be specified to create a version.' });
  const version = call.site.versions.put<VersionRow>({
    name: checkVersionName(call, project.id, input.name),
    id: call.site.nextId('version'),
    projectId: project.id,
    description: input.description ?? '',
    released: input.released ?? false,
    archived: input.archived ?? false,
    startDate: input.startDate ?? null,
    releaseDate: input.releaseDate ?? null,
  });
  call.site.emit({ on: call.site.now(), actorId: actor.id, kind: 'version', event: 'created', version });
  call.reply.status(201);
  return versionView(call.view, version);
}

function requireVersion(call: Call): VersionRow {
  const version = call.anonymous ? undefined : call.site.versions.get(call.path('id'));
  if (!version) throw JiraError.notFound(`Could not find version for id '${call.path('id')}'`);
  return version;
}

function editVersion(call: Call) {
  const actor = call.user();
  const version = requireVersion(call);
  const input = call.body(versionInput);
  if (input.name !== undefined) checkVersionName(call, version.projectId, input.name, version.id);
  const changed = call.site.versions.put<VersionRow>({
    ...version,
    name: input.name ?? version.name,
    description: input.description ?? version.description,
    released: input.released ?? version.released,
    archived: input.archived ?? version.archived,
    startDate: input.startDate === undefined ? version.startDate : input.startDate,
    releaseDate: input.releaseDate === undefined ? version.releaseDate : input.releaseDate,
  });
  const event = changed.released === version.released ? 'updated' : changed.released ? 'released' : 'unreleased';
  call.site.emit({ on: call.site.now(), actorId: actor.id, kind: 'version', event, version: changed });
  return versionView(call.view, changed);
}

function deleteVersion(call: Call): void {
  const actor = call.user();
  const version = requireVersion(call);
  call.site.together(() => {
    for (const issue of call.site.issues.where('project', version.projectId))
      if (issue.fixVersionIds.includes(version.id) || issue.versionIds.includes(version.id))
        call.site.issues.put({
          ...issue,
          fixVersionIds: issue.fixVersionIds.filter((id) => id !== version.id),
          versionIds: issue.versionIds.filter((id) => id !== version.id),
        });
    call.site.versions.delete(version.id);
    call.site.emit({ on: call.site.now(), actorId: actor.id, kind: 'version', event: 'deleted', version });
  });
}

function registerVersions(api: Api): void {
  api.post('/version', createVersion);
  api.get('/version/:id', (call) => versionView(call.view, requireVersion(call)));
  api.put('/version/:id', editVersion);
  api.delete('/version/:id', deleteVersion);
  api.post('/version/:id/removeAndSwap', deleteVersion);
  api.get('/project/:projectIdOrKey/versions', (call) =>
    call.site.versions.where('project', requireProject(call).id).map((version) => versionView(call.view, version)),
  );
  api.get('/project/:projectIdOrKey/version', (call) => {
    const project = requireProject(call);
    const query = call.query('query')?.toLowerCase() ?? '';
    const status = call.queryList('status');
    const rows = call.site.versions
      .where('project', project.id)
      .filter((version) => version.name.toLowerCase().includes(query))
      .filter(
        (version) =>
          status.length === 0 ||
          status.includes(version.archived ? 'archived' : version.released ? 'released' : 'unreleased'),
      );
    const shown = rows.map((version) => versionView(call.view, version));
    return pageOf(
      call,
      shown,
      call.queryNumber('startAt', 0),
      call.queryNumber('maxResults', 50),
      `/project/${project.key}/version`,
    );
  });
}

const componentInput = z.looseObject({
  name: z.string().optional(),
  description: z.string().nullish(),
  project: z.string().optional(),
  leadAccountId: z.string().optional(),
  leadUserName: z.string().optional(),
});

function registerComponents(api: Api): void {
  const find = (call: Call): ComponentRow => {
    const row = call.anonymous ? undefined : call.site.components.get(call.path('id'));
    if (!row) throw JiraError.notFound(`The component with id ${call.path('id')} does not exist.`);
    return row;
  };
  const lead = (call: Call, input: z.infer<typeof componentInput>) =>
    call.site.findUser(input.leadAccountId ?? input.leadUserName ?? '')?.id ?? null;
  api.post('/component', (call) => {
    call.user();
    const input = call.body(componentInput);
    const project = call.site.findProject(input.project ?? '');
    if (!project) throw JiraError.field('project', 'valid project is required');
    const name = input.name?.trim() ?? '';
    if (name === '')
      throw JiraError.field('name', 'The component name specified is invalid - cannot be an empty string.');
    if (call.site.components.where('project', project.id).some((row) => row.name.toLowerCase() === name.toLowerCase()))
      throw JiraError.field('name', `A component with the name ${name} already exists in this project.`);
    const row = call.site.components.put<ComponentRow>({
      id: call.site.nextId('component'),
      projectId: project.id,
      name,
      description: input.description ?? '',
      leadId: lead(call, input),
    });
    call.reply.status(201);
    return componentView(call.view, row);
  });
  api.get('/component/:id', (call) => componentView(call.view, find(call)));
  api.put('/component/:id', (call) => {
    call.user();
    const [row, input] = [find(call), call.body(componentInput)];
    return componentView(
      call.view,
      call.site.components.put<ComponentRow>({
        ...row,
        name: input.name ?? row.name,
        description: input.description ?? row.description,
        leadId: lead(call, input) ?? row.leadId,
      }),
    );
  });
  api.delete('/component/:id', (call) => {
    call.user();
    const row = find(call);
    for (const issue of call.site.issues.where('project', row.projectId))
      if (issue.componentIds.includes(row.id))
        call.site.issues.put({ ...issue, componentIds: issue.componentIds.filter((id) => id !== row.id) });
    call.site.components.delete(row.id);
  });
  api.get('/project/:projectIdOrKey/components', (call) =>
    call.site.components.where('project', requireProject(call).id).map((row) => componentView(call.view, row)),
  );
}

function registerCategories(api: Api): void {
  const input = z.looseObject({ name: z.string().optional(), description: z.string().optional() });
  const find = (call: Call): CategoryRow => {
    const row = call.anonymous ? undefined : call.site.categories.get(call.path('id'));
    if (!row) throw JiraError.notFound(`Cannot find category with id ${call.path('id')}`);
    return row;
  };
  api.get('/projectCategory', (call) =>
    call.anonymous ? [] : call.site.categories.all().map((row) => categoryView(call.view, row)),
  );
  api.get('/projectCategory/:id', (call) => categoryView(call.view, find(call)));
  api.post('/projectCategory', (call) => {
    call.admin();
    const { name = '', description = '' } = call.body(input);
    if (name.trim() === '') throw JiraError.field('name', 'The category name must not be empty.');
    if (call.site.categories.all().some((row) => row.name.toLowerCase() === name.toLowerCase()))
      throw new JiraError(409, [`The project category '${name}' already exists`]);
    call.reply.status(201);
    return categoryView(
      call.view,
      call.site.categories.put({ id: call.site.nextId('category', 10001), name, description }),
    );
  });
  api.put('/projectCategory/:id', (call) => {
    call.admin();
    return categoryView(call.view, call.site.categories.put({ ...find(call), ...call.body(input) }));
  });
  api.delete('/projectCategory/:id', (call) => {
    call.admin();
    const row = find(call);
    for (const project of call.site.projects.all())
      if (project.categoryId === row.id) call.site.projects.put({ ...project, categoryId: null });
    call.site.categories.delete(row.id);
  });
}

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

/** What belongs to a project: versions, components, roles, statuses, its category. */
export function registerProjectDetails(api: Api): void {
  registerVersions(api);
  registerComponents(api);
  registerCategories(api);
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
