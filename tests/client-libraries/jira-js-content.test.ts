// by path: the package exports itself to `import` only, and jest resolves as `require` does
import { createCloudClient } from '../../node_modules/jira.js/dist/index.js';
import { call } from '../sandbox/jira/call-jira';
import { API_TOKEN, app, cloud, EMAIL, listenJira, startListener } from '../sandbox/jira/start-jira';
import type { Jira } from '../../sandbox/src/jira';

// What these tests expect is what jira.js's own live suites have found on real sites.
let jira: Jira;
let client: ReturnType<typeof createCloudClient>;
let listener: Awaited<ReturnType<typeof startListener>>;
let [one, two] = ['', ''];

const documentOf = (text: string) => ({
  type: 'doc' as const,
  version: 1 as const,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});
const statusOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { status?: number }) => error.status,
  );

/** jira.js checks every answer against Atlassian's schema: a shape that is wrong fails the test. */
beforeAll(async () => {
  listener = await startListener();
  const started = await listenJira();
  jira = started.jira;
  client = createCloudClient({
    host: started.url,
    auth: { type: 'basic', email: EMAIL, apiToken: API_TOKEN },
    onSchemaMismatch: 'throw',
  });
  const leadAccountId = (await client.myself.getCurrentUser()).accountId ?? '';
  await client.projects.createProject({ key: 'ALPHA', name: 'Alpha', projectTypeKey: 'software', leadAccountId });
  const make = async (summary: string) =>
    (await client.issues.createIssue({ fields: { project: { key: 'ALPHA' }, issuetype: { name: 'Task' }, summary } }))
      .key;
  [one, two] = [await make('A searchable one'), await make('Two')];
});
afterAll(async () => {
  await jira.close();
  await listener.close();
});

test('links between issues stand on both, and two events tell of each (F-405)', async () => {
  const events = ['issuelink_created', 'issuelink_deleted', 'jira:issue_updated'];
  const hook = { name: 'links', url: listener.url, events };
  const { self } = (await call(jira, 'POST', '/rest/webhooks/1.0/webhook', hook)).body;
  const types = await client.issueLinkTypes.getIssueLinkTypes();
  expect(types.issueLinkTypes?.map(({ name }) => name)).toEqual(['Blocks', 'Cloners', 'Duplicate', 'Relates']);
  const relates = types.issueLinkTypes?.[3];
  expect(relates).toMatchObject({ inward: 'relates to', outward: 'relates to' });
  expect(await client.issueLinkTypes.getIssueLinkType({ issueLinkTypeId: relates?.id ?? '' })).toEqual(relates);

  // "one blocks two": the outward words apply to what the request calls the inward issue
  const link = { type: { name: 'Blocks' }, inwardIssue: { key: one }, outwardIssue: { key: two } };
  expect(await client.issueLinks.linkIssues(link)).toBeFalsy();
  await client.issueLinks.linkIssues(link);
  const linksOf = async (key: string) => {
    const { fields } = await client.issues.getIssue({ issueIdOrKey: key, fields: ['issuelinks'] });
    return (fields as { issuelinks: { id: string; inwardIssue?: unknown; outwardIssue?: unknown }[] }).issuelinks;
  };
  expect(await linksOf(one)).toMatchObject([{ type: { outward: 'blocks' }, outwardIssue: { key: two } }]);
  expect(await linksOf(two)).toMatchObject([{ inwardIssue: { key: one } }]);
  const [{ id: linkId } = { id: '' }] = await linksOf(one);
  expect(await client.issueLinks.getIssueLink({ linkId })).toMatchObject({
    id: linkId,
    inwardIssue: { key: one },
    outwardIssue: { key: two },
  });
  const search = (jql: string) => client.issueSearch.searchAndReconsileIssuesUsingJql({ jql, fields: ['id'] });
  expect((await search(`issue in linkedIssues(${one}, blocks)`)).issues).toMatchObject([{ key: two }]);
  expect((await search('issueLinkType = "is blocked by"')).issues).toMatchObject([{ key: two }]);

  await client.issueLinks.deleteIssueLink({ linkId });
  expect(await linksOf(two)).toEqual([]);
  expect(await statusOf(client.issueLinks.getIssueLink({ linkId }))).toBe(404);
  expect(await statusOf(client.issueLinks.linkIssues({ ...link, inwardIssue: { key: 'NOSUCH-1' } }))).toBe(404);
  expect(await statusOf(client.issueLinkTypes.deleteIssueLinkType({ issueLinkTypeId: '99999999' }))).toBe(404);
  await jira.deliveriesSettled();
  // recorded: jira-to-matrix webhook-issuelink-created, -deleted
  expect(listener.received.map(({ body }) => JSON.parse(body))).toMatchObject(
    ['issuelink_created', 'issuelink_deleted'].map((webhookEvent) => ({
      webhookEvent,
      issueLink: { sourceIssueId: 10000, destinationIssueId: 10001, issueLinkType: { outwardName: 'blocks' } },
    })),
  );
  await call(jira, 'DELETE', new URL(self).pathname);
  const history = await client.issues.getChangeLogs({ issueIdOrKey: one });
  expect(history.values?.map(({ items }) => items?.[0])).toMatchObject([
    { field: 'Link', to: two },
    { field: 'Link', from: two, fromString: `This issue blocks ${two}` },
  ]);
});

