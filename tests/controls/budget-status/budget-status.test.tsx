import '@testing-library/jest-dom';
import { fireEvent, screen } from '@testing-library/react';
import { BudgetStatus } from '../../../controls/budget-status/src/BudgetStatus/index';
import { overSince } from '../../../controls/budget-status/src/over-since';
import { parseSnapshots } from '../../../controls/form-data/src/budget/snapshots';
import { MAPPING_ID, OLIVIA, OPPORTUNITY_ID, PAUL, type Row, mapping, opportunity, snapshot } from '../platform/rows';
import { type ControlClass, freezePage, showControl, thawPage } from '../platform/show-control';

// The lifecycle is driven without the control's own inputs: it only reads column security from them.
const Control = BudgetStatus as unknown as ControlClass;
const show = (options: Omit<Parameters<typeof showControl>[1], 'control'> = {}) =>
  showControl(Control, { control: 'budget-status', ...options });
const withMapping = (change: Parameters<typeof mapping>[0], language: 1033 | 3084 = 1033) =>
  show({ language, rows: { crmjira_budget_mapping: [mapping(change)] } });
const chips = () => [...document.querySelectorAll('.crmjira-chip')].map((chip) => chip.textContent);
const icons = () =>
  [...document.querySelectorAll('.crmjira-chip .crmjira-icon')].map((icon) => icon.getAttribute('data-fluent-icon'));
const text = () => (document.body.textContent ?? '').replace(/[\u00a0\u202f]/g, ' ');

beforeEach(freezePage);
afterEach(thawPage);

describe('R-204 the five states, each with a word, an icon of its own, the percent and what made it so', () => {
  it.each([
    [1, 0, 'Draft', 'Edit', '0.0%', 'Not approved yet. Spending is recorded; the status stays Draft.'],
    [
      2,
      0,
      'Approved',
      'Accept',
      '0.0%',
      'Approved by Paul Martin on Jan 16, 2025. Becomes Active with the first logged work.',
    ],
    [3, 46_000, 'Active', 'Play', '18.4%', 'Within the approved budget of $250,000.00 CAD.'],
    [
      4,
      260_000,
      'Over Budget',
      'ErrorBadge',
      '104.0%',
      '$10,000.00 over the approved $250,000.00 CAD. A budget review is required.',
    ],
    [5, 238_750, 'Completed', 'Completed', '95.5%', 'Completed Jun 15, 2025, $11,250.00 under the approved budget.'],
  ])('status %i', async (status, spent, word, icon, percent, why) => {
    await withMapping({
      crmjira_budget_status: status,
      crmjira_spent_amount: spent,
      crmjira_completed_on: status === 5 ? '2025-06-15T16:00:00Z' : null,
    });
    expect(chips()).toEqual([word]);
    expect(icons()).toEqual([icon]);
    expect(text()).toContain(percent);
    expect(text()).toContain(why);
  });

  it('R-2308 exceeded today: the day of the reader’s clock, not one to come or gone by', async () => {
    const over = mapping({ crmjira_spent_amount: 260_000, crmjira_budget_status: 4 });
    await show({
      offsetMinutes: 600,
      rows: { crmjira_budget_mapping: [over], crmjira_budget_snapshot: [snapshot('2025-05-16', 260_000)] },
    });
    expect(text()).toContain('over the approved $250,000.00 CAD since May 17, 2025.');
  });

  it('says since which day the budget has been exceeded without a break', async () => {
    const days = [snapshot('2025-05-12', 255_000), snapshot('2025-05-14', 249_000), snapshot('2025-05-16', 260_000)];
    await show({
      rows: {
        crmjira_budget_mapping: [mapping({ crmjira_budget_status: 4, crmjira_spent_amount: 260_000 })],
        crmjira_budget_snapshot: days,
      },
    });
    expect(text()).toContain('$10,000.00 over the approved $250,000.00 CAD since May 16, 2025.');
    expect(overSince(parseSnapshots(days.slice(0, 2), 'CAD'))).toBeNull();
  });

  it('warns from the threshold itself on, not a cent before', async () => {
    const { server, pass } = await withMapping({ crmjira_spent_amount: 199_999.99 });
    expect(chips()).toEqual(['Active']);
    server.tables.crmjira_budget_mapping = [mapping({ '@odata.etag': 'W/"2"', crmjira_spent_amount: 200_000 })];
    await pass(4_000);
    expect(chips()).toEqual(['Active', 'Warning']);
    expect(text()).toContain('Within the approved budget, above the 80% threshold. A budget review is required.');
    expect(screen.getByRole('status')).toHaveTextContent('Active, Warning');
  });

  it('is complete in French (Canada)', async () => {
    await withMapping({ crmjira_budget_status: 4, crmjira_spent_amount: 260_000 }, 3084);
    expect(screen.getByRole('region', { name: 'État du budget' })).toBeInTheDocument();
    expect(chips()).toEqual(['Budget dépassé']);
    expect(text()).toContain('104,0 %');
    expect(text()).toContain('10 000,00 $ au-delà des 250 000,00 $ CAD approuvés. Révision du budget requise.');
    expect(text()).not.toContain('missing:');
  });
});

