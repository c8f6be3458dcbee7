import { randomUUID } from 'node:crypto';
import {
  CommandState,
  CommandType,
  ConflictState,
  derivedId,
  jiraIssueRowId,
  LinkState,
  SyncPreference,
  wholeSecond,
} from '@crmjira/domain';
import { z } from 'zod';
import { readScreen } from '../../../../controls/form-data/src/issues/create-screen';
import { connect, type Connections } from '../../../../plugins-proxy/src/capabilities/connect';
import { issueCommands } from '../../../../plugins-proxy/src/capabilities/issues/commands';
import { linkColumns, linkRow } from '../../../../plugins-proxy/src/capabilities/issues/link/stored-row';
import { issuePolicies } from '../../../../plugins-proxy/src/capabilities/issues/policy/issue-policy';
import type { CommandAnswer, GivenCommand } from '../../../../plugins-proxy/src/reconciler/commands';
import { SERVICE_ACCOUNT } from '../../../../sandbox/src/jira';
import { acme, people, type StandIns, startStandIns } from '../../stand-ins';

const row = z.record(z.string(), z.unknown());
type Row = z.output<typeof row>;

let standIns: StandIns;
let connections: Connections;
let time = Date.parse('2025-05-16T17:00:00Z');
const clock = (): Date => new Date(time);
const ids = {
  mine: randomUUID(),
  theirs: randomUUID(),
  contact: randomUUID(),
  offered: randomUUID(),
  other: randomUUID(),
};
let issues: Record<'first' | 'second' | 'secret', { readonly id: string; readonly key: string }>;