test('an issue is linked by an edit too, and its links go with it (F-405)', async () => {
  const fields = { project: { key: 'ALPHA' }, issuetype: { name: 'Task' }, summary: 'Three' };
  const { key } = await client.issues.createIssue({ fields });
  const add = { type: { name: 'Duplicate' }, outwardIssue: { key: two } };
  await call(jira, 'PUT', `/rest/api/3/issue/${key}`, { update: { issuelinks: [{ add }] } });
  expect(jira.site.issueLinks.size).toBe(1);
  await client.issues.deleteIssue({ issueIdOrKey: key });
  expect(jira.site.issueLinks.size).toBe(0);
});

test('files are kept byte by byte (F-405)', async () => {
  expect(await client.issueAttachments.getAttachmentMeta()).toMatchObject({ enabled: true });
  const text = 'attachment body: déjà vu 🎯';
  const [note] = await client.issueAttachments.addAttachment({
    issueIdOrKey: one,
    attachments: [
      { filename: 'note.txt', content: text },
      { filename: 'bytes.bin', content: new Uint8Array([0, 1, 253, 255]) },
    ],
  });
  expect(note).toMatchObject({ filename: 'note.txt', mimeType: 'text/plain', size: Buffer.byteLength(text) });
  const id = note?.id ?? '';
  expect(Buffer.from((await client.issueAttachments.getAttachmentContent({ id })) as ArrayBuffer).toString()).toBe(
    text,
  );
  expect(await client.issueAttachments.getAttachment({ id })).toMatchObject({ id: Number(id), filename: 'note.txt' });
  const { fields } = await client.issues.getIssue({ issueIdOrKey: one, fields: ['attachment'] });
  expect((fields as { attachment: unknown[] }).attachment).toMatchObject([
    { filename: 'note.txt' },
    { filename: 'bytes.bin' },
  ]);
  await client.issueAttachments.removeAttachment({ id });
  expect(await statusOf(client.issueAttachments.getAttachment({ id }))).toBe(404);
  const refused = await call(jira, 'POST', `/rest/api/3/issue/${one}/attachments`, {});
  expect(refused.status).toBe(403);
});

