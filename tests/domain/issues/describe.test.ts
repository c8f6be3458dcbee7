import {
  createMark,
  describeRecord,
  issueLabels,
  type IssueSource,
  markKey,
  previewOf,
  readCreateMark,
  readWriteMark,
  remoteLink,
  toAdf,
  toWiki,
  writeMark,
} from '@crmjira/domain';
import { LINK } from './link-facts';

const SOURCE: IssueSource = {
  kind: 'case',
  number: 'CAS-01018',
  title: 'Export stops',
  description: 'Ana  Duarte (ana@acme.example, 514 555-0142) says:\nthe export of order 4415550199 stops.',
  account: 'Acme',
  product: 'Ledger 4',
  priority: 'High',
  url: 'https://org.crm.dynamics.com/main.aspx?id=1',
  askedBy: 'Sam Roy',
  note: null,
  contact: { name: 'Ana Duarte', phone: '+1 (514) 555-0142', mail: 'ana@acme.example' },
  error: null,
};
const policy = { language: 1033, contactData: false } as const;

describe('description of an issue (R-1706)', () => {
  test('from the record, with who asked, without the contact', () => {
    expect(previewOf(describeRecord(SOURCE, policy), 1033)).toBe(
      [
        '[contact] ([e-mail], [phone]) says:\nthe export of order 4415550199 stops.',
        'Case: CAS-01018\nAccount: Acme\nProduct: Ledger 4\nPriority: High',
        'Open in Dynamics 365: https://org.crm.dynamics.com/main.aspx?id=1',
        'Created from a case in Dynamics 365 at the request of Sam Roy.',
      ].join('\n\n'),
    );
  });

  test('with the contact where the policy says so', () => {
    const preview = previewOf(describeRecord(SOURCE, { ...policy, contactData: true }), 1033);
    expect(preview).toContain('Ana  Duarte (ana@acme.example, 514 555-0142) says');
    expect(preview).toContain('Contact: Ana Duarte, +1 (514) 555-0142, ana@acme.example');
  });

  test('in French', () => {
    const french = previewOf(
      describeRecord({ ...SOURCE, note: 'Urgent' }, { language: 3084, contactData: false }),
      3084,
    );
    expect(french).toContain('[contact] ([courriel], [téléphone]) says');
    expect(french).toContain('Urgent\n\nIncident\u00a0: CAS-01018');
    expect(french).toContain('Créé à partir d’un incident dans Dynamics 365 à la demande de Sam Roy.');
  });

  test('an error brings its level and count; what is empty or no web address is left out', () => {
    const error = { level: 'error', events: '12', firstSeen: 'May 1', lastSeen: 'May 2', url: 'javascript:alert(1)' };
    const bare = {
      ...SOURCE,
      kind: 'error' as const,
      description: ' ',
      number: null,
      account: null,
      url: null,
      contact: null,
    };
    expect(previewOf(describeRecord({ ...bare, error }, policy), 1033)).toBe(
      'Product: Ledger 4\nPriority: High\nLevel: error\nEvents: 12\nFirst seen: May 1\nLast seen: May 2\n\n' +
        'Created from a monitored error in Dynamics 365 at the request of Sam Roy.',
    );
  });

  test('Cloud: ADF without empty texts, the address as a link', () => {
    const blocks = describeRecord({ ...SOURCE, description: 'one\n\ntwo', account: null, priority: null }, policy);
    expect(toAdf(blocks, 1033)).toEqual({
      version: 1,
      type: 'doc',
      content: [
        {
          type: 'paragraph',
          content: [
            { type: 'text', text: 'one' },
            { type: 'hardBreak' },
            { type: 'hardBreak' },
            { type: 'text', text: 'two' },
          ],
        },
        {
          type: 'bulletList',
          content: [
            ['Case: ', 'CAS-01018'],
            ['Product: ', 'Ledger 4'],
          ].map(([name, text]) => ({
            type: 'listItem',
            content: [
              {
                type: 'paragraph',
                content: [
                  { type: 'text', text: name, marks: [{ type: 'strong' }] },
                  { type: 'text', text },
                ],
              },
            ],
          })),
        },
        {
          type: 'paragraph',
          content: [
            { type: 'text', text: 'Open in Dynamics 365', marks: [{ type: 'link', attrs: { href: SOURCE.url } }] },
          ],
        },
        {
          type: 'paragraph',
          content: [{ type: 'text', text: 'Created from a case in Dynamics 365 at the request of Sam Roy.' }],
        },
      ],
    });
  });

  test('Data Center: wiki text in which nothing that was typed means anything', () => {
    const description = 'h1. {code} [~admin] *b* \\\\ !x.png! C:\\a &#42;';
    const wiki = toWiki(describeRecord({ ...SOURCE, description, url: 'https://crm.example/a|b]' }, policy), 1033);
    expect(wiki.split('\n\n')[0]).toBe(
      'h1&#46; \\{code\\} \\[\\~admin\\] \\*b\\* &#92;&#92; \\!x.png\\! C:&#92;a &amp;\\#42;',
    );
    expect(wiki).toContain('* *Case*: CAS\\-01018\n* *Account*: Acme');
    expect(wiki).toContain('[Open in Dynamics 365|https://crm.example/a%7Cb%5D]');
  });

  test('however long the record is, Jira takes the description', () => {
    for (const letter of ['x', '*', '\\'])
      expect(
        toWiki(describeRecord({ ...SOURCE, description: letter.repeat(100_000) }, policy), 1033).length,
      ).toBeLessThan(32_767);
  });

  test.each([
    ['a case', SOURCE, ['dynamics', 'case', 'Ledger-4']],
    [
      'an error',
      { ...SOURCE, error: { level: 'Error', events: '', firstSeen: '', lastSeen: '', url: null } },
      ['sentry', 'level-error', 'Ledger-4'],
    ],
    ['no product', { ...SOURCE, product: null }, ['dynamics', 'case']],
  ])('labels of %s hold no blank', (_name, source, expected) => expect(issueLabels(source)).toEqual(expected));
});

