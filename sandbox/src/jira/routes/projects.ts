import type { Api, Call } from '../api';
import { pageOf } from '../api';
import { JiraError } from '../jira-error';
import { freeKey, freeName, keyProblem, nameProblem } from '../operations/check-project';
import {
  archiveProject,
  createProject,
  deleteProject,
  editProject,
  projectInput,
  restoreProject,
  trashProject,
} from '../operations/projects';
import type { ProjectRow } from '../site/rows';
import { projectListView, projectView } from '../views/project-view';
import { selfUrl } from '../views/view';

/** Header that switches one request to contract-keys mode. */
const CONTRACT_KEYS_HEADER = 'x-sandbox-contract-keys';

export function takesContractKeys(call: Call): boolean {
  return call.site.options.contractKeys || call.header(CONTRACT_KEYS_HEADER) === 'true';
}

/** @throws JiraError 404, also for people who may not see it */
export function requireProject(call: Call, idOrKey = call.path('projectIdOrKey')): ProjectRow {
  const project = call.anonymous ? undefined : call.site.findProject(idOrKey);
  if (project && call.site.may(call.caller.user, 'browse', project.id)) return project;
  const by = /^\d+$/.test(idOrKey) ? 'id' : 'key';
  throw JiraError.notFound(`No project could be found with ${by} '${idOrKey}'.`);
}

function visible(call: Call): ProjectRow[] {
  return call.site.projects.all().filter(({ id }) => call.site.may(call.caller.user, 'browse', id));
}

const byKey = (left: ProjectRow, right: ProjectRow) => (left.key < right.key ? -1 : 1);

function sorter(order: string): (left: ProjectRow, right: ProjectRow) => number {
  const down = order.startsWith('-') ? -1 : 1;
  const field = order.replace(/^[+-]/, '');
  if (
    !['key', 'name', 'category', 'owner', 'issueCount', 'lastIssueUpdatedTime', 'archivedDate', 'deletedDate'].includes(
      field,
    )
  )
    throw new JiraError(400, [`The value '${order}' is not a valid order.`]);
  return (left, right) =>
    field === 'name'
      ? down * left.name.localeCompare(right.name)
      : field === 'key'
        ? down * byKey(left, right)
        : down * byKey(left, right);
}

function searchProjects(call: Call) {
  const statuses = call.queryList('status');
  const wanted = statuses.length > 0 ? statuses : ['live'];
  const [ids, keys, types] = [call.queryList('id'), call.queryList('keys'), call.queryList('typeKey')];
  const query = call.query('query')?.toLowerCase();
  const category = call.query('categoryId');
  const propertyQuery = /^\[([^\]]+)\](?:\.([\w.]+))?\s*=\s*"?([^"]*)"?$/.exec(call.query('propertyQuery') ?? '');
  const projects = visible(call)
    .filter((project) => wanted.includes(project.deletedOn ? 'deleted' : project.archivedOn ? 'archived' : 'live'))
    .filter((project) => ids.length === 0 || ids.includes(project.id))
    .filter((project) => keys.length === 0 || keys.some((key) => key.toUpperCase() === project.key))
    .filter((project) => types.length === 0 || types.includes(project.typeKey))
    .filter((project) => category === undefined || project.categoryId === category)
    .filter((project) => query === undefined || `${project.key} ${project.name}`.toLowerCase().includes(query))
    .filter((project) => !propertyQuery || matchesProperty(call, project, propertyQuery))
    .sort(sorter(call.query('orderBy') ?? 'key'));
  const properties = call.queryList('properties');
  const shown = projects.map((project) => ({
    ...projectListView(call.view, project, call.expand()),
    ...(properties.length > 0 ? { properties: chosenProperties(call, project, properties) } : {}),
  }));
  const max = call.queryNumber('maxResults', 50);
  return pageOf(call, shown, call.queryNumber('startAt', 0), Math.max(1, Math.min(max, 100)));
}

function matchesProperty(
  call: Call,
  project: ProjectRow,
  [, key = '', path = '', wanted = '']: RegExpExecArray,
): boolean {
  let value: unknown = call.site.property(`project/${project.id}`, key)?.value;
  // JSON of the caller: walked by name, anything missing ends as undefined
  for (const part of path.split('.').filter(Boolean))
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[part] : undefined;
  return value !== undefined && String(value) === wanted;
}