test('comments are rendered on request, for whom they are meant, and found by their ids (F-405)', async () => {
  const group = { type: 'group', value: 'jira-administrators' } as const;
  const { id = '' } = await client.issueComments.addComment({
    issueIdOrKey: one,
    body: documentOf('first comment'),
    visibility: group,
  });
  const plain = await client.issueComments.getComment({ issueIdOrKey: one, id });
  expect(plain.visibility).toMatchObject(group);
  expect(plain.renderedBody).toBeUndefined();
  const rendered = await client.issueComments.getComment({ issueIdOrKey: one, id, expand: 'renderedBody' });
  expect(rendered.renderedBody).toBe('<p>first comment</p>');
  const john = { authorization: `Basic ${Buffer.from('john.developer@company.com:john-token').toString('base64')}` };
  expect((await call(jira, 'GET', `/rest/api/3/issue/${one}/comment`, undefined, john)).body.total).toBe(0);
  const { id: other = '' } = await client.issueComments.addComment({ issueIdOrKey: two, body: documentOf('two') });
  const byIds = await client.issueComments.getCommentsByIds({ ids: [Number(id), Number(other), 99] });
  expect(byIds.values?.map((comment) => comment.id)).toEqual([id, other]);
  const nowhere = { body: documentOf('x'), visibility: { type: 'role', value: 'Nobody' } };
  expect((await call(jira, 'POST', `/rest/api/3/issue/${one}/comment`, nowhere)).status).toBe(400);
});

test('wiki markup becomes a document and stays readable as markup (F-405)', async () => {
  const body = 'h2. Heading\n\n*bold* and _italic_\n\n{code}const x = 1;{code}';
  const comment = await client.issueComments.addComment({ issueIdOrKey: one, body });
  const written = JSON.stringify(comment.body);
  for (const type of ['heading', 'codeBlock', 'strong', 'em']) expect(written).toContain(`"type":"${type}"`);
  expect(written).not.toContain('h2.');
  expect((await call(jira, 'GET', `/rest/api/2/issue/${one}/comment/${comment.id}`)).body.body).toBe(body);
});

test('a remote link keeps what was said of it, and is changed and deleted by id or global id (F-405)', async () => {
  const globalId = 'system=https://example.com&id=1';
  const icon = { url16x16: 'https://example.com/i.png', title: 'Spec' };
  const link = {
    globalId,
    relationship: 'documented by',
    application: { type: 'com.example', name: 'Example' },
    object: { url: 'https://example.com/spec', title: 'Spec', icon, status: { resolved: true, icon } },
  };
  const { id } = await client.issueRemoteLinks.createOrUpdateRemoteIssueLink({ issueIdOrKey: one, ...link });
  const linkId = String(id);
  expect(await client.issueRemoteLinks.getRemoteIssueLinkById({ issueIdOrKey: one, linkId })).toMatchObject(link);
  const second = { url: 'https://example.com/2', title: 'Second' };
  await client.issueRemoteLinks.updateRemoteIssueLink({ issueIdOrKey: one, linkId, object: second });
  const changed = await client.issueRemoteLinks.getRemoteIssueLinkById({ issueIdOrKey: one, linkId });
  expect(changed).toMatchObject({ globalId, object: second });
  expect(changed).not.toHaveProperty('relationship');
  const url = `/rest/api/3/issue/${one}/remotelink?globalId=${encodeURIComponent(globalId)}`;
  expect((await call(jira, 'DELETE', url)).status).toBe(415);
  await client.issueRemoteLinks.deleteRemoteIssueLinkByGlobalId({ issueIdOrKey: one, globalId });
  expect(await client.issueRemoteLinks.getRemoteIssueLinks({ issueIdOrKey: one })).toEqual([]);
  const untitled = await call(jira, 'POST', `/rest/api/3/issue/${one}/remotelink`, { object: { url: second.url } });
  expect(untitled.body).toEqual({ errorMessages: [], errors: { title: "'title' is required." } });
});

