import { randomUUID } from 'node:crypto';
import { CommandState, commandRow, CommandType, derivedId, LinkState, SyncPreference } from '@crmjira/domain';
import { z } from 'zod';
import { readScreen } from '../../../../controls/form-data/src/issues/create-screen';
import { eventually } from '../../eventually';
import { acme, people } from '../../stand-ins';
import { type Row, startWorld, stopWorlds, type World } from '../../world';

afterEach(stopWorlds, 30_000);

const projectRow = randomUUID();
let world: World;

async function startOffered(): Promise<void> {
  world = await startWorld('2025-05-16T17:00:00Z', {}, { crmjira_Capabilities: 'budget,issues' });
  const made = await world.jira('POST', '/project', {
    key: 'SUP',
    name: 'Support',
    projectTypeKey: 'software',
    projectTemplateKey: 'com.pyxis.greenhopper.jira:gh-simplified-scrum-classic',
    leadAccountId: (await world.jira('GET', '/myself'))['accountId'],
  });
  await world.write('crmjira_jira_projects', projectRow, {
    crmjira_name: 'Support',
    crmjira_project_id: String(made['id']),
    crmjira_project_key: 'SUP',
    crmjira_is_offered: true,
    'crmjira_integration_id@odata.bind': `/crmjira_integrations(${world.config.connectionId})`,
  });
}

/** As the control asks: a row of the person's, and its answer. @param beyond the state that it is to be past */
async function ask(
  record: { table: string; id: string },
  type: CommandType,
  payload: object,
  beyond: CommandState = CommandState.Running,
): Promise<Row> {
  const id = randomUUID();
  const { ...columns } = commandRow(record, type, { crmjira_name: 'x', crmjira_payload: JSON.stringify(payload) });
  await world.writeAs('opportunity.owner', 'crmjira_commands', id, columns);
  return answerOf(id, beyond);
}

const answerOf = (id: string, beyond: CommandState = CommandState.Running): Promise<Row> =>
  eventually(async () => {
    const row = await world.one('crmjira_commands', id);
    expect(row['crmjira_command_state']).toBeGreaterThan(beyond);
    return row;
  });

const texts = z.object({ fields: z.looseObject({ description: z.unknown(), labels: z.array(z.string()) }) });

test.each([
  ['case', 'incident', 'incidents', 'title', 'primarycontactid'],
  ['opportunity', 'opportunity', 'opportunities', 'name', 'parentcontactid'],
])(
  'R-213 R-1705 R-1706 R-1709 from the form of a %s to Jira and back into the mirror',
  async (kind, table, set, title, contact) => {
    await startOffered();
    const record = { table, id: randomUUID() };
    const person = randomUUID();
    await world.write('contacts', person, { firstname: 'Jane', lastname: 'Doe' });
    await world.write(set, record.id, {
      [title]: 'Export of Jane Doe fails',
      [`${contact}@odata.bind`]: `/contacts(${person})`,
      description: 'Since Monday.',
      'customerid_account@odata.bind': `/accounts(${acme})`,
      'ownerid@odata.bind': `/systemusers(${people.owner})`,
    });
    const asked = await ask(record, CommandType.FindIssues, { screen: projectRow });
    const screen = readScreen(JSON.parse(String(asked['crmjira_answer'])));
    expect(screen?.types.map(({ name }) => name)).toContain('Bug');
    const created = await ask(record, CommandType.CreateIssue, {
      project: projectRow,
      type: 'Bug',
      priority: 'high',
      sync: SyncPreference.Both,
      summary: 'Export of Jane Doe fails',
      note: 'See the log.',
      labels: screen?.labels,
      description: screen?.description,
      fields: {},
    });
    const follows = table === 'incident' ? ' The case takes this priority.' : '';
    expect(created).toMatchObject({
      crmjira_command_state: CommandState.Done,
      crmjira_result: `Bug is being created in SUP. Usually a few seconds.${follows}`,
    });
    const { link } = z.object({ link: z.string() }).parse(JSON.parse(String(created['crmjira_answer'])));
    const row = await eventually(async () => {
      const found = await world.one('crmjira_issue_links', link);
      expect(found).toMatchObject({ crmjira_state: LinkState.Linked, crmjira_last_error: null });
      expect(found['_crmjira_jira_issue_value']).toEqual(expect.any(String));
      expect(found['_crmjira_jira_issue_value']).toEqual(expect.any(String));
      return found;
    });
    await world.settled();
    const mirror = await world.one('crmjira_jira_issues', String(row['_crmjira_jira_issue_value']));
    expect(mirror).toMatchObject({
      crmjira_summary: 'Export of [contact] fails',
      crmjira_issue_type: 'Bug',
      crmjira_priority: 'High',
      crmjira_status: 'To Do',
      _crmjira_project_value: projectRow,
    });
    // What was chosen for the issue holds on both sides; the title keeps the name that Jira is not told.
    expect(await world.one(set, record.id)).toMatchObject({
      [title]: 'Export of Jane Doe fails',
      ...(table === 'incident' ? { prioritycode: 1 } : {}),
    });
    const told = JSON.stringify(world.standIns.jira.site.remoteLinks.all());
    expect(told).toContain('Export of [contact] fails');
    expect(told).not.toContain('Jane');
    // One issue, with the words of the preview and the note, and who asked.
    const inProject = world.standIns.jira.site.issues.all().filter(({ key }) => key.startsWith('SUP-'));
    expect(inProject).toHaveLength(1);
    const issue = texts.parse(await world.jira('GET', `/issue/${String(mirror['crmjira_issue_key'])}`));
    expect(issue.fields.labels).toEqual(expect.arrayContaining(['dynamics', kind]));
    const description = JSON.stringify(issue.fields.description);
    for (const words of ['Since Monday.', 'See the log.', 'Acme Corp', 'at the request of Olivia Owens.'])
      expect(description).toContain(words);
    expect(link).toBe(derivedId(String(created['crmjira_commandid']), 'issue-link'));

    // A comment goes there once; an unlink takes back what marks the issue.
    const commented = await ask(record, CommandType.CommentToJira, { link, text: 'Any news?' });
    expect(commented).toMatchObject({ crmjira_command_state: CommandState.Done });
    const { comments } = z
      .object({ comments: z.array(z.unknown()) })
      .parse(await world.jira('GET', `/issue/${String(mirror['crmjira_issue_key'])}/comment`));
    expect(comments).toHaveLength(1);
    // SYNC Invariant 5: it is said to be unlinked when that is in force, after nothing of ours can be on its way; until then it is not.
    const unlinking = await ask(record, CommandType.UnlinkIssue, { link }, CommandState.Requested);
    expect(unlinking).toMatchObject({
      crmjira_command_state: CommandState.Running,
      crmjira_result: expect.stringMatching(/^This takes effect in about a minute/),
    });
    expect(await world.one('crmjira_issue_links', link)).toMatchObject({ crmjira_state: LinkState.Linked });
    world.setClock(new Date(world.clock().getTime() + 60_000).toISOString());
    expect(await answerOf(String(unlinking['crmjira_commandid']))).toMatchObject({
      crmjira_command_state: CommandState.Done,
      crmjira_result: `${String(mirror['crmjira_issue_key'])} is no longer linked.`,
    });
    expect(await world.one('crmjira_issue_links', link)).toMatchObject({ crmjira_state: LinkState.Unlinked });
  },
  60_000,
);
