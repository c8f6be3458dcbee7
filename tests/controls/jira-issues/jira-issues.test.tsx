import '@testing-library/jest-dom';
import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { LinkState } from '@crmjira/domain';
import { JiraIssues } from '../../../controls/jira-issues/src/JiraIssues/index';
import { OPPORTUNITY_ID, type Row, mapping } from '../platform/rows';
import { type ControlClass, freezePage, showControl, thawPage } from '../platform/show-control';
import {
  ACCOUNT_ID,
  CAPABILITIES,
  CASE_ID,
  PRODUCT_ID,
  PROJECT_ID,
  conflict,
  idOf,
  issue,
  issueTables,
  link,
  resolved,
} from './issue-rows';

// The lifecycle is driven without the control's own inputs: it only reads column security from them.
const Control = JiraIssues as unknown as ControlClass;
type Options = Omit<Parameters<typeof showControl>[1], 'control' | 'rows'> & {
  readonly rows?: Parameters<typeof issueTables>[0];
};
const show = ({ rows, ...options }: Options = {}) =>
  showControl(Control, {
    control: 'jira-issues',
    table: 'incident',
    recordId: CASE_ID,
    rows: issueTables(rows),
    ...options,
  });
// Menus of Fluent let no pointer through until they are placed, which needs a layout.
const user = () => userEvent.setup({ advanceTimers: (ms) => void jest.advanceTimersByTime(ms), pointerEventsCheck: 0 });
const chip = (name: string) => screen.getByText(name, { selector: '.crmjira-heading .crmjira-chip' });
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const text = () => (document.body.textContent ?? '').replace(/[\u00a0\u202f]/g, ' ');
const payloads = (commands: readonly Row[] | undefined) =>
  (commands ?? []).map((row) => [row.crmjira_command_type, JSON.parse(String(row.crmjira_payload))]);
/** Plays the integration: answers the newest command. */
const answer = (commands: readonly Row[] | undefined, state: number, result = '', document: unknown = null) =>
  Object.assign(commands?.at(-1) ?? {}, {
    crmjira_command_state: state,
    crmjira_result: result,
    crmjira_answer: document && JSON.stringify(document),
  });

beforeEach(freezePage);
afterEach(thawPage);

describe('R-1709 the list', () => {
  it('shows each issue with key, summary, type, status, priority, assignee and age, open before resolved', async () => {
    const older = link(
      'SCAN-118',
      { crmjira_sync_preference: 2 },
      { crmjira_updated: '2025-05-14T17:52:00Z', crmjira_assignee: null },
    );
    await show({ rows: { crmjira_issue_link: [resolved('DOCK-471'), older, link('DOCK-482')] } });
    expect(chip('Up to date')).toBeInTheDocument();
    const rows = screen.getAllByRole('listitem').map((row) => row.textContent);
    expect(rows).toEqual(
      [
        'DOCK-482Summary of DOCK-482In ProgressBug HighAmélie RoyUpdated 12 minutes agoBoth ways',
        'SCAN-118Summary of SCAN-118In ProgressBug HighUnassignedUpdated 2 days agoFrom Jira',
        'DOCK-471Summary of DOCK-471DoneBug HighAmélie RoyResolved May 14Both ways',
      ].map((row) => row.replace('May 14', 'May\u00a014')),
    );
    expect(screen.getByRole('link', { name: 'DOCK-482' })).toHaveAttribute(
      'href',
      'https://jira.example.com/browse/DOCK-482',
    );
    expect(text()).toContain('Open (2)');
    expect(text()).toContain('Resolved (1)');
    expect(text()).toContain('2 open, 1 resolvedSynced 2 minutes ago');
  });

  it('shows six, and all when asked', async () => {
    const many = Array.from({ length: 9 }, (_, index) => link(`DOCK-${index + 1}`));
    await show({ rows: { crmjira_issue_link: many } });
    expect(screen.getAllByRole('listitem')).toHaveLength(6);
    await user().click(button('Show all (9)'));
    expect(screen.getAllByRole('listitem')).toHaveLength(9);
  });

  it('shows within five seconds what has changed in a link or its issue', async () => {
    const { server, pass } = await show({ rows: { crmjira_issue_link: [link('DOCK-482')] } });
    await pass(4_000);
    const before = server.calls.length;
    await pass(4_000);
    expect(server.calls.slice(before)).toEqual(['list crmjira_issue_link', 'look at incident']);
    server.tables.crmjira_issue_link = [link('DOCK-482', {}, { crmjira_status: 'In Review' })];
    await pass(5_000);
    expect(text()).toContain('In Review');
  });

  it('R-215 shows reference, status and utilization of the project’s budget on a case', async () => {
    const budget = {
      ...mapping({ crmjira_utilization: 46 }),
      'crmjira_budget_status@OData.Community.Display.V1.FormattedValue': 'Active',
    };
    const { context } = await show({
      rows: { crmjira_issue_link: [link('DOCK-482')], crmjira_budget_mapping: [budget] },
    });
    expect(text()).toContain('Project CRM-202501-A1B2C3D4Active 46.0% spent');
    await user().click(button('Open opportunity'));
    expect(context().navigation.openForm).toHaveBeenCalledWith({ entityName: 'opportunity', entityId: OPPORTUNITY_ID });
  });

  it('hides the budget from those who may not read it, and says nothing', async () => {
    const { server, pass } = await show({ rows: { crmjira_issue_link: [link('DOCK-482')] } });
    server.refusals.crmjira_budget_mapping = { errorCode: 0x80040220 };
    server.tables.crmjira_issue_link = [link('DOCK-482', {}, { crmjira_status: 'In Review' })];
    await pass(9_000);
    expect(text()).toContain('In Review');
    expect(text()).not.toContain('spent');
    expect(text()).not.toContain('could be read');
  });
});