describe('F-125 the review task is completed where the review is asked for', () => {
  const TASK = 'c0ffee00-0000-4000-8000-000000000001';
  const alert = (change: Row = {}): Row => ({
    _crmjira_budget_mapping_id_value: MAPPING_ID,
    crmjira_task_id: TASK,
    ...change,
  });
  const task = (change: Row = {}): Row => ({
    activityid: TASK,
    _regardingobjectid_value: OPPORTUNITY_ID,
    _ownerid_value: OLIVIA,
    subject: 'Review Budget Status - Digital Transformation',
    scheduledend: '2025-05-17T21:50:00Z',
    statecode: 0,
    ...change,
  });
  const review = (
    tasks: Row[],
    { spent = 212_500, ...options }: { spent?: number } & Parameters<typeof show>[0] = {},
    alerts: Row[] = [alert()],
  ) =>
    show({
      rows: {
        crmjira_budget_mapping: [mapping({ crmjira_spent_amount: spent })],
        crmjira_budget_alert: alerts,
        task: tasks,
      },
      ...options,
    });
  const button = () => screen.queryByRole('button', { name: 'Mark task complete' });
  const press = async (pass: (ms: number) => Promise<void>) => {
    const pressed = button();
    if (!pressed) throw new Error('There is no button.');
    pressed.focus();
    fireEvent.click(pressed);
    await pass(0);
  };

  it('offers it, completes it as the person, and says so with the focus', async () => {
    const { server, pass } = await review([task({ activityid: 'other', statecode: 0 }), task()]);
    expect(text()).toContain('Your task: Review Budget Status - Digital Transformation. Due May 17, 2025.');
    await press(pass);
    expect(server.calls.filter((call) => call.startsWith('update'))).toEqual([
      'update task {"statecode":1,"statuscode":5}',
    ]);
    expect(server.tables.task?.map(({ statecode }) => statecode)).toEqual([0, 1]);
    expect(button()).toBeNull();
    const done = 'Task completed: Review Budget Status - Digital Transformation.';
    expect(document.activeElement).toHaveTextContent(done);
    expect(screen.getByRole('status')).toHaveTextContent(done);
  });

  it.each<[string, Row[], Parameters<typeof review>[1], Row[]?]>([
    ['below the threshold', [task()], { spent: 100_000 }],
    ['for a task of somebody else', [task({ _ownerid_value: PAUL })], {}],
    ['for a task that no alert has brought', [task()], {}, [alert({ crmjira_task_id: 'another' })]],
    ['for a task that was cancelled', [task({ statecode: 2 })], {}],
    ['to people who may change no task', [task()], { privileges: (table) => table !== 'task' }],
    ['while offline', [task()], { offline: true }],
  ])('is not offered %s', async (_when, tasks, options, alerts = [alert()]) => {
    await review(tasks, options, alerts);
    expect(chips()[0]).toBe('Active');
    expect(button()).toBeNull();
  });

  it('shows a task that was completed elsewhere as done, with the next reading', async () => {
    const { server, pass } = await review([task()]);
    server.tables.task = [task({ statecode: 1 })];
    await pass(4_000);
    expect(text()).toContain('Task completed: Review Budget Status');
  });

  it.each([
    [{ errorCode: 0x80040220 }, 'You do not have permission to complete this task. Nothing was changed.'],
    [new Error('no answer'), 'The task could not be completed. Nothing was changed. Try again.'],
  ])('says what came of it when it is refused, and stays (%#)', async (refusal, said) => {
    const { server, pass } = await review([task()]);
    server.refusals['task'] = refusal;
    await press(pass);
    expect(screen.getByRole('status')).toHaveTextContent(said);
    delete server.refusals['task'];
    await pass(4_000);
    await press(pass);
    expect(text()).toContain('Task completed:');
  });

  it('leaves the status as it is where alerts or tasks cannot be read', async () => {
    await show({ rows: { task: undefined } });
    expect(chips()).toEqual(['Active', 'Warning']);
    expect(button()).toBeNull();
  });

  it('speaks French', async () => {
    await review([task()], { language: 3084 });
    expect(text()).toContain('Votre tâche : Review Budget Status - Digital Transformation. Échéance : 17 mai 2025.');
    expect(screen.getByRole('button', { name: 'Marquer la tâche comme terminée' })).toBeInTheDocument();
  });
});