async function jira(method: string, path: string, body?: unknown): Promise<Row> {
  const { JIRA_API_TOKEN } = standIns.environment;
  const response = await fetch(`${standIns.jiraUrl}/rest/api/3${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${SERVICE_ACCOUNT.email}:${JIRA_API_TOKEN}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === '' ? {} : row.parse(JSON.parse(text));
}

const create = (collection: string, id: string, columns: Record<string, unknown>): Promise<void> =>
  standIns.admin.changeSet([{ op: 'create', collection, id, columns }]);
const update = (collection: string, id: string, columns: Record<string, unknown>): Promise<void> =>
  standIns.admin.changeSet([{ op: 'update', collection, id, columns }]);

beforeAll(async () => {
  standIns = await startStandIns(clock);
  connections = connect(standIns.config, clock);
  const project = async (key: string, name: string, rowId: string, isOffered: boolean): Promise<string> => {
    const made = await jira('POST', '/project', {
      key,
      name,
      projectTypeKey: 'software',
      projectTemplateKey: 'com.pyxis.greenhopper.jira:gh-simplified-scrum-classic',
      leadAccountId: (await jira('GET', '/myself'))['accountId'],
    });
    await create('crmjira_jira_projects', rowId, {
      crmjira_name: name,
      crmjira_project_id: String(made['id']),
      crmjira_project_key: key,
      crmjira_is_offered: isOffered,
      'crmjira_integration_id@odata.bind': `/crmjira_integrations(${standIns.config.connectionId})`,
    });
    return String(made['id']);
  };
  const support = await project('SUP', 'Support', ids.offered, true);
  const salaries = await project('PAY', 'Salaries', ids.other, false);
  const issue = async (projectId: string, summary: string) => {
    const made = await jira('POST', '/issue', {
      fields: { project: { id: projectId }, issuetype: { name: 'Bug' }, summary },
    });
    return { id: String(made['id']), key: String(made['key']) };
  };
  issues = {
    first: await issue(support, 'Export of "reports" fails'),
    second: await issue(support, 'Import of reports is slow'),
    secret: await issue(salaries, 'Salaries of the export team'),
  };
  await create('contacts', ids.contact, {
    firstname: 'Jane',
    lastname: 'Doe',
    telephone1: '+1 514 555 0199',
    emailaddress1: 'jane.doe@acme.example',
  });
  const opportunity = (id: string, owner: string): Promise<void> =>
    create('opportunities', id, {
      name: 'Portal for Acme, says Jane Doe',
      description: 'Jane Doe (jane.doe@acme.example, 514-555-0199) cannot export.',
      'customerid_account@odata.bind': `/accounts(${acme})`,
      'parentcontactid@odata.bind': `/contacts(${ids.contact})`,
      'ownerid@odata.bind': `/systemusers(${owner})`,
    });
  await opportunity(ids.mine, people.owner);
  await opportunity(ids.theirs, people.manager);
}, 60_000);
afterAll(async () => {
  await connections.close();
  await standIns.close();
});

interface Given extends Partial<GivenCommand> {
  readonly by?: string;
  readonly jira?: Connections['jira'];
}

/** What a person who asks for this is answered. */
async function ask(type: CommandType, payload: unknown, over: Given = {}): Promise<CommandAnswer> {
  const { by = people.owner, jira: sites = connections.jira, ...more } = over;
  const handlers = issueCommands({ ...connections, jira: sites, policyOf: issuePolicies(connections), now: clock });
  const handler = handlers.find((one) => one.type === type);
  if (handler === undefined) throw new Error(`nobody answers ${type}`);
  const answer = await handler.answer({
    id: randomUUID(),
    regarding: { table: 'opportunity', id: ids.mine },
    argument: null,
    payload,
    requestedById: by,
    createdOn: clock().toISOString(),
    correlationId: 'c',
    progress: null,
    ...more,
  });
  if ('againInMs' in answer) throw new Error(`again in ${answer.againInMs} ms`);
  return answer;
}

/** A command with a row of its own, looked at as often as it waits; time passes meanwhile. @param meanwhile what happens during a wait */
async function follow(
  type: CommandType,
  payload: { readonly link: string },
  meanwhile: (waits: number) => Promise<void>,
): Promise<CommandAnswer> {
  const id = randomUUID();
  await create('crmjira_commands', id, {
    crmjira_command_type: type,
    crmjira_command_state: CommandState.Requested,
    crmjira_payload: JSON.stringify(payload),
    'crmjira_opportunity_id@odata.bind': `/opportunities(${ids.mine})`,
  });
  const createdOn = clock().toISOString();
  for (let waits = 0; waits < 20; waits += 1) {
    const written = await standIns.admin.one('crmjira_commands', id, ['crmjira_answer'], row);
    const noted = written?.['crmjira_answer'];
    try {
      return await ask(type, payload, {
        id,
        createdOn,
        progress: typeof noted === 'string' ? JSON.parse(noted) : null,
      });
    } catch (error) {
      const again = /^again in (\d+) ms$/.exec((error as Error).message)?.[1];
      if (again === undefined) throw error;
      time += Number(again);
      await meanwhile(waits);
    }
  }
  throw new Error('It waits for ever.');
}

const links = (recordId = ids.mine): Promise<z.output<typeof linkRow>[]> =>
  standIns.admin.many(
    'crmjira_issue_links',
    { select: linkColumns, filter: `crmjira_regarding_id eq '${recordId}'`, orderBy: ['createdon asc'] },
    linkRow,
  );

/** The screen as the control reads it. */
async function screen(over: Given = {}) {
  const read = readScreen((await ask(CommandType.FindIssues, { screen: ids.offered }, over)).answer);
  if (read === null) throw new Error('no screen');
  return read;
}
const creation = async (over: Record<string, unknown> = {}) => {
  const { description } = await screen();
  const asked = {
    project: ids.offered,
    type: 'Bug',
    priority: 'critical',
    summary: 'Export fails',
    sync: 1,
    labels: ['x'],
  };
  return { ...asked, description, note: 'Ask Jane Doe.', fields: {}, ...over };
};

describe('who may ask', () => {
  const of = { regarding: { table: 'opportunity', id: ids.theirs } };
  const wishes: readonly (readonly [string, CommandType])[] = [
    ['Create issue', CommandType.CreateIssue],
    ['Link issue', CommandType.LinkIssue],
    ['Unlink issue', CommandType.UnlinkIssue],
    ['Set sync', CommandType.SetSync],
    ['Undo', CommandType.Undo],
    ['Resolve conflict', CommandType.ResolveConflict],
    ['Comment to Jira', CommandType.CommentToJira],
    ['Sync now', CommandType.SyncNow],
    ['Retry', CommandType.Retry],
  ];

  test.each(wishes)('R-1705 R-1707 who may only read the record is refused: %s', async (wish, type) => {
    const before = await links(ids.theirs);
    expect(await ask(type, { link: randomUUID(), text: 'x' }, of)).toEqual({
      state: CommandState.Refused,
      result:
        'You do not have permission to change this opportunity. Ask its owner or an administrator. Nothing was changed.',
    });
    expect(await links(ids.theirs)).toEqual(before);
    const log = { filter: `crmjira_regarding_id eq '${ids.theirs}'`, select: [] };
    const logs = await standIns.admin.many('crmjira_integration_logs', log, row);
    expect(logs.map((one) => one['crmjira_error_message'])).toContain(
      `${wish} of systemuser ${people.owner} was refused: write.`,
    );
  });

  test('R-1705 who may not read it is told nothing, who may finds issues', async () => {
    const found = await ask(CommandType.FindIssues, { text: 'export' }, of);
    expect(found.state).toBe(CommandState.Done);
    expect(await ask(CommandType.FindIssues, { text: 'export' }, { ...of, by: people.finance })).toEqual({
      state: CommandState.Refused,
      result: 'You do not have permission to see this record. Ask its owner or an administrator. Nothing was changed.',
    });
  });

  test('a table that has no issues, and a payload of another kind, are refused in words', async () => {
    expect(await ask(CommandType.FindIssues, {}, { regarding: { table: 'lead', id: ids.mine } })).toMatchObject({
      state: CommandState.Failed,
    });
    expect(await ask(CommandType.FindIssues, { words: 'export' })).toMatchObject({
      state: CommandState.Refused,
      result: expect.stringMatching(/^The request could not be read/),
    });
  });
});

describe('Find issues (R-1707)', () => {
  const keys = async (text: string): Promise<unknown> => {
    const { answer } = await ask(CommandType.FindIssues, { text });
    return z
      .object({ issues: z.array(z.object({ key: z.string() })) })
      .parse(answer)
      .issues.map(({ key }) => key);
  };

  test('R-1707 by words of the summary, or by its key, and only in offered projects', async () => {
    expect(await keys('rep exp')).toEqual([issues.first.key]);
    expect(await keys('"reports" AND project = PAY')).toEqual([]);
    expect(await keys('report')).toEqual(expect.arrayContaining([issues.first.key, issues.second.key]));
    expect(await keys(issues.second.key.toLowerCase())).toEqual([issues.second.key]);
    expect(await keys(issues.secret.key)).toEqual([]);
    expect(await keys('salaries')).toEqual([]);
    expect(await keys('()"')).toEqual([]);
    const { answer, result } = await ask(CommandType.FindIssues, { text: issues.first.key });
    expect(result).toBe('1 issue found.');
    expect(answer).toEqual({
      issues: [
        {
          key: issues.first.key,
          summary: 'Export of "reports" fails',
          status: 'To Do',
          category: 'new',
          assignee: null,
          id: issues.first.id,
          integration: standIns.config.connectionId,
        },
      ],
    });
  });

  test('R-1705 R-1706 shows what a project asks for, and what will be sent, without the contact', async () => {
    const read = await screen();
    expect(read.types.map(({ name }) => name).sort()).toEqual(['Bug', 'Epic', 'Story', 'Task']);
    expect(read.types.flatMap(({ fields }) => fields)).toEqual([]);
    expect(read.priorities).toEqual({ critical: 'Highest', high: 'High', medium: 'Medium', low: 'Low' });
    expect(read.priority).toBe('medium');
    expect(read.labels).toEqual(['dynamics', 'opportunity']);
    expect(read.description).toBe(
      [
        '[contact] ([e-mail], [phone]) cannot export.',
        'Account: Acme Corp',
        `Open in Dynamics 365: ${standIns.config.recordUrl}${ids.mine}`,
        'Created from an opportunity in Dynamics 365 at the request of Olivia Owens.',
      ].join('\n\n'),
    );
    expect(await ask(CommandType.FindIssues, { screen: ids.other })).toEqual({
      state: CommandState.Refused,
      result:
        'PAY is not offered for issues. Choose another project, or ask an administrator of the integration to offer it. Nothing was changed.',
    });
  });
});

describe('Create issue (R-1705)', () => {
  test('R-1705 R-1706 makes one link, however often it is answered, with what was previewed', async () => {
    const id = randomUUID();
    const payload = await creation();
    const answers = [
      await ask(CommandType.CreateIssue, payload, { id }),
      await ask(CommandType.CreateIssue, payload, { id }),
    ];
    const linkId = derivedId(id, 'issue-link');
    for (const answer of answers)
      expect(answer).toEqual({
        state: CommandState.Done,
        result: 'Bug is being created in SUP. Usually a few seconds.',
        answer: { link: linkId },
        keys: [`issue-link:${linkId}`],
      });
    const made = (await links()).filter((one) => one.id === linkId);
    expect(made).toMatchObject([
      { table: 'opportunity', recordId: ids.mine, state: LinkState.Requested, preference: SyncPreference.Both },
    ]);
    const { create: wish, project, stored } = made[0]!.document!;
    expect([project, stored.stage, stored.seen.owner]).toEqual([ids.offered, 'asked', people.owner]);
    expect(wish).toMatchObject({ typeName: 'Bug', priority: '1', summary: 'Export fails', labels: ['x'], fields: {} });
    expect(wish?.description.slice(0, 2)).toEqual([
      { kind: 'text', text: '[contact] ([e-mail], [phone]) cannot export.' },
      { kind: 'text', text: 'Ask [contact].' },
    ]);
    const [stands] = await standIns.admin.many(
      'crmjira_issue_links',
      { select: [], filter: `crmjira_issue_linkid eq ${linkId}` },
      row,
    );
    expect(stands).toMatchObject({
      crmjira_created_note: 'Ask Jane Doe.',
      _crmjira_created_by_user_value: people.owner,
      _crmjira_regarding_opportunity_value: ids.mine,
    });
  });

  test('R-1706 without a summary of its own it takes the title, without the contact; several selected records send no preview', async () => {
    const { description: _none, summary: _title, ...payload } = await creation();
    const { answer } = await ask(CommandType.CreateIssue, payload);
    const { link } = z.object({ link: z.string() }).parse(answer);
    const made = (await links()).find(({ id }) => id === link);
    expect(made?.document?.create).toMatchObject({ summary: 'Portal for Acme, says [contact]' });
  });

  test.each([
    ['a project that is not offered', { project: ids.other }, /^PAY is not offered for issues\./],
    [
      'a type that it does not have',
      { type: 'Incident' },
      'SUP does not offer the type Incident. Choose another type. Nothing was created.',
    ],
    ['a type that needs a parent', { type: 'Sub-task' }, /^SUP does not offer the type Sub-task\./],
    ['no summary', { summary: ' ' }, 'An issue needs a summary. Enter one. Nothing was created.'],
    [
      'another description than the record’s',
      { description: 'x' },
      /^The record has changed since the description was shown\./,
    ],
    ['a priority of its own', { priority: 'P1' }, /^The request could not be read/],
  ])('R-1705 is refused in words: %s', async (_name, over, result) => {
    const before = (await links()).length;
    const answer = await ask(CommandType.CreateIssue, await creation(over));
    expect(answer).toMatchObject({ state: CommandState.Refused });
    expect(answer.result).toMatch(result);
    expect((await links()).length).toBe(before);
  });
});

describe('Link issue and what follows (R-1707)', () => {
  const integration = (): string => standIns.config.connectionId;
  const linkIt = (issue: 'first' | 'second' | 'secret', over: Given = {}, more: object = {}) =>
    ask(
      CommandType.LinkIssue,
      { key: issues[issue].key, issueId: issues[issue].id, integration: integration(), sync: 1, ...more },
      over,
    );
  const linkOf = (recordId: string, issue: 'first' | 'second'): string =>
    derivedId(recordId, 'issue-link', integration(), issues[issue].id);

  test('R-1707 links once: a duplicate is refused and names who; another record may have the same issue', async () => {
    const link = linkOf(ids.mine, 'first');
    // As Dataverse gives it, in whole seconds; the wish is noted within the same one.
    const given = { createdOn: wholeSecond(clock().toISOString()) };
    time += 300;
    const first = await linkIt('first', given);
    expect(first).toEqual({
      state: CommandState.Done,
      result: `${issues.first.key} was linked.`,
      answer: { link, key: issues.first.key },
      keys: [`issue-link:${link}`],
    });
    // The run of the same command that was cut off before its answer.
    expect(await linkIt('first', given)).toEqual(first);
    time += 60_000;
    const duplicate = await linkIt('first');
    expect(duplicate.state).toBe(CommandState.Refused);
    expect(duplicate.result).toBe(
      `${issues.first.key} is already linked to this opportunity. Olivia Owens linked it on May 16, 2025. Nothing was changed.`,
    );
    const elsewhere = { by: people.manager, regarding: { table: 'opportunity', id: ids.theirs } };
    expect(await linkIt('first', elsewhere)).toMatchObject({ state: CommandState.Done });
    expect((await links()).filter(({ id }) => id === link)).toMatchObject([
      { name: issues.first.key, document: { stored: { stage: 'asked', issueId: issues.first.id }, create: null } },
    ]);
  });

  test('R-1707 an issue of a project that is not offered, or that is not there, is refused', async () => {
    expect((await linkIt('secret')).result).toBe(
      'PAY is not offered for issues. Choose another project, or ask an administrator of the integration to offer it. Nothing was changed.',
    );
    const missing = await ask(CommandType.LinkIssue, { key: 'SUP-999', sync: 1 });
    expect(missing).toMatchObject({ state: CommandState.Refused });
    expect(missing.result).toBe(
      'SUP-999 does not exist in Jira, or the integration account cannot see it. Check the key. Nothing was changed.',
    );
  });

  test('R-1707 an issue with a level of security is neither found nor linked, and nobody is told that it is there', async () => {
    const { http } = connections.jira.first.site;
    const restricted: typeof http = {
      ...http,
      find: async (call) => {
        const found: unknown = await http.find<z.ZodUnknown>({ ...call, schema: z.unknown() });
        const issue = z.looseObject({ fields: z.looseObject({}) }).safeParse(found).data;
        return call.schema.parse(issue ? { ...issue, fields: { ...issue.fields, security: { id: '1' } } } : found);
      },
    };
    const first = { ...connections.jira.first, site: { ...connections.jira.first.site, http: restricted } };
    const jira = { ...connections.jira, first, all: () => [first], of: async () => first };
    expect(await ask(CommandType.FindIssues, { text: issues.second.key }, { jira })).toMatchObject({
      answer: { issues: [] },
    });
    expect(await linkIt('second', { jira })).toMatchObject({
      state: CommandState.Refused,
      result: expect.stringMatching(/does not exist in Jira, or the integration account cannot see it/),
    });
  });

  test('R-1707 an issue of the mirror is linked by its row, without asking Jira', async () => {
    const mirror = jiraIssueRowId(integration(), issues.second.id);
    await create('crmjira_jira_issues', mirror, {
      crmjira_issue_id: issues.second.id,
      crmjira_issue_key: issues.second.key,
      'crmjira_project@odata.bind': `/crmjira_jira_projects(${ids.offered})`,
      'crmjira_integration_id@odata.bind': `/crmjira_integrations(${integration()})`,
    });
    const answer = await ask(CommandType.LinkIssue, { key: issues.second.key, issueId: mirror, sync: 2 });
    expect(answer).toMatchObject({ state: CommandState.Done });
    const link = linkOf(ids.mine, 'second');
    const made = (await links()).find(({ id }) => id === link);
    expect(made).toMatchObject({ mirrorRowId: mirror, preference: SyncPreference.JiraToCrm });
  });

  test('R-1707 R-1715 unlink, its undo, sync and retry are wishes that the module finds in the link’s row', async () => {
    const link = linkOf(ids.mine, 'second');
    const read = async () => (await links()).find(({ id }) => id === link);
    const key = issues.second.key;
    const unlink = randomUUID();
    const wished = { state: CommandState.Done, keys: [`issue-link:${link}`] };
    expect(await ask(CommandType.SetSync, { link, sync: 3 })).toMatchObject({
      ...wished,
      result: `Sync of ${key}: To Jira.`,
    });
    expect(await read()).toMatchObject({ preference: SyncPreference.CrmToJira });
    await create('crmjira_commands', unlink, {
      crmjira_command_type: CommandType.UnlinkIssue,
      crmjira_command_state: CommandState.Done,
      crmjira_payload: JSON.stringify({ link }),
      'crmjira_opportunity_id@odata.bind': `/opportunities(${ids.mine})`,
    });
    time += 1_000;
    const before = clock().toISOString();
    // Told as done when the module has confirmed it, not before (SYNC Invariant 5); a wait that has no end is told, too.
    const stage = async (to: string): Promise<void> => {
      const { document } = (await read())!;
      const stored = { ...document!.stored, stage: to };
      await update('crmjira_issue_links', link, { crmjira_base: JSON.stringify({ ...document, stored }) });
    };
    await stage('linked');
    expect(await follow(CommandType.UnlinkIssue, { link }, async () => undefined)).toMatchObject({
      state: CommandState.Failed,
      result: expect.stringMatching(/^Jira has not answered yet\. This takes effect by itself/),
    });
    expect(await read()).toMatchObject({ document: { unlinkWanted: true, wishedOn: before } });
    expect(
      await follow(CommandType.UnlinkIssue, { link }, async (waits) => {
        expect(await read()).toMatchObject({ document: { stored: { stage: 'linked' } } });
        if (waits === 0) await stage('unlinked');
      }),
    ).toMatchObject({ ...wished, result: `${key} is no longer linked.` });
    await stage('linked');
    expect(await ask(CommandType.Undo, { link, command: randomUUID() })).toMatchObject({
      state: CommandState.Refused,
      result: 'Only an unlink can be undone. Nothing was changed.',
    });
    expect(await ask(CommandType.Undo, { link, command: unlink })).toMatchObject(wished);
    expect(await read()).toMatchObject({ preference: SyncPreference.CrmToJira, document: { unlinkWanted: false } });
    expect(await ask(CommandType.Retry, { link })).toMatchObject(wished);
    expect(await ask(CommandType.SyncNow, null)).toMatchObject({ keys: [`linked-record:opportunity/${ids.mine}`] });
    // A link of another record is none of this one's.
    const foreign = await ask(CommandType.UnlinkIssue, { link: linkOf(ids.theirs, 'first') });
    expect(foreign).toMatchObject({
      state: CommandState.Refused,
      result: expect.stringMatching(/^This record has no such link/),
    });
  });

  test('R-1708 a decision counts for the values that were shown; for others it is refused', async () => {
    const link = linkOf(ids.mine, 'second');
    const read = async () => (await links()).find(({ id }) => id === link)!.document!;
    const conflict = randomUUID();
    const document = await read();
    const shown = { entry: conflict, crm: '1', jira: '2' };
    const status = { crm: '1', jira: '1', version: 1, cursor: 0, entered: [], conflict: shown };
    const stored = { ...document.stored, stage: 'linked', fields: { status } };
    await update('crmjira_issue_links', link, { crmjira_base: JSON.stringify({ ...document, stored }) });
    await create('crmjira_sync_conflicts', conflict, {
      crmjira_regarding_table: 'opportunity',
      crmjira_regarding_id: ids.mine,
      'crmjira_link@odata.bind': `/crmjira_issue_links(${link})`,
      crmjira_field: 'Status',
      crmjira_crm_value: 'In Progress',
      crmjira_jira_value: 'Done',
      crmjira_state: ConflictState.Open,
    });
    const decide = (over: object = {}) =>
      ask(CommandType.ResolveConflict, { link, conflict, keep: 'crm', crm: 'In Progress', jira: 'Done', ...over });
    for (const over of [{ jira: 'In Review' }, { crm: null }, { conflict: randomUUID() }])
      expect(await decide(over)).toEqual({
        state: CommandState.Refused,
        result: 'The values have changed since they were shown. Nothing was overwritten; decide again.',
      });
    expect((await read()).decisions).toEqual([]);
    expect(await decide()).toMatchObject({ state: CommandState.Done, keys: [`issue-link:${link}`] });
    expect((await read()).decisions).toMatchObject([
      { field: 'status', side: 'crm', by: people.owner, crm: '1', jira: '2' },
    ]);
    await update('crmjira_sync_conflicts', conflict, { crmjira_state: ConflictState.Superseded });
    expect(await decide()).toMatchObject({ state: CommandState.Refused });
  });

  test('R-1707 an unlinked issue is linked again in its own row', async () => {
    const link = linkOf(ids.mine, 'second');
    // Taken back while it waits: it is not wished a second time.
    const unlinked = await follow(CommandType.UnlinkIssue, { link }, async () => {
      expect(await linkIt('second', {}, { sync: 1 })).toMatchObject({ state: CommandState.Done, answer: { link } });
    });
    expect(unlinked).toMatchObject({ state: CommandState.Refused, result: expect.stringMatching(/is linked again/) });
    expect(await linkIt('second', {}, { sync: 1 })).toMatchObject({ state: CommandState.Done, answer: { link } });
    expect((await links()).filter(({ id }) => id === link)).toMatchObject([
      { preference: SyncPreference.Both, document: { unlinkWanted: false } },
    ]);
  });
});

describe('Comment to Jira (R-1709)', () => {
  const comments = async (): Promise<readonly unknown[]> =>
    z.object({ comments: z.array(z.unknown()) }).parse(await jira('GET', `/issue/${issues.first.id}/comment`)).comments;
  const link = (): string => derivedId(ids.mine, 'issue-link', standIns.config.connectionId, issues.first.id);

  test('is sent once with who wrote it, without the contact, also when the answer was lost', async () => {
    const id = randomUUID();
    await create('crmjira_commands', id, {
      crmjira_command_type: CommandType.CommentToJira,
      crmjira_command_state: CommandState.Requested,
      'crmjira_opportunity_id@odata.bind': `/opportunities(${ids.mine})`,
    });
    const payload = { link: link(), text: 'Jane Doe asks when it is done.' };
    const commented = { state: CommandState.Done, result: `The comment was added to ${issues.first.key}.` };
    expect(await ask(CommandType.CommentToJira, payload, { id })).toEqual(commented);
    expect(JSON.stringify(await comments())).toContain('Olivia Owens, from Dynamics 365:');
    expect(JSON.stringify(await comments())).toContain('[contact] asks when it is done.');
    // As a run finds it that was cut off between Jira's answer and its own note.
    const progress = { done: [], sending: { link: link(), on: clock().toISOString() } };
    await expect(ask(CommandType.CommentToJira, payload, { id, progress })).rejects.toThrow('again in');
    time += 60_000;
    expect(await ask(CommandType.CommentToJira, payload, { id, progress })).toEqual(commented);
    expect(await comments()).toHaveLength(1);
    // What never arrived is sent.
    const other = randomUUID();
    await create('crmjira_commands', other, {
      crmjira_command_type: CommandType.CommentToJira,
      crmjira_command_state: CommandState.Requested,
      'crmjira_opportunity_id@odata.bind': `/opportunities(${ids.mine})`,
    });
    const lost = { done: [], sending: { link: link(), on: new Date(time - 60_000).toISOString() } };
    expect(await ask(CommandType.CommentToJira, payload, { id: other, progress: lost })).toEqual(commented);
    expect(await comments()).toHaveLength(2);
  });

  test('an empty one, one to a link that is off, and one to no link are refused', async () => {
    expect(await ask(CommandType.CommentToJira, { link: link(), text: ' ' })).toMatchObject({
      state: CommandState.Refused,
      result: 'The comment is empty. Nothing was sent.',
    });
    await update('crmjira_issue_links', link(), { crmjira_sync_preference: SyncPreference.Off });
    const off = await ask(CommandType.CommentToJira, { link: link(), text: 'x' });
    expect(off.result).toMatch(/^Sync of SUP-\d+ is off, so that nothing is sent\./);
    const none = await ask(CommandType.CommentToJira, { link: randomUUID(), text: 'x' });
    expect(none.result).toMatch(/^This record has no such link/);
  });
});
