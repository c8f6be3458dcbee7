import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALWAYS_SENT, missingFields } from '@crmjira/domain';
import { z } from 'zod';
import {
  readCreateTypes,
  readScreenFields,
} from '../../../plugins-proxy/src/clients/jira/create-metadata/create-screen';
import { createJiraHttp } from '../../../plugins-proxy/src/clients/jira/jira-http';
import type { JiraSite } from '../../../plugins-proxy/src/clients/jira/jira-site';
import { cloudProfile, dataCenterProfile } from '../../../plugins-proxy/src/clients/jira/profile';
import { type Answer, recordedServer, type RecordedServer, type Seen } from '../recorded-server';

const field = z.record(z.string(), z.unknown());
const tree = z.object({
  projects: z.array(
    z.object({
      id: z.string(),
      issuetypes: z.array(z.looseObject({ id: z.string(), fields: z.record(z.string(), field) })),
    }),
  ),
});

/** What real sites answered, in the older form. */
const recorded = {
  'company-managed, Cloud': 'mattermost-plugin-jira/rest-cloud-get-create-issue-metadata-for-project.json',
  'company-managed, Server': 'mattermost-plugin-jira/rest-server-get-create-issue-metadata-for-project.json',
  'team-managed, Cloud': 'public-threads/team-managed-createmeta.json',
} as const;
const projectOf = (name: keyof typeof recorded) => {
  const text = readFileSync(join(__dirname, '../../fixtures/jira', recorded[name]), 'utf8');
  return tree.parse(JSON.parse(text)).projects[0]!;
};

/** The same in the form of today: pages of three, as Cloud and Data Center 9 name them. */
function paged(
  project: ReturnType<typeof projectOf>,
  deployment: 'cloud' | 'dc',
  { path, query }: Seen,
): Answer | undefined {
  const [, projectId, typeId] = /\/issue\/createmeta\/([^/]+)\/issuetypes(?:\/([^/]+))?$/.exec(path) ?? [];
  if (projectId !== project.id) return undefined;
  const type = project.issuetypes.find(({ id }) => id === typeId);
  const all =
    typeId === undefined
      ? project.issuetypes.map(({ fields: _fields, ...one }) => one)
      : Object.entries(type?.fields ?? {}).map(([fieldId, one]) => ({ ...one, fieldId }));
  const startAt = Number(query.get('startAt'));
  const values = all.slice(startAt, startAt + 3);
  const page = { startAt, maxResults: 3, total: all.length };
  if (deployment === 'cloud') return { body: { ...page, [typeId === undefined ? 'issueTypes' : 'fields']: values } };
  return { body: { ...page, isLast: startAt + values.length >= all.length, values } };
}

/** Server before 9: one tree, of the project and type that are asked for. */
function older(project: ReturnType<typeof projectOf>, { path, query }: Seen): Answer | undefined {
  if (!path.endsWith('/issue/createmeta') || query.get('projectIds') !== project.id) return undefined;
  const wanted = query.get('issuetypeIds');
  const issuetypes = project.issuetypes
    .filter(({ id }) => wanted === null || id === wanted)
    .map(({ fields, ...one }) => (query.get('expand') === null ? one : { ...one, fields }));
  return { body: { expand: 'projects', projects: [{ ...project, issuetypes }] } };
}

let server: RecordedServer | null = null;
let site: JiraSite | null = null;
afterEach(async () => {
  await site?.http.close();
  await server?.close();
});

async function siteOf(deployment: 'cloud' | 'dc', answer: (request: Seen) => Answer | undefined): Promise<JiraSite> {
  server = await recordedServer(answer);
  const { url } = server;
  const credentials =
    deployment === 'cloud'
      ? ({ kind: 'basic', email: 'a@example.com', apiToken: 'token-of-the-tests' } as const)
      : ({ kind: 'bearer', pat: 'pat-of-the-tests' } as const);
  const http = createJiraHttp({ url, credentials, timeoutMs: 5_000 });
  return (site = { http, url, profile: deployment === 'cloud' ? cloudProfile : dataCenterProfile });
}

type Case = readonly [keyof typeof recorded, 'cloud' | 'dc', boolean, unknown];
const none = (...names: string[]) => Object.fromEntries(names.map((name) => [name, []]));
const cases: readonly Case[] = [
  ['company-managed, Cloud', 'cloud', false, { ...none('Task', 'Story', 'Bug'), Epic: ['Epic Name'] }],
  ['company-managed, Cloud', 'dc', false, { ...none('Task', 'Story', 'Bug'), Epic: ['Epic Name'] }],
  ['company-managed, Server', 'dc', false, none('Task')],
  ['company-managed, Server', 'dc', true, none('Task')],
  ['team-managed, Cloud', 'cloud', false, none('Task')],
];

test.each(cases)(
  'R-1705 the create screens of a recorded project: %s, asked as %s, older form: %s',
  async (name, deployment, isOlder, expected) => {
    const project = projectOf(name);
    const asked = await siteOf(deployment, (request) =>
      isOlder ? older(project, request) : paged(project, deployment, request),
    );
    const types = (await readCreateTypes(asked, project.id)) ?? [];
    const screens = await Promise.all(
      types.map(async (type) => {
        const fields = (await readScreenFields(asked, project.id, type.id)) ?? [];
        return [type.name, missingFields(fields, ALWAYS_SENT).map((one) => one.name)];
      }),
    );
    // Sub-tasks need a parent; what every create sends is not asked for.
    expect(Object.fromEntries(screens)).toEqual(expected);
    const [task] = types;
    const fields = (await readScreenFields(asked, project.id, task!.id)) ?? [];
    expect(fields).toHaveLength(Object.keys(project.issuetypes[0]!.fields).length);
    expect(fields.find(({ id }) => id === 'priority')?.choices?.map((one) => one.name)).toEqual(
      expect.arrayContaining(['Highest', 'Low']),
    );
  },
);

test.each(['cloud', 'dc'] as const)(
  'R-1705 a project in which nobody may create has no types: %s',
  async (deployment) => {
    const asked = await siteOf(deployment, ({ path }) =>
      deployment === 'dc' && path.endsWith('/createmeta') ? { body: { projects: [] } } : undefined,
    );
    expect(await readCreateTypes(asked, '1')).toBeNull();
    expect(await readScreenFields(asked, '1', '2')).toBeNull();
  },
);