describe('states', () => {
  it.each([
    [{ recordId: null }, 'Not saved', 'Save the case first.'],
    [{ readable: false }, 'Hidden', 'You do not have permission to see the Jira issues of this case.'],
    [{ failure: { errorCode: 0x80040220 } }, 'Hidden', 'An administrator can grant it.'],
    [
      { failure: new Error('down') },
      'Not read',
      'The Jira issues could not be read.Nothing was changed. It is tried again by itself.',
    ],
    [
      { rows: { environmentvariabledefinition: CAPABILITIES('budget') } },
      'Switched off',
      'Jira issues are switched off in this environment.',
    ],
    [{}, 'No issue linked', 'Suggested project: DOCK · DockFlow, from the product of the case.'],
    [
      { offline: true, rows: { crmjira_issue_link: [link('DOCK-482')] } },
      'Offline',
      'Links and commands return when you are online.',
    ],
    [
      { privileges: (table: string) => table !== 'crmjira_command', rows: { crmjira_issue_link: [link('DOCK-482')] } },
      'Up to date',
      'You can see these issues, not change their links.',
    ],
    [
      { rows: { incident: [{ incidentid: CASE_ID, statecode: 1, title: 'Solved' }] } },
      'No issue linked',
      'Read-only: this case is closed.',
    ],
  ] as [Options, string, string][])('%#', async (options, name, words) => {
    await show(options);
    expect(chip(name)).toBeInTheDocument();
    expect(text()).toContain(words);
  });

  it('draws what is being read', async () => {
    await show({ hang: true });
    expect(screen.getByRole('status', { name: 'Reading the Jira issues' })).toBeInTheDocument();
  });

  it.each([{ disabled: true }, { offline: true }, { privileges: (table: string) => table !== 'crmjira_command' }])(
    'offers no command with %j',
    async (options) => {
      await show({ ...options, rows: { crmjira_issue_link: [link('DOCK-482')], crmjira_budget_mapping: [] } });
      expect(screen.queryByRole('button')).toBeNull();
    },
  );

  it('says it in French, of an opportunity', async () => {
    await show({ language: 3084, table: 'opportunity', recordId: OPPORTUNITY_ID });
    expect(text()).toContain('Aucun ticket Jira n’est lié à cette opportunité.');
    expect(text()).toContain('Projet : DOCK · DockFlow, le projet de l’opportunité.');
  });
});

