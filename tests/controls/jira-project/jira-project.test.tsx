import '@testing-library/jest-dom';
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { JiraProject } from '../../../controls/jira-project/src/JiraProject/index';
import { safeUrl } from '../../../controls/form-data/src/safe-url';
import { CONNECTION_ID, NOW, OPPORTUNITY_ID, type Tables, history, mapping, opportunity } from '../platform/rows';
import { type ControlClass, freezePage, showControl, thawPage } from '../platform/show-control';

// The lifecycle is driven without the control's own inputs: it only reads column security from them.
const Control = JiraProject as unknown as ControlClass;
const show = (options: Omit<Parameters<typeof showControl>[1], 'control'> = {}) =>
  showControl(Control, { control: 'jira-project', ...options });
const user = () => userEvent.setup({ advanceTimers: (ms) => void jest.advanceTimersByTime(ms) });
const chip = (name: string) => screen.getByText(name, { selector: '.crmjira-chip' });
const text = () => (document.body.textContent ?? '').replace(/[\u00a0\u202f]/g, ' ');

beforeEach(freezePage);
afterEach(thawPage);

describe('without a project', () => {
  it('says which condition is missing (R-304)', async () => {
    await show({ rows: { opportunity: [opportunity({ budgetamount: 8_500 })], crmjira_budget_mapping: [] } });
    expect(chip('No project yet')).toBeInTheDocument();
    const [open, budget] = screen.getAllByRole('listitem');
    expect(open).toHaveTextContent('metThe opportunity is open');
    expect(budget).toHaveTextContent('not metBudget amount greater than $10,000.00 now $8,500.00');
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('is not ready at the threshold itself, and is a cent above it', async () => {
    const { server, pass } = await show({
      rows: { opportunity: [opportunity({ budgetamount: 10_000 })], crmjira_budget_mapping: [] },
    });
    expect(screen.queryByRole('button', { name: 'Create Jira project' })).toBeNull();
    server.tables.opportunity = [opportunity({ budgetamount: 10_000.01 })];
    await pass(4_000);
    expect(screen.getByRole('button', { name: 'Create Jira project' })).toBeInTheDocument();
  });

  it('asks for the project and shows what happens next', async () => {
    const { server, pass } = await show({ rows: { crmjira_budget_mapping: [] } });
    expect(text()).toContain('The budget amount is $250,000.00. A project and its budget can be created.');
    await user().click(screen.getByRole('button', { name: 'Create Jira project' }));
    await pass(0);
    expect(server.tables.crmjira_command).toMatchObject([{ crmjira_command_type: 1, crmjira_command_state: 1 }]);
    expect(chip('Being created')).toBeInTheDocument();
    expect(screen.getByRole('status')).toHaveTextContent('Requested.');
  });

  it('offers its command where column security lets nobody but the service write the key', async () => {
    await show({ editable: false, rows: { crmjira_budget_mapping: [] } });
    expect(screen.getByRole('button', { name: 'Create Jira project' })).toBeInTheDocument();
  });

  it.each([{ disabled: true }, { privileges: (table: string) => table !== 'crmjira_command' }])(
    'offers no command with %j',
    async (options) => {
      await show({ ...options, rows: { crmjira_budget_mapping: [] } });
      expect(text()).toContain('The budget amount is $250,000.00.');
      expect(screen.queryByRole('button')).toBeNull();
    },
  );

  it('opens the dialog of the command bar in which an existing project is chosen, and shows what came of it (R-2303)', async () => {
    const { server, context, pass } = await show({ rows: { crmjira_budget_mapping: [] } });
    const { navigateTo } = context().navigation as unknown as { readonly navigateTo: jest.Mock };
    // What the page in the dialog has done when it is closed.
    navigateTo.mockImplementation(async () => void (server.tables.crmjira_budget_mapping = [mapping()]));
    await user().click(screen.getByRole('button', { name: 'Link existing project' }));
    await pass(0);
    expect(navigateTo).toHaveBeenCalledWith(
      { pageType: 'webresource', webresourceName: 'crmjira_/pages/link-project.html', data: `id=${OPPORTUNITY_ID}` },
      expect.objectContaining({ target: 2 }),
    );
    expect(server.tables.crmjira_command).toEqual([]);
    expect(chip('Up to date')).toBeInTheDocument();
  });

  it('says when the dialog does not open, and offers none where the client has none', async () => {
    const { context, pass, update } = await show({ language: 3084, rows: { crmjira_budget_mapping: [] } });
    const { navigateTo } = context().navigation as unknown as { readonly navigateTo: jest.Mock };
    navigateTo.mockRejectedValue(new Error('no dialog'));
    await user().click(screen.getByRole('button', { name: 'Lier un projet existant' }));
    await pass(0);
    expect(screen.getByRole('status')).toHaveTextContent('L’ouverture a échoué. Rien n’a été modifié. Réessayez.');
    update({ dialogs: false });
    await pass(0);
    expect(screen.getAllByRole('button')).toHaveLength(1);
  });

  it('says when the person may not ask', async () => {
    const { server, pass } = await show({ rows: { crmjira_budget_mapping: [] } });
    server.failure = { errorCode: 0x80040220 };
    await user().click(screen.getByRole('button', { name: 'Create Jira project' }));
    await pass(0);
    expect(screen.getByRole('status')).toHaveTextContent(
      'You do not have permission to ask for this. Nothing was changed.',
    );
  });
});

describe('while it is being created', () => {
  it.each([
    [1, 'Project created'],
    [2, 'Budget created'],
    [3, 'Linked'],
  ])('provisioning state %i works on "%s"', async (state, step) => {
    const young = mapping({ crmjira_provisioning_state: state, createdon: '2025-05-16T18:03:00Z' });
    await show({ rows: { crmjira_budget_mapping: [young] } });
    const steps = screen.getAllByRole('listitem');
    expect(steps).toHaveLength(4);
    const current = steps.filter((item) => item.getAttribute('aria-current') === 'step');
    expect(current).toHaveLength(1);
    expect(current[0]).toHaveTextContent(step);
    expect(text()).toContain('Usually under 2 minutes. You can leave this page.');
  });

  it('says that it takes longer than usual, rather than how long it usually takes (F-107)', async () => {
    const old = mapping({ crmjira_provisioning_state: 2, createdon: '2025-05-16T17:53:00Z' });
    await show({ rows: { crmjira_budget_mapping: [old] } });
    expect(text()).toContain('Requested 11 minutes ago; this takes longer than usual.');
    expect(text()).not.toContain('Usually under 2 minutes');
  });

  describe('F-107 held back by the bulk guard', () => {
    const held = mapping({
      crmjira_provisioning_state: 1,
      crmjira_last_error: 'Not created: more than 20 Jira projects …',
      crmjira_last_error_code: 'provisioning-held',
      crmjira_held_on: '2025-05-16T17:53:00Z',
    });

    it('says so, since when and who decides, and nothing turns', async () => {
      await show({
        rows: { crmjira_budget_mapping: [held] },
        privileges: (table) => table !== 'crmjira_budget_mapping',
      });
      expect(chip('On hold')).toBeInTheDocument();
      expect(text()).toContain('On hold since 13:53: too many Jira projects were requested within an hour.');
      expect(text()).toContain('An administrator of the integration decides');
      expect(document.querySelector('.crmjira-turning')).toBeNull();
      expect(screen.queryByRole('button')).toBeNull();
    });

    it('is released by an administrator of the integration', async () => {
      const { server, pass } = await show({ rows: { crmjira_budget_mapping: [held] } });
      await user().click(screen.getByRole('button', { name: 'Release' }));
      await pass(0);
      expect(server.tables.crmjira_command).toMatchObject([{ crmjira_command_type: 6, crmjira_name: 'Release' }]);
    });

    it('in French (Canada)', async () => {
      await show({ language: 3084, rows: { crmjira_budget_mapping: [held] } });
      expect(text()).toContain('Création suspendue (13:53) : trop de projets Jira');
    });
  });

  describe('F-108 while Jira is away', () => {
    it('says that Jira is unreachable and that the project is created when it is back', async () => {
      const waiting = mapping({
        crmjira_provisioning_state: 1,
        crmjira_last_error: "Jira is unavailable (503). We'll retry automatically.",
        crmjira_last_error_code: 'jira-unavailable',
        crmjira_failing_since: '2025-05-16T17:50:00Z',
        crmjira_next_retry_on: '2025-05-16T18:08:00Z',
      });
      await show({ rows: { crmjira_budget_mapping: [waiting] } });
      expect(chip('Waiting')).toBeInTheDocument();
      expect(text()).toContain('Jira has been unreachable since 13:50.');
      expect(text()).toContain('The project will be created when Jira is back. You can leave this page.');
      expect(text()).toContain('14:08');
      expect(document.querySelector('.crmjira-turning')).toBeNull();
    });

    it('tells another reason in its own words', async () => {
      const waiting = mapping({
        crmjira_provisioning_state: 2,
        crmjira_last_error: 'The Jira token has expired.',
        crmjira_last_error_code: 'jira-credentials',
      });
      await show({ rows: { crmjira_budget_mapping: [waiting] } });
      expect(text()).toContain('Jira refused the credentials of the integration account.');
      expect(text()).toContain('The project will be created once this is solved.');
    });

    it('does not turn for ever when nobody answers the request', async () => {
      const { server, pass } = await show({ rows: { crmjira_budget_mapping: [] } });
      await user().click(screen.getByRole('button', { name: 'Create Jira project' }));
      await pass(60_000);
      expect(chip('Being created')).toBeInTheDocument();
      await pass(70_000);
      expect(chip('Waiting')).toBeInTheDocument();
      expect(text()).toContain('The integration has not answered yet.');
      const [row] = server.tables.crmjira_command ?? [];
      if (row) row['crmjira_result'] = 'Jira is unreachable.';
      await pass(125_000);
      expect(text()).toContain('Jira is unreachable.The request is kept');
    });

    it('a sync that waits says what for (the words of the integration), instead of that it was requested', async () => {
      const { server, pass } = await show({
        rows: { crmjira_budget_mapping: [mapping({ crmjira_last_error: 'Jira is unreachable.' })] },
      });
      await user().click(screen.getByRole('button', { name: 'Sync now' }));
      await pass(0);
      const [row] = server.tables.crmjira_command ?? [];
      if (row) Object.assign(row, { crmjira_result: 'Waiting: Jira is unreachable.' });
      await pass(5_000);
      expect(screen.getByRole('status')).toHaveTextContent('Waiting: Jira is unreachable.');
    });
  });

  it('becomes the linked project without a reload, and says so', async () => {
    const { server, pass } = await show({
      rows: { crmjira_budget_mapping: [mapping({ crmjira_provisioning_state: 2 })] },
    });
    server.tables.crmjira_budget_mapping = [mapping({ '@odata.etag': 'W/"2"' })];
    expect(screen.getByRole('status')).toBeEmptyDOMElement();
    await pass(4_000);
    expect(chip('Up to date')).toBeInTheDocument();
    expect(screen.getByRole('status')).toHaveTextContent('Up to date');
  });
});

describe('linked', () => {
  it('shows name, keys, lead, status, issues, age and the way to Jira (R-203)', async () => {
    await show();
    const region = screen.getByRole('region', { name: 'Jira project' });
    expect(within(region).getByText('Digital Transformation Project - Acme Corp')).toBeInTheDocument();
    expect(text()).toContain('CRMWYVLZZJ · CRM-202501-A1B2C3D4');
    const facts = within(region)
      .getAllByRole('definition')
      .map((fact) => fact.textContent);
    expect(facts).toEqual(['Paul Martin', 'In progress', '41 done, 9 open', '2 minutes ago']);
    const link = screen.getByRole('link', { name: /Open in Jira/ });
    expect(link).toHaveAttribute('href', 'https://jira.example.com/browse/CRMWYVLZZJ');
    expect(link).toHaveAttribute('rel', 'noreferrer noopener');
  });

  it('is complete in French (Canada)', async () => {
    await show({ language: 3084 });
    expect(screen.getByRole('region', { name: 'Projet Jira' })).toBeInTheDocument();
    const facts = screen.getAllByRole('definition').map((fact) => fact.textContent?.replace(/\u00a0/g, ' '));
    expect(facts).toEqual(['Paul Martin', 'In progress', '41 terminés, 9 ouverts', 'il y a 2 minutes']);
    expect(screen.getByRole('link', { name: /Ouvrir dans Jira/ })).toBeInTheDocument();
    expect(text()).not.toContain('missing:');
  });

  it('says what is not known instead of 0', async () => {
    await show({ rows: { crmjira_budget_mapping: [mapping({ crmjira_issues_done: null, crmjira_jira_lead: null })] } });
    const facts = screen.getAllByRole('definition').map((fact) => fact.textContent);
    expect(facts.slice(0, 3)).toEqual(['Not known yet', 'In progress', 'Not known yet']);
  });

  it('opens no address that is not a web address', async () => {
    expect(safeUrl('javascript:alert(1)')).toBeNull();
    expect(safeUrl('nonsense')).toBeNull();
    await show({ rows: { crmjira_budget_mapping: [mapping({ crmjira_jira_project_url: 'javascript:alert(1)' })] } });
    expect(screen.queryByRole('link')).toBeNull();
  });

  it('draws nothing new for a reading that brought nothing new', async () => {
    const { container, pass, update } = await show();
    const changes: MutationRecord[] = [];
    const observer = new MutationObserver((records) => changes.push(...records));
    observer.observe(container, { subtree: true, childList: true, attributes: true, characterData: true });
    await pass(12_000);
    update();
    await pass(0);
    observer.disconnect();
    expect(changes).toEqual([]);
  });
});

it('archived: final figures, still a way to Jira', async () => {
  const done = {
    crmjira_project_archived: true,
    crmjira_completed_on: '2025-05-10T16:00:00Z',
    crmjira_issues_done: 50,
    crmjira_issues_open: 0,
  };
  await show({ rows: { crmjira_budget_mapping: [mapping(done)] } });
  expect(chip('Archived')).toBeInTheDocument();
  expect(text()).toContain('50 done');
  expect(text()).toContain('May 10, 2025');
  expect(text()).toContain('The project is finished. Figures are final and kept for 7 years.');
  expect(screen.getByRole('link')).toBeInTheDocument();
});

describe('the final report of a completed project (R-205)', () => {
  const completed = mapping({ crmjira_project_archived: true, crmjira_budget_status: 5 });
  const report = {
    crmjira_final_reportid: '88888888-8888-4888-8888-888888888888',
    _crmjira_budget_mapping_id_value: completed.crmjira_budget_mappingid,
  };

  it.each([
    ['archived', completed],
    ['not archived yet', mapping({ crmjira_budget_status: 5 })],
  ])('is opened: %s', async (_name, row) => {
    const { context, pass } = await show({
      rows: { crmjira_budget_mapping: [row], crmjira_final_report: [report] },
    });
    await user().click(screen.getByRole('button', { name: 'Open final report' }));
    await pass(0);
    expect(Reflect.get(context().navigation, 'navigateTo')).toHaveBeenCalledWith({
      pageType: 'webresource',
      webresourceName: 'crmjira_/pages/final-report.html',
      data: `id=${report.crmjira_final_reportid}`,
    });
    expect(context().navigation.openForm).not.toHaveBeenCalled();
  });

  it('is opened as a row where the host gives components no way to pages (F-118)', async () => {
    const { context, pass } = await show({
      dialogs: false,
      rows: { crmjira_budget_mapping: [completed], crmjira_final_report: [report] },
    });
    await user().click(screen.getByRole('button', { name: 'Open final report' }));
    await pass(0);
    expect(context().navigation.openForm).toHaveBeenCalledWith({
      entityName: 'crmjira_final_report',
      entityId: report.crmjira_final_reportid,
    });
  });

  it('is said to be missing when there is none yet', async () => {
    const { context, pass } = await show({
      language: 3084,
      rows: { crmjira_budget_mapping: [completed], crmjira_final_report: [] },
    });
    await user().click(screen.getByRole('button', { name: 'Ouvrir le rapport final' }));
    await pass(0);
    expect(context().navigation.openForm).not.toHaveBeenCalled();
    expect(screen.getByRole('status')).toHaveTextContent('Il n’y a pas encore de rapport final.');
  });

  it('says when it could not be opened', async () => {
    const { server, pass } = await show({ rows: { crmjira_budget_mapping: [completed] } });
    server.failure = new Error('gone');
    await user().click(screen.getByRole('button', { name: 'Open final report' }));
    await pass(0);
    expect(screen.getByRole('status')).toHaveTextContent('It could not be opened. Nothing was changed. Try again.');
  });

  it.each([
    ['who may not read reports', completed, { privileges: (table: string) => table !== 'crmjira_final_report' }],
    ['while the project runs', mapping(), {}],
    ['offline', mapping({ crmjira_budget_status: 5 }), { offline: true }],
  ])('is not offered: %s', async (_who, row, options) => {
    await show({ ...options, rows: { crmjira_budget_mapping: [row], crmjira_final_report: [report] } });
    expect(screen.queryByRole('button', { name: 'Open final report' })).toBeNull();
  });
});

describe('failed', () => {
  const rows = {
    crmjira_budget_mapping: [
      mapping({
        crmjira_provisioning_state: 5,
        crmjira_last_error: 'Jira refused the request: the project lead does not exist.',
      }),
    ],
    crmjira_integration_log: [
      {
        crmjira_integration_logid: '77777777-7777-4777-8777-777777777777',
        _crmjira_budget_mapping_id_value: mapping().crmjira_budget_mappingid,
      },
    ],
  };

  it('says what Jira refused, what is safe and what to do, and tries again', async () => {
    const { server, pass } = await show({ rows });
    expect(text()).toContain('Jira refused the project: the project lead does not exist.');
    expect(text()).not.toContain('Nothing was changed.');
    await user().click(screen.getByRole('button', { name: 'Try again' }));
    await pass(0);
    expect(server.tables.crmjira_command).toMatchObject([{ crmjira_command_type: 6 }]);
    expect(chip('Being created')).toBeInTheDocument();
  });

  it('shows any other reason in its own words', async () => {
    const reason = 'The service account may not create projects.';
    const change = { crmjira_provisioning_state: 5, crmjira_last_error: reason };
    await show({ rows: { crmjira_budget_mapping: [mapping(change)] } });
    expect(text()).toContain(`${reason}Correct it or ask an administrator`);
  });

  it.each([
    [1033, 'The integration account is not allowed to do this in Jira. Ask an administrator to grant the permission.'],
    [
      3084,
      'Le compte d’intégration n’a pas cette autorisation dans Jira. Demandez à un administrateur de la lui accorder.',
    ],
  ] as const)('R-1401 words the failure by its code in the user’s language (%s)', async (language, words) => {
    const change = {
      crmjira_provisioning_state: 5,
      crmjira_last_error: 'The integration account is not allowed to do this in Jira. Jira says: <b>no</b>.',
      crmjira_last_error_code: 'jira-forbidden',
    };
    await show({ language, rows: { crmjira_budget_mapping: [mapping(change)] } });
    expect(text()).toContain(words);
    // What Jira said stays as it said it, and is text.
    expect(text()).toContain(language === 3084 ? 'Réponse reçue : <b>no</b>' : 'It says: <b>no</b>');
  });

  it.each(['unheard-of', 'constructor', ''])(
    'falls back on the stored text where nobody worded the code %j',
    async (code) => {
      const change = { crmjira_provisioning_state: 5, crmjira_last_error: 'Stored.', crmjira_last_error_code: code };
      await show({ language: 3084, rows: { crmjira_budget_mapping: [mapping(change)] } });
      expect(text()).toContain('Stored.');
    },
  );

  it('opens the newest log entry for those who may read the log', async () => {
    const { context, pass } = await show({ rows });
    await user().click(screen.getByRole('button', { name: 'Show log entry' }));
    await pass(0);
    expect(context().navigation.openForm).toHaveBeenCalledWith({
      entityName: 'crmjira_integration_log',
      entityId: '77777777-7777-4777-8777-777777777777',
    });
  });

  it('offers no log to others', async () => {
    await show({ rows, privileges: (table) => table !== 'crmjira_integration_log' });
    expect(screen.queryByRole('button', { name: 'Show log entry' })).toBeNull();
  });
});

describe('sync failing', () => {
  const rows = {
    crmjira_budget_mapping: [
      mapping({
        crmjira_last_error: 'The other side could not be reached (ECONNREFUSED); it is tried again.',
        crmjira_failing_since: '2025-05-16T18:03:00Z',
        crmjira_next_retry_on: '2025-05-16T18:20:00Z',
      }),
    ],
  };

  it('R-203 says when it is tried again, in the time of the person, until that time is past', async () => {
    const { server, pass } = await show({ rows });
    expect(text()).toContain('changes are applied when Jira answers. Next try 14:20.');
    // 14:04 is over; what is due soon is not told of anew.
    server.tables.crmjira_budget_mapping = [
      mapping({
        ...rows.crmjira_budget_mapping[0],
        '@odata.etag': 'W/"2"',
        crmjira_next_retry_on: '2025-05-16T18:03:59Z',
      }),
    ];
    await pass(4_000);
    expect(text()).toContain('changes are applied when Jira answers.');
    expect(text()).not.toContain('Next try');
  });

  it('says since when, how old the figures are, and that nothing is lost', async () => {
    await show({ rows });
    expect(chip('Not syncing')).toBeInTheDocument();
    expect(text()).toContain('Jira unreachable since 14:03. Figures are from 14:02.');
    expect(text()).toContain('Nothing is lost: changes are applied when Jira answers.');
  });

  it('shows any other reason in its own words, and a missed daily sync', async () => {
    const { server, pass } = await show({
      rows: { crmjira_budget_mapping: [mapping({ crmjira_last_error: 'The project was deleted.' })] },
    });
    expect(text()).toContain('The project was deleted.The figures shown are the last ones read from Jira.');
    server.tables.crmjira_budget_mapping = [mapping({ crmjira_last_sync_date: '2025-05-14T10:00:00Z' })];
    server.tables.crmjira_integration = [{ crmjira_integrationid: CONNECTION_ID, crmjira_last_sync_on: null }];
    await pass(4_000);
    expect(text().replace(/\u00a0/g, ' ')).toContain('No sync since May 14, 2025 06:00.');
  });

  it('syncs on demand: busy until the answer, which is told', async () => {
    const { server, pass } = await show({ rows });
    const button = screen.getByRole('button', { name: 'Sync now' });
    await user().click(button);
    await pass(0);
    expect(screen.getByRole('status')).toHaveTextContent('Sync requested.');
    expect(button).toHaveAttribute('aria-disabled', 'true');
    await user().click(button);
    expect(server.tables.crmjira_command).toHaveLength(1);
    Object.assign(server.tables.crmjira_command?.[0] ?? {}, {
      crmjira_command_state: 5,
      crmjira_result: 'Jira did not answer.',
    });
    await pass(4_000);
    expect(screen.getByRole('status')).toHaveTextContent('This failed: Jira did not answer. Nothing is lost.');
    expect(button).not.toHaveAttribute('aria-disabled', 'true');
  });

  it('says that the request is kept when nobody answers', async () => {
    const { pass } = await show({ rows });
    await user().click(screen.getByRole('button', { name: 'Sync now' }));
    await pass(64_000);
    expect(text()).toContain('Your request is kept');
  });
});

it('masked: says who can help, and reads nothing', async () => {
  const { server } = await show({ readable: false });
  expect(chip('Hidden')).toBeInTheDocument();
  expect(text()).toContain('You do not have permission to see the Jira project of this opportunity.');
  expect(server.calls).toEqual([]);
});

it.each([[[]], [[mapping({ crmjira_provisioning_state: 5 })]]])(
  'R-203 masked: a hidden key is not taken for none, so neither creation nor retry is offered (%#)',
  async (mappings) => {
    await show({ readable: false, rows: { crmjira_budget_mapping: mappings } });
    expect(chip('Hidden')).toBeInTheDocument();
    expect(text()).toContain('Ask an administrator for access.');
    expect(screen.queryByRole('button')).toBeNull();
  },
);

it('hidden as well when the server refuses the rows', async () => {
  await show({ failure: { errorCode: 0x80040220 } });
  expect(chip('Hidden')).toBeInTheDocument();
});

it('offline: last figures with their time, no link, no command', async () => {
  const { update, pass } = await show();
  update({ offline: true });
  await pass(0);
  expect(text()).toContain('Shown as of May 16, 2025 14:04.');
  expect(screen.queryByRole('link')).toBeNull();
  expect(screen.queryByRole('button')).toBeNull();
});

it('offline before anything was read', async () => {
  await show({ offline: true, failure: new Error('no network') });
  expect(text()).toContain('You are offline and nothing has been loaded yet.');
});

it('unsaved record: save first; saved under it, the project is read', async () => {
  const { server, update, pass } = await show({ recordId: null });
  expect(text()).toContain('Save the opportunity first.');
  expect(server.calls).toEqual([]);
  update({ recordId: 'a1b2c3d4-e5f6-7890-abcd-ef1234567890' });
  await pass(0);
  expect(chip('Up to date')).toBeInTheDocument();
});

it('error: says what is safe, and tries again by itself and on demand', async () => {
  const { server, pass } = await show({ failure: new Error('502') });
  expect(text()).toContain('The Jira project could not be loaded.');
  server.failure = null;
  await user().click(screen.getByRole('button', { name: 'Try again' }));
  await pass(0);
  expect(chip('Up to date')).toBeInTheDocument();
});

it('a reading that fails later leaves the figures and says their time', async () => {
  const { server, pass } = await show();
  server.failure = new Error('502');
  await pass(4_000);
  expect(screen.getByText('Digital Transformation Project - Acme Corp')).toBeInTheDocument();
  expect(text()).toContain('Shown as of May 16, 2025 14:04. Refreshing failed');
});

describe.each<[string, Partial<Tables>, string]>([
  ['ready', { crmjira_budget_mapping: [] }, 'The budget amount is $250,000.00.'],
  ['being created', { crmjira_budget_mapping: [mapping({ crmjira_provisioning_state: 1 })] }, 'Project created'],
  ['not created', { crmjira_budget_mapping: [mapping({ crmjira_provisioning_state: 5 })] }, 'Correct it or ask'],
  ['linked', {}, 'CRMWYVLZZJ'],
  ['archived', { crmjira_budget_mapping: [mapping({ crmjira_project_archived: true })] }, 'Figures are final'],
])('R-208 Dataverse away while it is %s', (_state, rows, words) => {
  it('goes on showing the last good reading and says its time', async () => {
    const { server, pass } = await show({ rows });
    server.failure = new Error('away');
    await pass(4_000);
    expect(text()).toContain(words);
    expect(text()).toMatch(/Shown as of .*\d\d:\d\d\. Refreshing failed; we'll retry automatically\./);
    server.failure = null;
    await pass(4_000);
    expect(text()).not.toContain('Shown as of');
  });

  it('offline as well', async () => {
    const { server, pass } = await show({ rows });
    jest.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    server.failure = new Error('away');
    await pass(4_000);
    expect(text()).toContain(words);
    expect(text()).toMatch(/Shown as of .*\d\d:\d\d\. Links and commands return when you are online\./);
  });
});

it('loading: the shape of what comes, named for assistive technology', async () => {
  await show({ hang: true });
  expect(screen.getByRole('status', { name: 'Loading the Jira project' })).toBeInTheDocument();
  expect(screen.getByRole('region', { name: 'Jira project' })).toHaveAttribute('aria-busy', 'true');
});

it('leaves no timer behind when the control goes', async () => {
  const { unmount, control } = await show({ rows: { crmjira_budget_snapshot: history() } });
  act(() => {
    unmount();
    control.destroy();
  });
  expect(jest.getTimerCount()).toBe(0);
  expect(new Date(NOW).getTime()).toBe(Date.now());
});

it('draws its link in the brand of the host', async () => {
  await show({ brand: { 80: '#7a1fa2' } });
  const root = screen.getByRole('link', { name: /Open in Jira/ }).closest('.crmjira');
  expect((root as HTMLElement).style.getPropertyValue('--crmjira-link')).toBe('#7a1fa2');
});