describe('what tells our writes from people’s (SYNC What is stored)', () => {
  const mark = { link: LINK, version: 12, wrote: { field: 'status' as const, value: '11' } };

  test('the mark of a write is read back from its entry of the changelog', () => {
    expect(readWriteMark(writeMark(mark))).toEqual(mark);
    const emptied = { ...mark, wrote: { field: 'priority' as const, value: null } };
    expect(readWriteMark(JSON.parse(JSON.stringify(writeMark(emptied))))).toEqual(emptied);
  });

  test('the mark of a create is read back from the property of this link', () => {
    const sent = { status: '1', priority: null, summary: 'Export stops', labels: ['dynamics'] };
    const { key, value } = createMark(mark, sent);
    expect(key).toBe(markKey(LINK));
    expect(readCreateMark(LINK, JSON.parse(JSON.stringify(value)))).toEqual({
      mark: { link: LINK, version: 12 },
      sent,
    });
    expect(readCreateMark('another', value)).toBeNull();
  });

  test.each([
    [null],
    [{}],
    [{ type: 'jira:automation', extraData: { link: LINK, version: '1' } }],
    [{ type: 'crmjira:sync', extraData: { link: LINK, version: '-1' } }],
    [{ type: 'crmjira:sync', extraData: { version: '1' } }],
  ])('what is not ours is nobody’s mark: %j', (metadata) => {
    expect(readWriteMark(metadata)).toBeNull();
    expect(readCreateMark(LINK, metadata)).toBeNull();
  });

  test('the issue shows its origin under an id that a repeat finds (R-1709)', () => {
    const record = {
      kind: 'case',
      number: 'CAS-01018',
      title: 'Export\nstops',
      url: SOURCE.url!,
      closed: true,
    } as const;
    expect(remoteLink(record, { organization: 'o', link: LINK }, 3084)).toEqual({
      globalId: `crmjira=o&link=${LINK}`,
      application: { type: 'com.microsoft.dynamics365', name: 'Dynamics 365' },
      relationship: 'provient de',
      object: { url: SOURCE.url, title: 'Incident CAS-01018', summary: 'Export stops', status: { resolved: true } },
    });
  });
});
