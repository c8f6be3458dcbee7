import { z } from 'zod';
import type { Api, Call } from '../api';
import { pageOf } from '../api';
import { JiraError } from '../jira-error';
import type { VersionRow } from '../site/rows';
import { isDay } from '../site/timestamps';
import { versionView } from '../views/catalogue-views';
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

/** Versions of a project: the integration shows them as milestones. */
export function registerVersions(api: Api): void {
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
    return pageOf(call, shown, call.queryNumber('startAt', 0), call.queryNumber('maxResults', 50));
  });
}
