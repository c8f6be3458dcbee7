import type { Jira } from '../../../sandbox/src/jira';
import { isDocument, withoutEmptyTexts } from '../../../sandbox/src/jira/rich-text/adf-schema';
import { readWiki } from '../../../sandbox/src/jira/rich-text/read-wiki';
import { writeHtml } from '../../../sandbox/src/jira/rich-text/write-html';
import { writeWiki } from '../../../sandbox/src/jira/rich-text/write-wiki';
import { call, logWork, makeIssue, makeProject } from './call-jira';
import { buildJira, dataCenter } from './start-jira';

const WIKI = [
  'h2. Heading',
  '*bold*, _italic_, -gone-, +new+, {{code}}, H~2~O, x^2^, [a link|https://example.com]',
  '* one\n** two\n# three',
  '{code:java}\nint x = 1; // *not bold*\n{code}',
  '{quote}said{quote}',
  '----',
  '||name||value||\n|a|1|',
  'line one\nline two',
].join('\n\n');

test('wiki markup goes through a document and back (F-405)', () => {
  const doc = readWiki(WIKI);
  expect(isDocument(doc)).toBe(true);
  expect(writeWiki(doc).replace('* one\n** two\n\n# three', '* one\n** two\n# three')).toBe(WIKI);
});

test.each([
  ['*a* and b*c*d', '<p><b>a</b> and b*c*d</p>'],
  ['a\nb', '<p>a<br/>b</p>'],
  ['<script>&', '<p>&lt;script&gt;&amp;</p>'],
  ['h3. T', '<h3><a name="T"></a>T</h3>'],
  ['* x\n* y', '<ul>\n\t<li>x</li>\n\t<li>y</li>\n</ul>'],
  ['[x|https://e.com]', '<p><a href="https://e.com" class="external-link" rel="nofollow noreferrer">x</a></p>'],
  ['[x|javascript:alert]', '<p>[x|javascript:alert]</p>'],
  ['bq. q', '<blockquote><p>q</p></blockquote>'],
])('%j is rendered as HTML (F-405)', (wiki, html) => {
  expect(writeHtml(readWiki(wiki))).toBe(html);
});

test.each(['*a', '{code}', '|', '||', '**', '[~]', 'h7. x', '# ', '\\', '_'.repeat(50), '{quote}{code}{quote}'])(
  'the unfinished markup %j stays readable (F-405)',
  (wiki) => {
    const doc = readWiki(wiki);
    expect(isDocument(doc)).toBe(true);
    expect(writeHtml(doc)).toEqual(expect.any(String));
  },
);

const doc = (...content: unknown[]) => ({ type: 'doc', version: 1, content });
const text = (value: string, ...marks: unknown[]) => ({
  type: 'text',
  text: value,
  ...(marks.length ? { marks } : {}),
});
const paragraph = (...content: unknown[]) => ({ type: 'paragraph', content });
const cell = (content: unknown) => ({
  type: 'table',
  content: [{ type: 'tableRow', content: [{ type: 'tableCell', content: [content] }] }],
});

test.each([
  ['nothing', doc(), true],
  ['a paragraph', doc(paragraph(text('x'))), true],
  [
    'code with a link',
    doc(paragraph(text('x', { type: 'code' }, { type: 'link', attrs: { href: 'https://e.com' } }))),
    true,
  ],
  ['no content', { type: 'doc', version: 1 }, false],
  ['another version', { type: 'doc', version: 2, content: [] }, false],
  ['an unknown node', doc({ type: 'marquee' }), false],
  ['a node called after what every object has', doc({ type: 'constructor' }), false],
  ['text without a paragraph', doc(text('x')), false],
  ['an unknown attribute', doc({ ...paragraph(text('x')), attrs: { colour: 'red' } }), false],
  ['a heading of level 7', doc({ type: 'heading', attrs: { level: 7 }, content: [text('x')] }), false],
  ['a heading in a quotation', doc({ type: 'blockquote', content: [{ type: 'heading', attrs: { level: 1 } }] }), false],
  ['a table in a table', doc(cell(cell(paragraph()))), false],
  [
    'a rule in a list',
    doc({ type: 'bulletList', content: [{ type: 'listItem', content: [{ type: 'rule' }] }] }),
    false,
  ],
  ['an unknown mark', doc(paragraph(text('x', { type: 'blink' }))), false],
  ['bold code', doc(paragraph(text('x', { type: 'code' }, { type: 'strong' }))), false],
])('a document with %s: %#', (_what, value, valid) => {
  expect(isDocument(value)).toBe(valid);
});

