import {
  type CreateField,
  fieldInput,
  isEnterable,
  mapGaps,
  mapGapText,
  mapProblemText,
  missingFields,
  parseValueMap,
  policyGaps,
  priorityOfWords,
  proposePriorities,
  proposeStatuses,
  readCreateFields,
  type RecordStatus,
  wordOfPriority,
  writeValueMap,
} from '@crmjira/domain';

const CASE_STATUSES: readonly RecordStatus[] = [
  { value: '1', labels: ['In Progress', 'En cours'], state: 'active' },
  { value: '2', labels: ['On Hold', 'En suspens'], state: 'active' },
  { value: '3', labels: ['Waiting for Details', 'En attente de précisions'], state: 'active' },
  { value: '4', labels: ['Researching', 'Recherche en cours'], state: 'active' },
  { value: '5', labels: ['Problem Solved', 'Problème résolu'], state: 'resolved' },
  { value: '1000', labels: ['Information Provided', 'Information fournie'], state: 'resolved' },
  { value: '6', labels: ['Canceled', 'Annulé'], state: 'cancelled' },
];

describe('status and priority maps (R-1705, R-1708)', () => {
  const known = { crm: ['1', '2', '5'], jira: [{ id: '10' }, { id: '11' }, { id: '20', done: true }] };
  const text = (...rows: object[]): string => JSON.stringify({ rows });
  const problems = (written: string): unknown => {
    const parsed = parseValueMap(written, known);
    return 'problems' in parsed ? parsed.problems.map(({ code, row, value }) => [code, row, value]) : parsed.map;
  };

  test('what is written is read again; none is an empty map', () => {
    const map = {
      rows: [
        { crm: ['1'], jira: ['11', '10'] },
        { crm: ['5'], jira: ['20'], resolves: true },
      ],
    } as const;
    expect(parseValueMap(writeValueMap(map), known)).toEqual({ map });
    expect(parseValueMap(null)).toEqual({ map: { rows: [] } });
    expect(parseValueMap(text({ crm: [1], jira: [10] }), known)).toEqual({
      map: { rows: [{ crm: ['1'], jira: ['10'] }] },
    });
  });

  test.each([
    ['no JSON', '{', [['not-a-map', null, null]]],
    ['no rows', '[]', [['not-a-map', null, null]]],
    ['a row of something else', text({ crm: [{}], jira: ['10'] }), [['not-a-map', 1, null]]],
    ['one side only', text({ crm: ['1'], jira: [] }), [['empty-side', 1, null]]],
    [
      'a value in two rows',
      text({ crm: ['1'], jira: ['10'] }, { crm: ['1', '2'], jira: ['10'] }),
      [
        ['crm-twice', 2, '1'],
        ['jira-twice', 2, '10'],
      ],
    ],
    [
      'values that are not there',
      text({ crm: ['7'], jira: ['99'] }),
      [
        ['crm-unknown', 1, '7'],
        ['jira-unknown', 1, '99'],
      ],
    ],
    [
      'resolved by what is not done',
      text({ crm: ['5'], jira: ['11'], resolves: true }),
      [['resolves-without-done', 1, null]],
    ],
  ])('refused: %s', (_name, written, expected) => expect(problems(written)).toEqual(expected));

  test('a refusal names row and value in both languages', () => {
    const problem = { code: 'jira-twice', row: 2, value: '10' } as const;
    expect(mapProblemText(problem, 'To Do', 1033)).toBe('Row 2: To Do stands in two rows. Keep one.');
    expect(mapProblemText(problem, 'À faire', 3084)).toBe(
      'Ligne 2\u00a0: À faire figure dans deux lignes. Gardez-en une.',
    );
  });

  test('a map of statuses to begin with: by name, by the kind of wait, by category', () => {
    const site = [
      { id: '1', name: 'Backlog', category: 'new' },
      { id: '3', name: 'In progress', category: 'indeterminate' },
      { id: '4', name: 'Blocked', category: 'indeterminate' },
      { id: '5', name: 'Waiting for customer', category: 'indeterminate' },
      { id: '6', name: 'Building', category: 'undefined' },
      { id: '7', name: 'Done', category: 'done' },
      { id: '8', name: 'Won’t do', category: 'done' },
    ] as const;
    const map = proposeStatuses(site, CASE_STATUSES);
    expect(map.rows).toEqual([
      { crm: ['1'], jira: ['3', '6', '1'] },
      { crm: ['2'], jira: ['4'] },
      { crm: ['3'], jira: ['5'] },
      { crm: ['5', '1000'], jira: ['7', '8'], resolves: true },
    ]);
    expect(
      mapGaps(
        map,
        [...site.map(({ id }) => id), '9'],
        CASE_STATUSES.map(({ value }) => value),
      ),
    ).toEqual({
      jira: ['9'],
      crm: ['4', '6'],
      gone: [],
    });
    expect(mapGaps(map, ['3'], ['1']).gone).toEqual(['6', '1', '4', '5', '7', '8', '2', '3', '5', '1000']);
  });

  test('R-1708 what a map leaves out is told in both languages, but for a cancelled case', () => {
    const jira = [
      { id: '3', name: 'In progress', category: 'indeterminate' },
      { id: '7', name: 'Done', category: 'done' },
    ] as const;
    const values = { jira: { statuses: jira, priorities: [] }, record: { statuses: CASE_STATUSES, priorities: [] } };
    const rows = [{ crm: ['1', '6'], jira: ['3', '99'] }] as const;
    const { status, priority } = policyGaps({ statuses: { rows }, priorities: { rows: [] } }, values);
    expect(status).toEqual({ jira: ['7'], crm: ['2', '3', '4', '5', '1000'], gone: ['99'] });
    expect(mapGapText('status', { jira: ['Done'], crm: ['On Hold'], gone: ['99'] }, 1033)).toBe(
      'Status map: Done (without a counterpart here, so that nothing changes here); On Hold (without a counterpart in Jira, so that it is not sent); 99 (not there any more).',
    );
    expect(mapGapText('status', { jira: [], crm: ['En suspens'], gone: [] }, 3084)).toBe(
      'Table des états\u00a0: En suspens (sans équivalent dans Jira, donc non transmis).',
    );
    expect(mapGapText('priority', priority, 1033)).toBeNull();
  });

  test.each([
    [
      'Cloud',
      ['Highest', 'High', 'Medium', 'Low', 'Lowest'],
      ['High', 'Normal', 'Low'],
      { High: ['High', 'Highest'], Normal: ['Medium'], Low: ['Low', 'Lowest'] },
    ],
    [
      'Cloud, four levels',
      ['Highest', 'High', 'Medium', 'Low', 'Lowest'],
      ['Critical', 'High', 'Medium', 'Low'],
      { Critical: ['Highest'], High: ['High'], Medium: ['Medium'], Low: ['Low', 'Lowest'] },
    ],
    [
      'Data Center',
      ['Blocker', 'Critical', 'Major', 'Minor', 'Trivial'],
      ['High', 'Normal', 'Low'],
      { High: ['Critical', 'Blocker'], Normal: ['Major'], Low: ['Minor', 'Trivial'] },
    ],
    [
      'names of its own, by their order',
      ['P1', 'P2', 'P3'],
      ['High', 'Normal', 'Low'],
      { High: ['P1'], Normal: ['P2'], Low: ['P3'] },
    ],
  ])('priorities of %s', (_name, jira, crm, expected) => {
    const named = (names: readonly string[]) => names.map((name) => ({ id: name, names: [name] }));
    const { rows } = proposePriorities(named(jira), named(crm));
    expect(Object.fromEntries(rows.map((row) => [row.crm[0], [...row.jira]]))).toEqual(expected);
  });
});

