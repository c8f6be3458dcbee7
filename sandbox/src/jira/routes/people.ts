import type { Api, Call } from '../api';
import { pageOf } from '../api';
import { JiraError } from '../jira-error';
import { versionNumbers } from '../site/data-center-version';
import { GROUPS, groupId } from '../site/groups';
import type { UserRow } from '../site/rows';
import { jiraTimestamp } from '../site/timestamps';
import { userDetailsView, userView } from '../views/user-view';
import { selfUrl } from '../views/view';
import { requireProject } from './projects';
import { requireIssue } from './require-issue';

function serverInfo(call: Call) {
  const cloud = call.edition === 'cloud';
  const { dataCenterVersion } = call.site.options;
  return {
    baseUrl: call.site.options.publicUrl,
    ...(cloud ? { displayUrl: call.site.options.publicUrl } : {}),
    version: cloud ? '1001.0.0-SNAPSHOT' : dataCenterVersion,
    versionNumbers: cloud ? [1001, 0, 0] : versionNumbers(dataCenterVersion),
    // Data Center says Server: https://github.com/TestPlanIt/testplanit/issues/494
    deploymentType: cloud ? 'Cloud' : 'Server',
    buildNumber: cloud ? 100290 : 10030024,
    buildDate: '2026-09-01T00:00:00.000+0000',
    ...(call.anonymous ? {} : { serverTime: jiraTimestamp(call.site.now()) }),
    scmInfo: '5d1a7c0e4b9f4a8d8b8f1c2d3e4f5a6b7c8d9e0f',
    serverTitle: 'Jira',
    ...(cloud ? { defaultLocale: { locale: 'en_US' }, serverTimeZone: 'Etc/UTC' } : {}),
  };
}

/** The one person a call names: account id on Cloud, name or key on Data Center. */
function namedUser(call: Call): UserRow {
  const { site } = call;
  if (call.edition === 'cloud') {
    if (call.query('username') !== undefined || call.query('key') !== undefined)
      throw new JiraError(400, ["'accountId' must be the only user identifying query parameter in GDPR strict mode."]);
    const user = site.users.get(call.query('accountId') ?? '');
    if (!user) throw JiraError.notFound('Specified user does not exist or you do not have required permissions');
    return user;
  }
  const [username, key] = [call.query('username'), call.query('key')];
  if (username === undefined && key === undefined)
    throw new JiraError(400, ['Either username or key must be provided']);
  const user = site.users
    .all()
    .find((row) => (username !== undefined ? row.name === username.toLowerCase() : row.key === key));
  if (!user)
    throw JiraError.notFound(
      username !== undefined
        ? `The user named '${username}' does not exist`
        : `The user with the key '${key}' does not exist`,
    );
  return user;
}

function matching(call: Call): UserRow[] {
  const accountId = call.query('accountId');
  const words = call.query('query') ?? (call.edition === 'dc' ? call.query('username') : undefined);
  if (words === undefined && accountId === undefined)
    throw new JiraError(400, [
      call.edition === 'cloud'
        ? 'A search string or account ID must be provided'
        : 'The username query parameter was not provided',
    ]);
  const text = (words ?? '').toLowerCase();
  return call.site.users
    .all()
    .filter((user) => user.active)
    .filter((user) => (accountId === undefined ? true : user.id === accountId))
    .filter(
      (user) =>
        text === '.' ||
        [user.name, user.email, ...user.displayName.split(' '), user.displayName].some((part) =>
          part.toLowerCase().startsWith(text),
        ),
    );
}

/** @throws JiraError 400 where the search names neither issue nor project, 404 where there is none */
function requireContext(
  call: Call,
  names: { readonly issue: readonly string[]; readonly project: readonly string[] },
): void {
  const first = (list: readonly string[]) => list.map((name) => call.query(name)).find((value) => value !== undefined);
  const [issue, project] = [first(names.issue), first(names.project)];
  if (issue === undefined && project === undefined)
    throw new JiraError(400, [`Either '${names.project[0] ?? ''}' or '${names.issue[0] ?? ''}' must be provided.`]);
  if (issue !== undefined) requireIssue(call, issue);
  else if (project !== undefined) requireProject(call, project);
}