describe('R-208 what else can be', () => {
  it('hides what column security hides, and reads nothing', async () => {
    const { server } = await show({ readable: false });
    expect(chips()).toEqual(['Hidden']);
    expect(icons()).toEqual(['Hide']);
    expect(text()).toContain('You do not have permission to see the budget status. Ask an administrator for access.');
    expect(server.calls).toEqual([]);
  });

  it('says that a closed opportunity is read-only, with a lock that is named', async () => {
    await show({ disabled: true, rows: { opportunity: [opportunity({ statecode: 2 })] } });
    expect(chips()).toEqual(['Active']);
    expect(text()).toContain('Read-only: this opportunity is closed.');
    expect(document.querySelector('[data-fluent-icon=Lock]')).toBeInTheDocument();
    expect(screen.getByText('Read-only')).toBeInTheDocument();
  });

  it('shows no status before there is one', async () => {
    await show({ rows: { crmjira_budget_mapping: [] } });
    expect(chips()).toEqual(['Not set']);
    expect(text()).toContain('The status appears when the Jira project has been created.');
  });

  it('says that a record has to be saved first', async () => {
    await show({ recordId: null });
    expect(chips()).toEqual(['Not saved']);
  });

  it('shows no share where nothing is approved, and never 0 or NaN for it', async () => {
    await withMapping({ crmjira_budget_status: 1, crmjira_approved_budget: 0 });
    expect(text()).not.toMatch(/NaN|%/);
  });

  it('says from when the figures are and since when Jira does not answer', async () => {
    await withMapping({
      crmjira_spent_amount: 195_000,
      crmjira_last_error: 'Jira did not answer. It is tried again.',
      crmjira_last_sync_date: '2025-05-16T18:02:00Z',
      crmjira_failing_since: '2025-05-16T18:03:00Z',
    });
    expect(chips()).toEqual(['Active', 'Figures from 14:02']);
    expect(text()).toContain('Within the approved budget when last read. Jira unreachable since 14:03.');
    expect(text()).not.toContain('Within the approved budget of');
    expect(text()).not.toContain('Next try');
  });

  it.each([
    [1033, 3, 'Within the approved budget when last read. Jira unreachable since 14:03. Next try 14:20.'],
    [
      3084,
      3,
      'Sous le budget approuvé à la dernière lecture. Jira est injoignable. Début de la panne : 14:03. Prochain essai : 14:20.',
    ],
    [1033, 4, 'A budget review is required. That was so when last read. Jira unreachable since 14:03. Next try 14:20.'],
  ] as const)('R-203 says when it is tried again (%s, status %s)', async (language, status, words) => {
    await show({
      language,
      rows: {
        crmjira_budget_mapping: [
          mapping({
            crmjira_budget_status: status,
            crmjira_spent_amount: status === 4 ? 260_000 : 195_000,
            crmjira_last_error: 'Jira did not answer. It is tried again.',
            crmjira_last_sync_date: '2025-05-16T18:02:00Z',
            crmjira_failing_since: '2025-05-16T18:03:00Z',
            crmjira_next_retry_on: '2025-05-16T18:20:00Z',
          }),
        ],
      },
    });
    expect(text().replace(/[\u00a0\u202f]/g, ' ')).toContain(words);
  });

  it('R-2301 says since when Jira does not answer on a closed opportunity too, whose project may run on', async () => {
    await show({
      disabled: true,
      rows: {
        opportunity: [opportunity({ statecode: 1 })],
        crmjira_budget_mapping: [
          mapping({
            crmjira_last_error: 'Jira did not answer. It is tried again.',
            crmjira_last_sync_date: '2025-05-16T18:02:00Z',
            crmjira_failing_since: '2025-05-16T18:03:00Z',
          }),
        ],
      },
    });
    expect(chips()).toEqual(['Active', 'Figures from 14:02']);
    expect(text()).toContain(
      'Within the approved budget when last read. Jira unreachable since 14:03. Read-only: this opportunity is',
    );
  });

  it('keeps the last good figures offline and says so', async () => {
    const { server, pass, update } = await show();
    server.failure = new Error('no network');
    update({ offline: true });
    await pass(4_000);
    expect(chips()).toContain('Offline');
    expect(text()).toContain('85.0%');
    expect(text()).toContain('Shown as of May 16, 2025 14:04.');
  });

  it('keeps the last good figures when Dataverse does not answer, and says from when they are', async () => {
    const { server, pass } = await show();
    server.failure = new Error('503');
    await pass(4_000);
    expect(chips()).toEqual(['Active', 'Warning']);
    expect(text()).toContain("Shown as of May 16, 2025 14:04. Refreshing failed; we'll retry automatically.");
  });

  it('offers to read again what could not be read', async () => {
    await show({ failure: new Error('503') });
    expect(chips()).toEqual(['Not read']);
    expect(screen.getByRole('button', { name: 'Try again' })).toBeInTheDocument();
  });

  it('draws nothing again while the rows say the same', async () => {
    const { pass, container, update } = await show();
    const before = container.innerHTML;
    const seen: MutationRecord[] = [];
    const observer = new MutationObserver((records) => seen.push(...records));
    observer.observe(container, { subtree: true, childList: true, characterData: true, attributes: true });
    await pass(8_000);
    update();
    expect(container.innerHTML).toBe(before);
    expect([...seen, ...observer.takeRecords()]).toEqual([]);
  });
});