test('an empty text is left out instead of refused (F-405)', () => {
  const given = doc(paragraph(text(''), text('x')));
  if (!isDocument(given)) throw new Error('an empty text is taken');
  expect(withoutEmptyTexts(given)).toEqual(doc(paragraph(text('x'))));
});

describe('on an issue', () => {
  let jira: Jira;
  beforeEach(async () => {
    jira = await buildJira();
    await makeProject(jira);
  });
  afterEach(() => jira.close());

  test('a document that breaks its schema is refused without a word about where (F-405)', async () => {
    const { key } = await makeIssue(jira, {});
    const refused = { status: 400, body: { errorMessages: ['INVALID_INPUT'], errors: {} } };
    const broken = doc({ type: 'marquee' });
    const url = `/rest/api/3/issue/${key}`;
    expect(await call(jira, 'PUT', url, { fields: { description: broken } })).toMatchObject(refused);
    expect(await call(jira, 'POST', `${url}/comment`, { body: broken })).toMatchObject(refused);
    expect(await call(jira, 'POST', `${url}/worklog`, { timeSpent: '1h', comment: broken })).toMatchObject(refused);
  });

  test('a description is markup to v2, a document to v3, HTML where that is asked for (F-405)', async () => {
    const { key } = await makeIssue(jira, { description: 'h1. Title\n\n*x*' });
    const read = async (version: 2 | 3) =>
      (await call(jira, 'GET', `/rest/api/${version}/issue/${key}?expand=renderedFields`)).body;
    expect((await read(2)).fields.description).toBe('h1. Title\n\n*x*');
    expect((await read(3)).fields.description).toMatchObject({ content: [{ type: 'heading' }, { type: 'paragraph' }] });
    expect((await read(3)).renderedFields.description).toBe('<h1><a name="Title"></a>Title</h1>\n<p><b>x</b></p>');
  });

  test('a transition has no screen: a resolution given to it is refused (F-405)', async () => {
    const { key } = await makeIssue(jira, {});
    const done = { transition: { id: '41' }, fields: { resolution: { name: 'Duplicate' } } };
    const url = `/rest/api/3/issue/${key}`;
    expect(await call(jira, 'POST', `${url}/transitions`, done)).toMatchObject({
      status: 400,
      body: { errors: { resolution: expect.stringContaining('not on the appropriate screen') } },
    });
    expect((await call(jira, 'PUT', url, { fields: { resolution: { name: 'Done' } } })).status).toBe(400);
    expect((await call(jira, 'GET', url)).body.fields.status.name).toBe('To Do');
  });

  test('Data Center gives back what an unestimated issue had logged, Cloud leaves it unestimated (F-405)', async () => {
    const remaining = async (key: string) =>
      (await call(jira, 'GET', `/rest/api/2/issue/${key}`, undefined, dataCenter)).body.fields.timeestimate;
    for (const [headers, left] of [
      [undefined, null],
      [dataCenter, 1800],
    ] as const) {
      const { key } = await makeIssue(jira, {});
      const { id } = (await logWork(jira, key, 3600)).body;
      const url = `/rest/api/2/issue/${key}/worklog/${id}`;
      await call(jira, 'PUT', url, { timeSpentSeconds: 1800 }, headers);
      expect(await remaining(key)).toBe(left);
      await call(jira, 'DELETE', url, undefined, headers);
      expect(await remaining(key)).toBe(left === null ? null : 3600);
    }
  });

  test('Data Center’s search takes null for what is left out (F-405)', async () => {
    const body = { jql: 'project = CRMWYVLZZJ', fields: null, expand: null, maxResults: null };
    expect((await call(jira, 'POST', '/rest/api/2/search', body, dataCenter)).body).toMatchObject({ total: 0 });
  });
});
