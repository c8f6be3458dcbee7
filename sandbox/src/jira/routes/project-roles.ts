import { z } from 'zod';
import type { Api, Call } from '../api';
import { JiraError } from '../jira-error';
import { ADMINISTRATORS, roles } from '../site/defaults';
import { GROUPS, groupId } from '../site/groups';
import type { ProjectRow, RoleActor } from '../site/rows';
import { avatarUrls, selfUrl } from '../views/view';
import { requireProject } from './projects';

type Role = (typeof roles)[number];

function requireRole(call: Call): Role {
  const role = roles.find(({ id }) => String(id) === call.path('id'));
  if (!role) throw JiraError.notFound('Can not retrieve a role actor for a project role that does not exist.');
  return role;
}

function actorView(call: Call, actor: RoleActor) {
  if (actor.kind === 'group') {
    const group = { name: actor.subject, displayName: actor.subject };
    return {
      id: actor.id,
      displayName: actor.subject,
      type: 'atlassian-group-role-actor',
      name: actor.subject,
      ...(call.edition === 'cloud' ? { actorGroup: { ...group, groupId: groupId(actor.subject) } } : {}),
    };
  }
  const user = call.site.users.get(actor.subject);
  return {
    id: actor.id,
    displayName: user?.displayName,
    type: 'atlassian-user-role-actor',
    ...(call.edition === 'cloud' ? { actorUser: { accountId: actor.subject } } : { name: user?.name }),
    avatarUrl: avatarUrls(call.view, '/secure/useravatar', actor.subject)['16x16'],
  };
}

/** The lead of a new project administers it. */
function actorsOf(project: ProjectRow): readonly RoleActor[] {
  const lead = { id: 10000 + Number(project.id), roleId: 10002, kind: 'user', subject: project.leadId } as const;
  return project.roleActors ?? [lead];
}

function roleWithActors(call: Call, project: ProjectRow, role: Role) {
  return {
    self: selfUrl(call.view, `/project/${project.id}/role/${role.id}`),
    ...role,
    actors: actorsOf(project)
      .filter(({ roleId }) => roleId === role.id)
      .map((actor) => actorView(call, actor)),
  };
}

function administered(call: Call): ProjectRow {
  const user = call.user();
  const project = requireProject(call);
  if (user.id === project.leadId || user.groups.includes(ADMINISTRATORS)) return project;
  throw new JiraError(401, ['You do not have permission to administer this project.']);
}

type Subject = Pick<RoleActor, 'kind' | 'subject'>;

/** @throws JiraError 404 for people and groups that are not there */
function subjects(call: Call, users: readonly string[], groups: readonly string[]): Subject[] {
  const absent = (name: string) =>
    JiraError.notFound(
      `We can't find '${name}' in any accessible user directory. Check they're active and available, and try again.`,
    );
  return [
    ...users.map((name): Subject => {
      const user = call.edition === 'cloud' ? call.site.users.get(name) : call.site.findUser(name);
      if (!user?.active) throw absent(name);
      return { kind: 'user', subject: user.id };
    }),
    ...groups.map((wanted): Subject => {
      const name = GROUPS.find((group) => group === wanted || groupId(group) === wanted);
      if (!name) throw absent(wanted);
      return { kind: 'group', subject: name };
    }),
  ];
}

const same = (actor: RoleActor, role: Role, { kind, subject }: Subject) =>
  actor.roleId === role.id && actor.kind === kind && actor.subject === subject;

function store(call: Call, project: ProjectRow, kept: readonly RoleActor[], role: Role, added: readonly Subject[]) {
  const actors = added.map((subject) => ({
    id: Number(call.site.nextId('role-actor', 20000)),
    roleId: role.id,
    ...subject,
  }));
  return call.site.projects.put<ProjectRow>({ ...project, roleActors: [...kept, ...actors] });
}

const names = z.array(z.string()).default([]);
const addInput = z.looseObject({ user: names, group: names, groupId: names });
const setInput = z.looseObject({ categorisedActors: z.record(z.string(), names).default({}) });

function addActors(call: Call) {
  const [project, role, input] = [administered(call), requireRole(call), call.body(addInput)];
  const wanted = subjects(call, input.user, [...input.group, ...input.groupId]);
  if (wanted.length === 0) throw new JiraError(400, ['No actors were given to be added to the project role.']);
  const old = actorsOf(project);
  const twice = wanted.find((subject) => old.some((actor) => same(actor, role, subject)));
  if (twice) {
    const name = call.site.users.get(twice.subject)?.displayName ?? twice.subject;
    throw new JiraError(400, [`'${name}' is already a member of the project role.`]);
  }
  return roleWithActors(call, store(call, project, old, role, wanted), role);
}

function setActors(call: Call) {
  const [project, role] = [administered(call), requireRole(call)];
  const { categorisedActors: by } = call.body(setInput);
  const groups = [...(by['atlassian-group-role-actor'] ?? []), ...(by['atlassian-group-role-actor-id'] ?? [])];
  const wanted = subjects(call, by['atlassian-user-role-actor'] ?? [], groups);
  const others = actorsOf(project).filter(({ roleId }) => roleId !== role.id);
  return roleWithActors(call, store(call, project, others, role, wanted), role);
}

function removeActor(call: Call): void {
  const [project, role] = [administered(call), requireRole(call)];
  const group = call.query('group') ?? call.query('groupId');
  const gone = subjects(call, call.queryList('user'), group === undefined ? [] : [group]);
  if (gone.length === 0) throw new JiraError(400, ['A user or a group must be given.']);
  const left = actorsOf(project).filter((actor) => !gone.some((subject) => same(actor, role, subject)));
  store(call, project, left, role, []);
}

/** Who plays which role in a project, and the roles themselves. */
export function registerProjectRoles(api: Api): void {
  const one = '/project/:projectIdOrKey/role/:id';
  api.get('/project/:projectIdOrKey/role', (call) => {
    const project = requireProject(call);
    return Object.fromEntries(
      roles.map((role) => [role.name, selfUrl(call.view, `/project/${project.id}/role/${role.id}`)]),
    );
  });
  api.get('/project/:projectIdOrKey/roledetails', (call) => {
    requireProject(call);
    return roles.map((role) => ({ self: selfUrl(call.view, `/role/${role.id}`), ...role }));
  });
  api.get(one, (call) => roleWithActors(call, requireProject(call), requireRole(call)));
  api.post(one, addActors);
  api.put(one, setActors);
  api.delete(one, removeActor);
  api.get('/role/:id', (call) => {
    call.user();
    const role = requireRole(call);
    return { self: selfUrl(call.view, `/role/${role.id}`), ...role, actors: [] };
  });
}