describe('required fields of a create (R-1705)', () => {
  const field = (id: string, required: boolean, more: object = {}) => ({
    name: id.toUpperCase(),
    required,
    hasDefaultValue: false,
    schema: { type: 'string' },
    ...more,
  });
  const team = { type: 'option' };
  const described = [
    { id: 'summary', ...field('summary', true) },
    { id: 'issuetype', ...field('issuetype', true) },
    { id: 'reporter', ...field('reporter', true) },
    { id: 'priority', ...field('priority', true, { hasDefaultValue: true }) },
    {
      id: 'customfield_1',
      ...field('team', true, {
        schema: team,
        allowedValues: [
          { id: '7', value: 'Blue' },
          { id: '8', name: 'Red' },
        ],
      }),
    },
    { id: 'duedate', ...field('duedate', false) },
  ];
  const cloud = described.map(({ id, ...one }) => ({ ...one, key: id, fieldId: id }));
  const dataCenter = described.map(({ id, ...one }) => ({ ...one, fieldId: id }));
  const older = Object.fromEntries(described.map(({ id, ...one }) => [id, one]));

  test.each([
    ['Cloud', { startAt: 0, maxResults: 50, total: 6, fields: cloud }],
    ['Data Center', { startAt: 0, maxResults: 50, total: 6, isLast: true, values: dataCenter }],
    [
      'the older form',
      {
        projects: [
          {
            key: 'ACME',
            issuetypes: [
              { id: '9', fields: {} },
              { id: '1', fields: older },
            ],
          },
        ],
      },
    ],
  ])('%s: what nothing fills is found with its choices', (_name, body) => {
    const read = readCreateFields(body, '1')!;
    expect(read.next).toBeNull();
    expect(missingFields(read.fields, ['summary', 'description'])).toEqual([
      {
        id: 'customfield_1',
        items: null,
        isRich: false,
        name: 'TEAM',
        required: true,
        hasDefault: false,
        type: 'option',
        choices: [
          { id: '7', name: 'Blue' },
          { id: '8', name: 'Red' },
        ],
      },
    ]);
    expect(missingFields(read.fields, ['summary', 'customfield_1'])).toEqual([]);
  });

  test('a sub-task of a team-managed project lacks its parent', () => {
    const parent = { fieldId: 'parent', key: 'parent', ...field('parent', true, { schema: { type: 'issuelink' } }) };
    const read = readCreateFields({ fields: [...cloud, parent], startAt: 0, total: 7 }, '1')!;
    expect(missingFields(read.fields, ['summary', 'customfield_1']).map(({ id }) => id)).toEqual(['parent']);
  });

  test('a page tells where the next one starts', () => {
    expect(readCreateFields({ startAt: 0, total: 9, fields: cloud }, '1')?.next).toBe(6);
    expect(readCreateFields({ startAt: 50, isLast: false, total: 60, values: dataCenter }, '1')?.next).toBe(56);
    expect(readCreateFields({ startAt: 6, total: 9, fields: [] }, '1')?.next).toBeNull();
  });

  test.each([[null], ['text'], [{}], [{ projects: [{ issuetypes: [{ id: '2', fields: {} }] }] }]])(
    'something else says nothing: %j',
    (body) => expect(readCreateFields(body, '1')).toBeNull(),
  );
});