describe('R-1715 a link that fails', () => {
  it('says why and what to do, and is tried again', async () => {
    const failing = link('DOCK-482', {
      crmjira_state: 3,
      crmjira_last_error: 'No step leads to Blocked. Nothing was changed in Jira.',
    });
    const { server, pass } = await show({ rows: { crmjira_issue_link: [failing] } });
    expect(chip('1 not syncing')).toBeInTheDocument();
    expect(text()).toContain('DOCK-482 is not syncing.No step leads to Blocked. Nothing was changed in Jira.');
    expect(text()).toContain('As of 14:02');
    await user().click(button('Retry'));
    await pass(0);
    expect(payloads(server.tables.crmjira_command)).toEqual([[6, { link: idOf('DOCK-482') }]]);
    expect(text()).toContain('Retrying DOCK-482Requested.');
    answer(server.tables.crmjira_command, 5, 'Jira refused again.');
    await pass(500);
    expect(text()).toContain('This failed: Jira refused again.');
    await user().click(button('Dismiss'));
    expect(text()).not.toContain('refused again');
  });

  it('says once that Jira does not answer, and that nothing is lost', async () => {
    const away = {
      crmjira_state: 3,
      crmjira_error_code: 'jira-unavailable',
      crmjira_last_error: "Jira is not responding. We'll retry automatically.",
      crmjira_next_retry_on: '2025-05-16T18:10:00Z',
    };
    await show({ rows: { crmjira_issue_link: [link('DOCK-1', away), link('DOCK-2', away)] } });
    expect(chip('Not syncing')).toBeInTheDocument();
    expect(text().match(/Jira unreachable since 14:02/g)).toHaveLength(1);
    expect(text()).toContain('Nothing is lost: changes and new issues are sent when Jira answers. Next try 14:10.');
    expect(text()).toContain('Last sync 14:02');
  });

  it('offers to unlink what is gone', async () => {
    await show({ rows: { crmjira_issue_link: [link('DOCK-482', {}, { crmjira_is_deleted: true })] } });
    expect(text()).toContain('DOCK-482 no longer exists in Jira, or the integration account cannot see it.');
    await user().click(button('Unlink'));
    expect(text()).toContain('Unlink DOCK-482 from this case?');
  });
});

describe('R-1707 unlinking', () => {
  const unlink = async () => {
    const shown = await show({ rows: { crmjira_issue_link: [link('DOCK-482'), link('DOCK-471')] } });
    await user().click(button('More actions for DOCK-471'));
    await user().click(screen.getByRole('menuitem', { name: 'Unlink…' }));
    return shown;
  };

  it('asks first, with the focus on the safe answer; Escape keeps the link', async () => {
    const { server } = await unlink();
    expect(button('Keep linked')).toHaveFocus();
    await user().keyboard('{Escape}');
    expect(text()).not.toContain('Unlink DOCK-471 from this case?');
    expect(server.tables.crmjira_command).toEqual([]);
  });

  const tell = (server: Awaited<ReturnType<typeof show>>['server'], crmjira_state: LinkState) =>
    Object.assign(server.tables.crmjira_issue_link?.[1] ?? {}, { crmjira_state });

  it('is over when the issue is linked again elsewhere: the row shows, and there is nothing to undo', async () => {
    const { server, pass } = await unlink();
    await user().click(button('Unlink'));
    await pass(0);
    tell(server, LinkState.Unlinked);
    answer(server.tables.crmjira_command, 3);
    await pass(500);
    expect(text()).toContain('DOCK-471 is no longer linked.');
    expect(screen.getAllByRole('listitem')).toHaveLength(1);
    tell(server, LinkState.Linked);
    await pass(5_000);
    expect(screen.getAllByRole('listitem')).toHaveLength(2);
    expect(text()).not.toContain('no longer linked');
  });

  it('is done by a command, and undone by another', async () => {
    const { server, pass } = await unlink();
    await user().click(button('Unlink'));
    await pass(0);
    expect(payloads(server.tables.crmjira_command)).toEqual([[12, { link: idOf('DOCK-471') }]]);
    expect(server.tables.crmjira_command?.[0]).toMatchObject({
      crmjira_regarding_table: 'incident',
      crmjira_regarding_id: CASE_ID,
    });
    // In force when the service has said so, not before.
    expect(text()).toContain('Unlinking DOCK-471Requested.');
    tell(server, LinkState.Unlinked);
    answer(server.tables.crmjira_command, 3);
    await pass(500);
    expect(text()).toContain('DOCK-471 is no longer linked.');
    expect(button('Undo')).toHaveFocus();
    expect(screen.getAllByRole('listitem')).toHaveLength(1);
    await user().click(button('Undo'));
    await pass(0);
    const [asked] = server.tables.crmjira_command ?? [];
    expect(payloads(server.tables.crmjira_command)[1]).toEqual([
      14,
      { command: asked?.crmjira_commandid, link: idOf('DOCK-471') },
    ]);
    tell(server, LinkState.Linked);
    answer(server.tables.crmjira_command, 3);
    await pass(500);
    expect(text()).not.toContain('no longer linked');
    expect(screen.getAllByRole('listitem')).toHaveLength(2);
  });
});

