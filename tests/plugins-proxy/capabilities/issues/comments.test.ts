import { commentMark, commentText, siteIdText } from '@crmjira/domain';
import pino from 'pino';
import { commentHandlers } from '../../../../plugins-proxy/src/capabilities/issues/comments/comment-handlers';
import { commentKeysOfJiraEvent } from '../../../../plugins-proxy/src/capabilities/issues/comments/comment-triggers';
import { readFollowed } from '../../../../plugins-proxy/src/inbound/polling/followed';
import type { Job } from '../../../../plugins-proxy/src/reconciler/job-handler';
import { parseJobKey } from '../../../../plugins-proxy/src/queue/job-key';
import { type CaseWorld, startCaseWorld } from './case-world';

let world: CaseWorld;

const document = (...lines: readonly string[]) => ({
  type: 'doc',
  version: 1,
  content: lines.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
});
const comment = async (issueId: string, text: string, more: object = {}): Promise<string> =>
  String((await world.jira('POST', `/issue/${issueId}/comment`, { body: document(text), ...more }))['id']);

/** Runs the jobs that an event names, as the worker does. */
async function told(event: string, issueId: string, commentId = '1'): Promise<void> {
  const payload = { issue: { id: issueId }, comment: { id: commentId } };
  for (const key of commentKeysOfJiraEvent(event, payload, world.connectionId)) {
    const { kind, id } = parseJobKey(key)!;
    const handler = commentHandlers(world.connections).find((one) => one.kind === kind);
    const log = () => ({ correlationId: 'c', durationMs: 0 });
    await handler!.start({ id, claim: {} as Job['claim'], logger: pino({ level: 'silent' }), log }).run();
  }
}

describe.each(['cloud', 'dc'] as const)('comments of a linked issue: %s', (deployment) => {
  beforeAll(async () => {
    world = await startCaseWorld(deployment);
    // Neither deployment documents that properties come with the list: without, each is asked for.
    const { http } = world.connections.jira.first.site;
    const { find } = http;
    const withoutExpansion: typeof find = (asked) =>
      find({
        ...asked,
        query: Object.fromEntries(Object.entries(asked.query ?? {}).filter(([name]) => name !== 'expand')),
      });
    if (deployment === 'dc') Object.assign(http, { find: withoutExpansion });
  });
  afterAll(() => world.close());

  it('R-1709 brings each comment once, tells of edits and deletions, and never of what is restricted, internal or our own', async () => {
    const caseId = await world.newCase();
    const issue = await world.newIssue();
    await world.link(caseId, issue);
    const first = await comment(issue.id, 'Reproduced on 4.2.');
    await comment(issue.id, 'For the team only.', { visibility: { type: 'role', value: 'Administrators' } });
    await comment(issue.id, 'For the desk only.', {
      properties: [{ key: 'sd.public.comment', value: { internal: true } }],
    });
    await comment(issue.id, 'From Dynamics.', { properties: [commentMark('7d0f6a0e-0000-4000-8000-000000000001')] });
    await told('comment_created', issue.id);
    await told('comment_created', issue.id);
    const [author] = (await world.posts(caseId)).map((text) => text.split(' commented', 1)[0]);
    expect(author).not.toBe('');
    const arrived = `${author} commented on ${issue.key} in Jira, 2025-05-16:\nReproduced on 4.2.`;
    expect(await world.posts(caseId)).toEqual([arrived]);

    world.pass(60_000);
    await world.jira('PUT', `/issue/${issue.id}/comment/${first}`, { body: document('Reproduced on 4.2 and 4.3.') });
    await told('comment_updated', issue.id);
    await told('comment_updated', issue.id);
    const edited = `${author} edited a comment on ${issue.key} in Jira:\nReproduced on 4.2 and 4.3.`;
    expect(await world.posts(caseId)).toEqual([arrived, edited]);

    await told('comment_deleted', issue.id, first);
    expect(await world.posts(caseId)).toHaveLength(2);
    await world.jira('DELETE', `/issue/${issue.id}/comment/${first}`);
    await told('comment_deleted', issue.id, first);
    await told('comment_deleted', issue.id, first);
    await told('comment_deleted', issue.id, '999999');
    const deleted = `A comment on ${issue.key} that stands here was deleted in Jira.`;
    expect(await world.posts(caseId)).toEqual([arrived, edited, deleted]);
  });

  it('R-1709 looks for comments where polling finds that a linked issue was updated', async () => {
    const [linked, other] = [await world.newIssue(), await world.newIssue()];
    await world.link(await world.newCase(), linked);
    const followed = await readFollowed(world.connections.dataverse, world.connectionId, new Set(['issues']));
    const keysOf = ({ id }: { readonly id: string }) => followed.keysOf({ id, projectId: '1' });
    const place = siteIdText(world.connectionId, linked.id);
    expect(keysOf(linked)).toEqual([`linked-issue:${place}`, `issue-comments:${place}`]);
    expect(keysOf(other)).toEqual([]);
  });

  it('R-1709 brings of an issue that was there before only the last comments, and all that follow', async () => {
    const caseId = await world.newCase();
    const issue = await world.newIssue();
    for (let n = 1; n <= 7; n += 1) await comment(issue.id, `Comment ${n}`);
    await world.link(caseId, issue, { since: 1 });
    await told('comment_created', issue.id);
    const last = async (): Promise<string[]> => (await world.posts(caseId)).map((text) => text.slice(-1));
    expect((await last()).sort()).toEqual(['3', '4', '5', '6', '7']);
    await comment(issue.id, 'Comment 8');
    await told('comment_created', issue.id);
    expect((await last()).sort()).toEqual(['3', '4', '5', '6', '7', '8']);
  });
});