test('queries are taken apart, matched and understood as words (F-405)', async () => {
  const parse = (validation: 'strict' | 'none', ...queries: string[]) =>
    client.jql.parseJqlQueries({ validation, queries }).then((answer) => answer.queries ?? []);
  const [good, bad] = await parse('strict', 'project = ALPHA ORDER BY created DESC', 'project = "unterminated');
  expect(good?.structure).toMatchObject({
    where: { field: { name: 'project' }, operator: '=', operand: { value: 'ALPHA' } },
    orderBy: { fields: [{ field: { name: 'created' }, direction: 'desc' }] },
  });
  expect(bad).toMatchObject({ errors: [expect.any(String)] });
  const suspicious = 'project = ALPHA AND nosuchfield = 1';
  expect((await parse('strict', suspicious))[0]?.errors).toHaveLength(1);
  expect((await parse('none', suspicious))[0]).toMatchObject({ structure: { where: { operator: 'and' } } });
  const { matches } = await client.issueSearch.matchIssues({ issueIds: [10000], jqls: ['project = NOSUCH'] });
  expect(matches).toEqual([{ matchedIssues: [], errors: [] }]);
  const search = (jql: string) => client.issueSearch.searchAndReconsileIssuesUsingJql({ jql });
  expect((await search('this is not jql')).issues).toEqual([]);
  expect((await search('searchable')).issues).toHaveLength(1);
  expect(await statusOf(search('project = "unterminated'))).toBe(400);
  expect((await call(jira, 'POST', '/rest/api/3/search/jql', { jql: 'project = ALPHA', fields: null })).status).toBe(
    200,
  );
});

test('the picker suggests, histories come for many issues at once (F-405)', async () => {
  const picker = await client.issueSearch.getIssuePickerResource({ query: one, currentJQL: 'project = ALPHA' });
  expect(picker.sections).toMatchObject([
    { id: 'hs', issues: [{ key: one, keyHtml: `<b>${one}</b>`, summaryText: 'A searchable one' }] },
    { id: 'cs', issues: [{ key: one }] },
  ]);
  await client.issues.editIssue({ issueIdOrKey: two, fields: { summary: 'Two b', labels: ['x'] } });
  const changes = await client.issues.getBulkChangelogs({
    issueIdsOrKeys: [one, two],
    fieldIds: ['labels'],
    maxResults: 1,
  });
  expect(changes.issueChangeLogs).toMatchObject([
    { issueId: '10001', changeHistories: [{ items: [{ fieldId: 'labels' }] }] },
  ]);
  const all = { issueIdsOrKeys: [one, two], maxResults: 1 };
  const [first, second] = [
    await client.issues.getBulkChangelogs(all),
    await client.issues.getBulkChangelogs({
      ...all,
      nextPageToken: (await client.issues.getBulkChangelogs(all)).nextPageToken ?? '',
    }),
  ];
  expect(first.issueChangeLogs).not.toEqual(second.issueChangeLogs);
});

test('keys are as they are written, people are asked for in a place, groups are named on request (F-405)', async () => {
  expect(await statusOf(client.projects.getProject({ projectIdOrKey: 'alpha' }))).toBe(404);
  expect((await call(jira, 'GET', '/rest/api/3/issue/alpha-1')).status).toBe(200);
  expect(await statusOf(client.userSearch.findAssignableUsers({ query: '' }))).toBe(400);
  expect(await client.userSearch.findAssignableUsers({ issueKey: one })).toHaveLength(2);
  const me = await client.myself.getCurrentUser();
  expect(me.groups).toMatchObject({ size: 2, items: [] });
  expect((await client.myself.getCurrentUser({ expand: ['groups'] })).groups?.items).toHaveLength(2);
  const priorities = await client.issuePriorities.searchPriorities({ id: ['1'] });
  expect(priorities.values).toMatchObject([{ id: '1', isDefault: false }]);
  expect((await call(jira, 'GET', '/rest/api/3/webhook', undefined, cloud)).status).toBe(403);
  expect((await call(jira, 'GET', '/rest/api/3/webhook', undefined, app)).status).toBe(200);
});