it('R-1707 the sync setting of a link shows the wish at once, and the old one again when it is refused', async () => {
  const { server, pass } = await show({ rows: { crmjira_issue_link: [link('DOCK-482')] } });
  await user().click(button('Sync DOCK-482: Both ways'));
  expect(screen.getAllByRole('menuitemradio').map((item) => item.getAttribute('aria-checked'))).toEqual([
    'true',
    'false',
    'false',
    'false',
  ]);
  await user().click(screen.getByRole('menuitemradio', { name: /^From Jira/ }));
  await pass(0);
  expect(payloads(server.tables.crmjira_command)).toEqual([[13, { link: idOf('DOCK-482'), sync: 2 }]]);
  expect(button('Sync DOCK-482: From Jira')).toBeInTheDocument();
  answer(server.tables.crmjira_command, 4, 'You may not change this case.');
  await pass(500);
  expect(button('Sync DOCK-482: Both ways')).toBeInTheDocument();
  expect(text()).toContain('Not done: You may not change this case.');
});

it('R-1708 the sync setting of an opportunity says that none of its fields is synced', async () => {
  await show({
    table: 'opportunity',
    recordId: OPPORTUNITY_ID,
    rows: {
      crmjira_issue_link: [
        link('DOCK-482', { crmjira_regarding_table: 'opportunity', crmjira_regarding_id: OPPORTUNITY_ID }),
      ],
    },
  });
  await user().click(button('Sync DOCK-482: Both ways'));
  expect(screen.getByRole('menuitemradio', { name: /^Both ways/ })).toHaveTextContent('No field is synced.');
});

it('R-1708 a conflict shows both values, and one press decides it for the values that were seen', async () => {
  const { server, pass } = await show({
    rows: { crmjira_issue_link: [link('DOCK-482')], crmjira_sync_conflict: [conflict('DOCK-482')] },
  });
  expect(chip('1 not syncing')).toBeInTheDocument();
  expect(text()).toContain(
    'Priority changed here (High, Samira Haddad, 13:00) and in Jira (Low, Amélie Roy, 13:10). Nothing is overwritten.',
  );
  await user().click(button('Take Low'));
  await pass(0);
  const decided = {
    conflict: conflict('DOCK-482').crmjira_sync_conflictid,
    link: idOf('DOCK-482'),
    keep: 'jira',
    crm: 'High',
    jira: 'Low',
  };
  expect(payloads(server.tables.crmjira_command)).toEqual([[15, decided]]);
  server.tables.crmjira_sync_conflict = [];
  answer(server.tables.crmjira_command, 3);
  await pass(500);
  expect(chip('Up to date')).toBeInTheDocument();
});