describe('what a person enters for a create (R-1705)', () => {
  const field = (over: Partial<CreateField>): CreateField => ({
    id: 'customfield_1',
    name: 'Team',
    required: true,
    hasDefault: false,
    type: 'string',
    items: null,
    isRich: false,
    choices: null,
    ...over,
  });
  const choices = [
    { id: '7', name: 'Blue' },
    { id: '8', name: 'Red' },
  ];
  const rich = (text: string): unknown => ({ rich: text });

  test.each<[string, Partial<CreateField>, string, unknown]>([
    ['a text', {}, ' A team ', { value: 'A team' }],
    ['paragraphs', { isRich: true }, 'A team', { value: { rich: 'A team' } }],
    ['nothing', {}, '  ', { problem: 'empty' }],
    ['one of a list', { type: 'option', choices }, 'Red', { value: { id: '8' } }],
    [
      'one of a list that takes several',
      { type: 'array', items: 'component', choices },
      'Blue',
      { value: [{ id: '7' }] },
    ],
    ['another than the list has', { type: 'option', choices }, 'Green', { problem: 'not-a-choice' }],
    ['a number', { type: 'number' }, '3,5', { value: 3.5 }],
    ['no number', { type: 'number' }, 'three', { problem: 'not-valid' }],
    ['a day', { type: 'date' }, '2025-05-16', { value: '2025-05-16' }],
    ['no day', { type: 'date' }, '2025-13-16', { problem: 'not-valid' }],
    ['a moment', { type: 'datetime' }, '2025-05-16T13:00:00-04:00', { value: '2025-05-16T17:00:00.000+0000' }],
    ['words', { type: 'array', items: 'string' }, 'red, blue', { value: ['red', 'blue'] }],
  ])('%s', (_name, over, entered, expected) => expect(fieldInput(field(over), entered, rich)).toEqual(expected));

  test('a person’s account and a choice within a choice cannot be entered', () => {
    const kinds: Partial<CreateField>[] = [
      { type: 'user' },
      { type: 'issuelink' },
      { type: 'option-with-child', choices },
      { type: 'option', choices: [] },
      { type: 'option', choices },
      { type: 'string' },
    ];
    expect(kinds.map((kind) => isEnterable(field(kind)))).toEqual([false, false, false, false, true, true]);
  });

  const offered = (...names: string[]) => names.map((name) => ({ id: name, name }));
  const words = (found: ReturnType<typeof priorityOfWords>): unknown =>
    Object.fromEntries(Object.entries(found).map(([word, { name }]) => [word, name]));
  const record = [
    { id: '1', names: ['High', 'Élevée'] },
    { id: '2', names: ['Normal', 'Normale'] },
  ];

  test('our priorities become those of the project: by the map of the connection, else the nearest', () => {
    const cloud = offered('Highest', 'High', 'Medium', 'Low', 'Lowest');
    const own = { critical: 'Highest', high: 'High', medium: 'Medium', low: 'Low' };
    expect(words(priorityOfWords(cloud, { rows: [] }, record))).toEqual(own);
    expect(words(priorityOfWords(cloud, { rows: [{ crm: ['1'], jira: ['Highest'] }] }, record))).toEqual({
      ...own,
      high: 'Highest',
    });
    expect(words(priorityOfWords(offered('P1', 'P2'), { rows: [] }, record))).toEqual({
      critical: 'P1',
      high: 'P1',
      medium: 'P1',
      low: 'P2',
    });
    expect(priorityOfWords([], { rows: [] }, record)).toEqual({});
    expect([['Normale'], ['Élevée'], ['Basse'], ['Urgent'], ['Planned']].map(wordOfPriority)).toEqual([
      'medium',
      'high',
      'low',
      'critical',
      null,
    ]);
  });
});