function chosenProperties(call: Call, project: ProjectRow, keys: readonly string[]) {
  const rows = call.site.properties.where('owner', `project/${project.id}`);
  return Object.fromEntries(
    rows.filter(({ key }) => keys.includes('*all') || keys.includes(key)).map(({ key, value }) => [key, value]),
  );
}

function registerChanges(api: Api): void {
  api.post('/project', (call) => {
    const actor = call.admin();
    const contractKeys = takesContractKeys(call);
    const project = createProject(call.site, call.edition, actor, call.body(projectInput), contractKeys);
    call.reply.status(201);
    return {
      self: selfUrl(call.view, `/project/${project.id}`),
      // a number here, text when read; the contract of the budget module (E1) writes text
      id: contractKeys ? project.id : Number(project.id),
      key: project.key,
    };
  });
  api.put('/project/:projectIdOrKey', (call) => {
    const actor = call.admin();
    const changed = editProject(call.site, call.edition, actor, requireProject(call), call.body(projectInput));
    return projectView(call.view, changed, call.expand());
  });
  api.delete('/project/:projectIdOrKey', (call) => {
    const actor = call.admin();
    const idOrKey = call.path('projectIdOrKey');
    // what lies in Cloud's recycle bin can still be deleted for good
    const trashed = call.site.findProjectOrTrashed(idOrKey);
    const undo = call.edition === 'cloud' && call.queryFlag('enableUndo', true);
    if (trashed?.deletedOn && !undo) deleteProject(call.site, actor, trashed);
    else if (undo) trashProject(call.site, actor, requireProject(call));
    else deleteProject(call.site, actor, requireProject(call));
  });
  const archive = (call: Call) => archiveProject(call.site, call.admin(), requireProject(call));
  api.post('/project/:projectIdOrKey/archive', archive, { only: 'cloud' });
  api.put('/project/:projectIdOrKey/archive', archive, { only: 'dc' });
  api.post(
    '/project/:projectIdOrKey/restore',
    (call) => {
      const actor = call.admin();
      const project = call.site.findProjectOrTrashed(call.path('projectIdOrKey')) ?? requireProject(call);
      return projectView(call.view, restoreProject(call.site, actor, project), call.expand());
    },
    { only: 'cloud' },
  );
  api.put(
    '/project/:projectIdOrKey/restore',
    (call) => {
      restoreProject(call.site, call.admin(), requireProject(call));
      call.reply.status(202);
    },
    { only: 'dc' },
  );
}

/** A JSON answer that is one text; Fastify would send it bare. */
function jsonText(call: Call, text: string): string {
  call.reply.type('application/json; charset=utf-8');
  return JSON.stringify(text);
}

function registerValidation(api: Api): void {
  api.get('/projectvalidate/key', (call) => {
    const problem = keyProblem(call.site, call.edition, call.query('key') ?? '', takesContractKeys(call));
    return { errorMessages: [], errors: problem ? { projectKey: problem } : {} };
  });
  api.get(
    '/projectvalidate/validProjectKey',
    (call) => jsonText(call, freeKey(call.site, call.edition, call.query('key') ?? '')),
    { only: 'cloud' },
  );
  api.get(
    '/projectvalidate/validProjectName',
    (call) => {
      const name = call.query('name') ?? '';
      const problem = nameProblem(call.site, name);
      if (problem && !/already exists/.test(problem)) throw JiraError.field('projectName', problem);
      return jsonText(call, freeName(call.site, name));
    },
    { only: 'cloud' },
  );
}

/** Projects: reading, making, changing, archiving, deleting, and the checks before. */
export function registerProjects(api: Api): void {
  api.get('/project', (call) =>
    visible(call)
      .filter((project) => !project.deletedOn && (!project.archivedOn || call.queryFlag('includeArchived', false)))
      .sort(byKey)
      .map((project) => projectListView(call.view, project, call.expand())),
  );
  api.get('/project/search', searchProjects, { only: 'cloud' });
  api.get(
    '/project/recent',
    (call) =>
      visible(call)
        .slice(-20)
        .map((project) => projectListView(call.view, project, call.expand())),
    { only: 'cloud' },
  );
  api.get('/project/:projectIdOrKey', (call) => {
    const project = requireProject(call);
    const properties = call.queryList('properties');
    return {
      ...projectView(call.view, project, call.expand()),
      ...(properties.length > 0 ? { properties: chosenProperties(call, project, properties) } : {}),
    };
  });
  registerChanges(api);
  registerValidation(api);
}