describe('R-1705 creating', () => {
  const SCREEN = {
    types: [
      { name: 'Bug', fields: [{ id: 'components', name: 'Component', options: ['Radio', 'Server'] }] },
      { name: 'Task', fields: [] },
    ],
    priorities: { critical: 'Highest', high: 'High', medium: 'Medium', low: 'Low' },
    priority: 'high',
    description: 'Case CAS-01042',
    labels: ['dynamics', 'case'],
  };
  const open = async (options: Options = {}) => {
    const shown = await show(options);
    await user().click(button('Create issue'));
    await shown.pass(0);
    return shown;
  };

  it('asks what the project wants before anything is sent, and sends what was filled in', async () => {
    const { server, pass } = await open();
    expect(payloads(server.tables.crmjira_command)).toEqual([[16, { screen: PROJECT_ID }]]);
    expect(screen.getByText('Reading what DOCK asks for')).toBeInTheDocument();
    answer(server.tables.crmjira_command, 3, '', SCREEN);
    await pass(500);
    expect(screen.getByLabelText(/^Summary/)).toHaveValue('Handheld scanners lose connection');
    expect(text()).toContain('DOCK offers Bug, Task.');
    expect(text()).toContain('In Jira: High.');
    await user().click(button('Create issue'));
    expect(text()).toContain('Fill in Component.');
    expect(server.tables.crmjira_command).toHaveLength(1);
    fireEvent.change(screen.getByLabelText(/^Component/), { target: { value: 'Radio' } });
    await user().click(button('Create issue'));
    await pass(0);
    expect(payloads(server.tables.crmjira_command)[1]).toEqual([
      10,
      {
        project: PROJECT_ID,
        type: 'Bug',
        priority: 'high',
        sync: 1,
        summary: 'Handheld scanners lose connection',
        description: 'Case CAS-01042',
        note: '',
        labels: ['dynamics', 'case'],
        fields: { components: 'Radio' },
      },
    ]);
    expect(chip('Being created')).toBeInTheDocument();
    expect(text()).toContain('Creating in DOCK: Bug');
    const made = link('DOCK-494');
    server.tables.crmjira_issue_link = [{ ...made, crmjira_jira_issue: null }];
    answer(server.tables.crmjira_command, 3, '', { link: made['crmjira_issue_linkid'] });
    await pass(500);
    // The link is there before its issue is.
    expect(text()).toContain('Being created');
    expect(text()).not.toContain('was created and linked.');
    server.tables.crmjira_issue_link = [made];
    await pass(15_000);
    expect(text()).toContain('DOCK-494 was created and linked.');
    expect(screen.getAllByRole('listitem')).toHaveLength(1);
  });

  it('keeps what was typed when Jira refuses', async () => {
    const { server, pass } = await open();
    answer(server.tables.crmjira_command, 3, '', { ...SCREEN, types: SCREEN.types.slice(1) });
    await pass(500);
    fireEvent.change(screen.getByLabelText(/^Summary/), { target: { value: 'Scanners drop out' } });
    await user().click(button('Create issue'));
    await pass(0);
    answer(server.tables.crmjira_command, 4, 'DOCK requires Component for the type Task.');
    await pass(500);
    expect(text()).toContain(
      'Not done: DOCK requires Component for the type Task.Nothing was created; what you typed is kept.',
    );
    await pass(0);
    answer(server.tables.crmjira_command, 3, '', SCREEN);
    await pass(500);
    expect(screen.getByLabelText(/^Summary/)).toHaveValue('Scanners drop out');
  });

  it('says so when nobody tells what the project wants', async () => {
    const { pass } = await open();
    await pass(11_000);
    expect(text()).toContain('Jira did not say what DOCK asks for. Nothing was sent.');
    expect(screen.queryByLabelText(/^Summary/)).toBeNull();
  });
});