/** People that a search names; everybody where it names nobody. */
export function matchingOrAll(call: Call): UserRow[] {
  const named = ['query', 'username', 'accountId'].some((name) => call.query(name) !== undefined);
  const found = named ? matching(call) : call.site.users.all().filter((user) => user.active);
  // Nobody gives an issue to an app.
  return found.filter(({ kind }) => kind === 'atlassian');
}

export function page(call: Call, users: readonly UserRow[]) {
  const start = call.queryNumber('startAt', 0);
  return users.slice(start, start + call.queryNumber('maxResults', 50)).map((user) => userView(call.view, user.id));
}

/** Who is there: the caller, people, groups, and the server itself. */
export function registerPeople(api: Api): void {
  api.get('/serverInfo', serverInfo);
  api.get('/myself', (call) => userDetailsView(call.view, call.user(), call.expand()));
  api.get('/user', (call) => {
    call.user();
    return userDetailsView(call.view, namedUser(call), call.expand());
  });
  api.get('/user/search', (call) => (call.anonymous ? [] : page(call, matching(call))));
  api.get('/user/picker', (call) => {
    const users = call.anonymous ? [] : matching(call);
    const shown = users.slice(0, call.queryNumber('maxResults', 50)).map((user) => ({
      ...(call.edition === 'cloud'
        ? { accountId: user.id, accountType: user.kind }
        : { name: user.name, key: user.key }),
      html: user.displayName,
      displayName: user.displayName,
    }));
    return {
      users: shown,
      total: users.length,
      header: `Showing ${shown.length} of ${users.length} matching users`,
    };
  });
  api.get('/user/assignable/search', (call) => {
    call.user();
    requireContext(call, { issue: ['issueKey', 'issueId'], project: ['project'] });
    return page(call, matchingOrAll(call));
  });
  api.get('/user/assignable/multiProjectSearch', (call) => {
    call.user();
    const keys = call.queryList('projectKeys');
    if (keys.length === 0) throw new JiraError(400, ["The 'projectKeys' query parameter must be provided."]);
    for (const key of keys) requireProject(call, key);
    return page(call, matchingOrAll(call));
  });
  api.get('/user/viewissue/search', (call) => {
    call.user();
    requireContext(call, { issue: ['issueKey'], project: ['projectKey'] });
    return page(call, matching(call));
  });
  for (const path of ['/users/search', '/users'])
    api.get(path, (call) => (call.anonymous ? [] : page(call, call.site.users.all())), { only: 'cloud' });
  api.get(
    '/user/bulk',
    (call) => {
      call.user();
      const users = call.queryList('accountId').flatMap((id) => call.site.users.get(id) ?? []);
      const shown = users.map((user) => userView(call.view, user.id));
      return pageOf(call, shown, call.queryNumber('startAt', 0), call.queryNumber('maxResults', 10));
    },
    { only: 'cloud' },
  );
  api.get('/user/groups', (call) => {
    call.user();
    return namedUser(call).groups.map((name) => ({
      name,
      groupId: groupId(name),
      self: selfUrl(call.view, `/group?groupId=${groupId(name)}`),
    }));
  });
  api.get('/groups/picker', (call) => {
    call.user();
    const query = (call.query('query') ?? '').toLowerCase();
    const groups = GROUPS.filter((name) => name.includes(query));
    return {
      header: `Showing ${groups.length} of ${groups.length} matching groups`,
      total: groups.length,
      groups: groups.map((name) => ({ name, html: name, labels: [], groupId: groupId(name) })),
    };
  });
  api.get(
    '/group/bulk',
    (call) => {
      call.user();
      const groups = GROUPS.map((name) => ({ name, groupId: groupId(name) }));
      return pageOf(call, groups, call.queryNumber('startAt', 0), call.queryNumber('maxResults', 50));
    },
    { only: 'cloud' },
  );
  api.get('/group/member', (call) => {
    call.user();
    const name = call.query('groupname') ?? GROUPS.find((group) => groupId(group) === call.query('groupId')) ?? '';
    if (!GROUPS.includes(name)) throw JiraError.notFound(`Group '${name}' does not exist.`);
    const members = call.site.users
      .all()
      .filter((user) => user.groups.includes(name))
      .map((user) => userView(call.view, user.id));
    return pageOf(call, members, call.queryNumber('startAt', 0), call.queryNumber('maxResults', 50));
  });
}