it('R-1709 finds the issue of a comment that Data Center tells of alone', () => {
  const connection = '5a8d2c1e-0000-4000-8000-000000000c01';
  const self = 'http://jira.example.com/rest/api/2/issue/10013/comment/10082';
  const keys = (event: string, payload: object) => commentKeysOfJiraEvent(event, payload, connection);
  const key = `issue-comments:${siteIdText(connection, '10013')}`;
  expect(keys('comment_created', { comment: { id: '10082', self } })).toEqual([key]);
  expect(keys('jira:issue_updated', { issue: { id: '10013' }, comment: { id: '10082' } })).toEqual([key]);
  expect(keys('jira:issue_updated', { issue: { id: '10013' } })).toEqual([]);
  expect(keys('comment_deleted', { comment: { id: '10082', self } })).toEqual([
    `deleted-comment:${siteIdText(connection, '10013/10082')}`,
  ]);
});

it.each([
  [
    'ADF',
    {
      type: 'doc',
      content: [
        {
          type: 'paragraph',
          content: [
            { type: 'text', text: 'See ' },
            { type: 'mention', attrs: { text: '@Lee' } },
          ],
        },
        {
          type: 'bulletList',
          content: ['one', 'two'].map((text) => ({
            type: 'listItem',
            content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
          })),
        },
        { type: 'paragraph', content: [{ type: 'inlineCard', attrs: { url: 'https://example.com' } }] },
      ],
    },
    'See @Lee\n- one\n- two\nhttps://example.com',
  ],
  [
    'wiki text',
    'h1. Title\r\n* *one* and _two_\n[here|https://example.com] {code:java}x_y_z{code} [~lee]',
    'Title\n- one and two\nhere (https://example.com) x_y_z @lee',
  ],
  ['nothing that is known', { content: 7 }, ''],
])('R-1709 reads the words of a comment from %s', (_name, body, words) => {
  expect(commentText(body)).toBe(words);
});

it('R-1709 reads a comment of any depth', () => {
  let nested: object = { type: 'text', text: 'deep' };
  for (let depth = 0; depth < 5_000; depth += 1) nested = { type: 'blockquote', content: [nested] };
  expect(commentText({ type: 'doc', content: [nested] })).toBe('');
});