describe('R-1707 linking', () => {
  const search = async (rows: Options['rows'] = {}) => {
    const shown = await show({ rows: { crmjira_issue_link: [link('DOCK-482')], ...rows } });
    await user().click(button('Link existing'));
    fireEvent.change(screen.getByRole('combobox'), { target: { value: 'roam' } });
    await shown.pass(0);
    return shown;
  };
  const options = () => screen.queryAllByRole('option').map((option) => option.textContent);
  const mirror = { crmjira_jira_issue: [issue('DOCK-482'), issue('SCAN-118')] };

  it('shows the mirror at once and Jira’s own when it answers, looked for every half second', async () => {
    const { server, pass } = await search(mirror);
    expect(options()).toEqual([
      '[DOCK-482] Summary of DOCK-482Amélie Roy · Already linked to this caseIn Progress',
      '[SCAN-118] Summary of SCAN-118Amélie RoyIn Progress',
    ]);
    expect(server.tables.crmjira_command).toEqual([]);
    expect(text()).toContain('Searching in Jira…');
    await pass(300);
    expect(payloads(server.tables.crmjira_command)).toEqual([[16, { text: 'roam' }]]);
    const only = {
      key: 'INFRA-77',
      summary: 'Roaming profile',
      status: 'To Do',
      category: 'new',
      assignee: '',
      integration: 'c1',
    };
    answer(server.tables.crmjira_command, 3, '', { issues: [{ ...only, key: 'SCAN-118' }, only] });
    await pass(500);
    expect(options()).toHaveLength(3);
    expect(text()).toContain('Only in Jira (1)');
    expect(text()).toContain('3 issues found.');
  });

  it('links by keyboard; the link shows at once as waiting, until its row is there', async () => {
    const { server, pass } = await search(mirror);
    const box = screen.getByRole('combobox');
    // What is linked already is read with its reason and cannot be chosen.
    fireEvent.keyDown(box, { key: 'Enter' });
    expect(box).toHaveValue('roam');
    fireEvent.keyDown(box, { key: 'ArrowDown' });
    fireEvent.keyDown(box, { key: 'Enter' });
    expect(box).toHaveValue('[SCAN-118] Summary of SCAN-118');
    await user().click(button('Link'));
    await pass(0);
    const payload = { key: 'SCAN-118', issueId: issue('SCAN-118').crmjira_jira_issueid, sync: 1 };
    expect(payloads(server.tables.crmjira_command)).toEqual([[11, payload]]);
    expect(screen.getAllByRole('listitem')).toHaveLength(2);
    expect(text()).toContain('Linking SCAN-118Requested.');
    server.tables.crmjira_issue_link?.push(link('SCAN-118'));
    answer(server.tables.crmjira_command, 3);
    await pass(500);
    expect(screen.getAllByRole('listitem')).toHaveLength(2);
    expect(text()).not.toContain('Linking SCAN-118');
  });

  it('says in whose words it was refused', async () => {
    const { server, pass } = await search(mirror);
    fireEvent.click(screen.getByRole('option', { name: /SCAN-118/ }));
    await user().click(button('Link'));
    await pass(0);
    answer(server.tables.crmjira_command, 4, 'SCAN-118 is already linked to this case.');
    await pass(500);
    expect(text()).toContain('Not done: SCAN-118 is already linked to this case.');
    await user().click(button('Dismiss'));
    expect(screen.getAllByRole('listitem')).toHaveLength(1);
  });

  it('says after ten seconds that Jira did not answer, and asks again', async () => {
    const { server, pass } = await search();
    await pass(10_800);
    expect(text()).toContain('Jira did not answer. Only issues already in Dynamics are shown.');
    await user().click(button('Search again'));
    await pass(300);
    expect(server.tables.crmjira_command).toHaveLength(2);
    answer(server.tables.crmjira_command, 3, '', { issues: [] });
    await pass(500);
    expect(text()).toContain('No issue fits.');
    expect(
      within(screen.getByRole('group', { name: 'Link existing issue' })).getByRole('button', { name: 'Create issue' }),
    ).toBeInTheDocument();
  });
});

describe('R-1709 issues of other records, read-only', () => {
  it('an account shows its own and those of its cases and opportunities', async () => {
    const whose = { _customerid_value: ACCOUNT_ID };
    await show({
      table: 'account',
      recordId: ACCOUNT_ID,
      rows: {
        incident: [{ incidentid: CASE_ID, title: 'Scanners', ...whose }],
        opportunity: [{ opportunityid: OPPORTUNITY_ID, name: 'Rollout', ...whose }],
        crmjira_issue_link: [
          link('DOCK-1', { crmjira_regarding_table: 'account', crmjira_regarding_id: ACCOUNT_ID }),
          link('DOCK-2'),
          link('DOCK-3', { crmjira_regarding_table: 'opportunity', crmjira_regarding_id: OPPORTUNITY_ID }),
        ],
      },
    });
    expect(text()).toContain('From its cases and opportunities (2)');
    expect(text()).toMatch(/DOCK-2.*Scanners.*DOCK-3.*Rollout/);
    expect(screen.getAllByRole('button', { name: /^More actions/ })).toHaveLength(1);
  });

  it('says that not everything could be read, and shows the rest', async () => {
    const { server, pass } = await show({ table: 'account', recordId: ACCOUNT_ID, rows: { crmjira_issue_link: [] } });
    server.refusals.incident = new Error('down');
    server.tables.account = [{ ...server.tables.account?.[0], name: 'Renamed' }];
    await pass(9_000);
    expect(text()).toContain('Not everything could be read. It is tried again by itself.');
    expect(text()).toContain('No Jira issue is linked to this account.');
  });

  it('a product shows its own and the open issues of its projects', async () => {
    await show({ table: 'product', recordId: PRODUCT_ID, rows: { crmjira_jira_issue: [issue('DOCK-9')] } });
    expect(text()).toContain('Open in its projects (1)');
    expect(text()).toContain('Summary of DOCK-9');
    expect(screen.queryByRole('button', { name: /^More actions/ })).toBeNull();
  });
});
