import '@testing-library/jest-dom';
import { fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as React from 'react';
import { BudgetBurn } from '../../../controls/budget-burn/src/BudgetBurn/index';
import { BurnCard } from '../../../controls/budget-burn/src/components/burn-card';
import { EUR, MAPPING_ID, type Row, history, mapping, opportunity, snapshot } from '../platform/rows';
import { type ControlClass, freezePage, showControl, thawPage } from '../platform/show-control';

// The lifecycle is driven without the control's own inputs: it only reads column security from them.
const Control = BudgetBurn as unknown as ControlClass;
const show = (options: Omit<Parameters<typeof showControl>[1], 'control'> = {}) =>
  showControl(Control, { control: 'budget-burn', ...options });
const figures = (change: Row, snapshots: Row[] = history()) => ({
  crmjira_budget_mapping: [mapping(change)],
  crmjira_budget_snapshot: snapshots,
});
const user = () => userEvent.setup({ advanceTimers: (ms) => void jest.advanceTimersByTime(ms) });
const plain = (text: string | null | undefined) => (text ?? '').replace(/[\u00a0\u202f]/g, ' ');
const text = () => plain(document.body.textContent);
const chips = () => [...document.querySelectorAll('.crmjira-chip')].map((chip) => plain(chip.textContent));
const facts = () =>
  [...document.querySelectorAll('.crmjira-figures > div')].map((fact) =>
    [...fact.children].map((part) => plain(part.textContent)),
  );
const rowsOf = (table: string) =>
  within(screen.getByRole('table', { name: table }))
    .getAllByRole('row')
    .map((row) => [...row.children].map((cell) => plain(cell.textContent)));
const bar = () => document.querySelector('.crmjira-bar');

beforeEach(freezePage);
afterEach(thawPage);

describe('warning (E3)', () => {
  it('shows spent, remaining, forecast range, run-out range and pace (R-202)', async () => {
    await show();
    expect(chips()).toEqual(['Warning: 85.0% spent']);
    expect(text()).toContain('$212,500.00spent of $250,000.00 CAD');
    expect(text()).toContain('Remaining $37,500.00');
    expect(facts()).toEqual([
      ['Forecast at completion', '$238,750 – $259,146', 'Reliable · 82% of estimated work done'],
      ['Budget runs out', 'Jun 9–19, 2025', 'about Jun 16 · $1,225.00 a day, last 30 days'],
    ]);
    expect(text()).toContain('1,700 hours logged');
    expect(text()).toContain('Synced 2 minutes ago');
    expect(bar()).toHaveClass('crmjira-fill-warn');
  });

  it('says every figure in one sentence, and is no tab stop', async () => {
    await show();
    const picture = screen.getByRole('img');
    expect(plain(picture.getAttribute('aria-label'))).toBe(
      'Spent $212,500.00 CAD, 85.0%, of $250,000.00 CAD; ' +
        'Forecast at completion $238,750 – $259,146 (Reliable · 82% of estimated work done); ' +
        'Budget runs out Jun 9–19, 2025 (about Jun 16 · $1,225.00 a day, last 30 days)',
    );
    expect(picture).not.toHaveAttribute('tabindex');
  });

  it('is complete in French (Canada)', async () => {
    await show({ language: 3084 });
    expect(chips()).toEqual(['Avertissement : 85,0 % dépensés']);
    expect(text()).toContain('212 500,00 $dépensés sur 250 000,00 $ CAD');
    expect(facts()).toEqual([
      ['Prévision à l’achèvement', '238 750 $ à 259 146 $', 'Fiable · 82 % du travail estimé est fait'],
      ['Épuisement du budget', 'du 9 au 19 juin 2025', 'vers le 16 juin · 1 225,00 $ par jour sur 30 jours'],
    ]);
    expect(text()).toContain('Synchronisé il y a 2 minutes');
    expect(text()).not.toContain('missing:');
  });

  it('the same row is right for users of another zone (R-2308)', async () => {
    await show({ offsetMinutes: 330, offline: true });
    expect(text()).toContain('Shown as of May 16, 2025 23:34.');
  });
});

describe('states, first match wins', () => {
  it.each<[string, Row, Row[], string[], string]>([
    [
      'on track',
      { crmjira_spent_amount: 46_000, crmjira_total_hours: 368 },
      [
        snapshot('2025-05-11', 45_000),
        snapshot('2025-05-16', 46_000, { crmjira_remaining_estimate_hours: 1_542, crmjira_done_fraction: 0.24 }),
      ],
      ['On track'],
      'crmjira-fill-brand',
    ],
    [
      'at risk',
      { crmjira_spent_amount: 150_000, crmjira_total_hours: 1_200 },
      [
        snapshot('2025-04-01', 110_000),
        snapshot('2025-05-16', 150_000, { crmjira_remaining_estimate_hours: 960, crmjira_done_fraction: 0.52 }),
      ],
      ['At risk'],
      'crmjira-fill-brand',
    ],
    [
      'too early',
      { crmjira_spent_amount: 31_250, crmjira_total_hours: 250 },
      [snapshot('2025-05-16', 31_250, { crmjira_remaining_estimate_hours: 1_800, crmjira_done_fraction: 0.12 })],
      ['Too early to tell'],
      'crmjira-fill-brand',
    ],
    ['warning at 80 % exactly', { crmjira_spent_amount: 200_000 }, [], ['Warning: 80.0% spent'], 'crmjira-fill-warn'],
    ['no warning a cent before', { crmjira_spent_amount: 199_999.99 }, [], ['On track'], 'crmjira-fill-brand'],
    [
      'everything spent is not over',
      { crmjira_spent_amount: 250_000 },
      [],
      ['Warning: 100.0% spent'],
      'crmjira-fill-warn',
    ],
    ['over', { crmjira_spent_amount: 250_000.01 }, [], ['Over budget'], 'crmjira-fill-over'],
    [
      'completed under',
      { crmjira_spent_amount: 238_750, crmjira_budget_status: 5, crmjira_completed_on: '2025-05-10T16:00:00Z' },
      [],
      ['Completed, under budget'],
      'crmjira-fill-ok',
    ],
    [
      'completed on',
      { crmjira_spent_amount: 250_000, crmjira_budget_status: 5 },
      [],
      ['Completed, on budget'],
      'crmjira-fill-ok',
    ],
    [
      'completed over',
      { crmjira_spent_amount: 260_000, crmjira_budget_status: 5 },
      [],
      ['Completed, over budget'],
      'crmjira-fill-over',
    ],
  ])('%s', async (_, change, snapshots, expected, tone) => {
    await show({ rows: figures(change, snapshots) });
    expect(chips()).toEqual(expected);
    expect(bar()).toHaveClass(tone);
  });

  it('says what is missing for a forecast instead of guessing', async () => {
    const early = [
      snapshot('2025-05-16', 31_250, { crmjira_remaining_estimate_hours: 1_800, crmjira_done_fraction: 0.12 }),
    ];
    await show({ rows: figures({ crmjira_spent_amount: 31_250, crmjira_total_hours: 250 }, early) });
    expect(facts()).toEqual([
      ['Forecast at completion', 'Too early to tell', '12% of estimated work done. The forecast appears at 20%.'],
      ['Budget runs out', 'Not known yet', '14 days of history needed'],
    ]);
    expect(document.querySelector('.crmjira-band')).toBeNull();
  });

  it('without estimates there is a run-out, but no cost at completion', async () => {
    await show({ rows: figures({}, history(null)) });
    expect(facts()[0]).toEqual([
      'Forecast at completion',
      'Not known yet',
      'Appears when the issues in Jira have estimates',
    ]);
    expect(facts()[1]?.[1]).toBe('Jun 9–19, 2025');
  });

  it('says that nothing was spent lately', async () => {
    const idle = [snapshot('2025-03-01', 212_500), snapshot('2025-05-16', 212_500)];
    await show({ rows: figures({}, idle) });
    expect(facts()[1]).toEqual(['Budget runs out', 'Not known yet', 'Nothing spent in the last 30 days']);
  });

  it('over budget: by how much and since when', async () => {
    const rows = figures({ crmjira_spent_amount: 260_000 }, [
      ...history().slice(0, 4),
      snapshot('2025-05-12', 255_000),
    ]);
    await show({ rows });
    expect(text()).toContain('Over by $10,000.00');
    expect(facts()[1]).toEqual(['Budget runs out', 'Ran out May 12, 2025', 'Budget review required']);
  });

  it('completed without hours or period: says what is not known, never 0', async () => {
    const done = { crmjira_budget_status: 5, crmjira_total_hours: null, crmjira_period_from: null };
    await show({ rows: figures(done) });
    expect(facts()[1]).toEqual(['Duration', 'Not known yet']);
  });

  it('completed: variance, efficiency, duration and rate of the final figures (E4, R-804 to R-807)', async () => {
    const done = {
      crmjira_spent_amount: 238_750,
      crmjira_total_hours: 1_910,
      crmjira_budget_status: 5,
      crmjira_completed_on: '2025-06-15T16:00:00Z',
    };
    await show({ rows: figures(done) });
    expect(facts()).toEqual([
      ['Variance', '-$11,250.00 (-4.5%)', 'Efficiency: Excellent'],
      ['Duration', '151 days', '1,910 hours · $125.00 an hour'],
    ]);
    expect(text()).toContain('Completed Jun 15, 2025');
  });
});

describe('without figures', () => {
  it('no project: says when there will be one, and creates it', async () => {
    const { server, pass } = await show({ rows: { crmjira_budget_mapping: [] } });
    expect(chips()).toEqual(['No project yet']);
    expect(text()).toContain(
      'It is created once the budget amount is greater than $10,000.00 and the opportunity is open.',
    );
    await user().click(screen.getByRole('button', { name: 'Create Jira project' }));
    await pass(0);
    expect(server.tables.crmjira_command).toMatchObject([{ crmjira_command_type: 1 }]);
  });

  it.each([{ disabled: true }, { editable: false }, { rows: { opportunity: [opportunity({ statecode: 1 })] } }])(
    'offers no creation with %j',
    async (options) => {
      await show({ ...options, rows: { ...('rows' in options ? options.rows : {}), crmjira_budget_mapping: [] } });
      expect(screen.queryByRole('button')).toBeNull();
    },
  );

  it('R-203 not created: the same word as the control of the project, why in the reader’s language, and no second way to create', async () => {
    const failed = {
      crmjira_provisioning_state: 5,
      crmjira_last_error: 'Interdit.',
      crmjira_last_error_code: 'jira-forbidden',
    };
    await show({ rows: figures(failed, []) });
    expect(chips()).toEqual(['Not created']);
    expect(text()).toContain('The integration account is not allowed to do this in Jira.');
    expect(screen.queryByRole('button')).toBeNull();
  });

  it.each([
    [1, 'The Jira project is being created.'],
    [2, 'Project created, budget being set up.'],
    [3, 'Project and budget created, being linked.'],
  ])('R-203 being created, state %i: says what really is', async (state, said) => {
    await show({ rows: figures({ crmjira_provisioning_state: state, crmjira_spent_amount: 0 }, []) });
    expect(text()).toContain(said);
    expect(text()).toContain(`Step ${state + 1} of 4`);
  });

  it('being created: an empty bar, the step and its age', async () => {
    const change = {
      crmjira_provisioning_state: 2,
      crmjira_spent_amount: 0,
      createdon: '2025-05-16T18:03:40Z',
      crmjira_last_sync_date: null,
    };
    await show({ rows: figures(change, []) });
    expect(chips()).toEqual(['Being created']);
    expect(text()).toContain('Project created, budget being set up.');
    expect(text()).toContain('Step 3 of 4 · started 20 seconds ago');
    expect(bar()).toBeNull();
    expect(plain(screen.getByRole('img').getAttribute('aria-label'))).toBe('Spent $0.00 CAD, 0.0%, of $250,000.00 CAD');
  });

  it('unsaved, masked by column, refused by the server: nothing is drawn from nothing', async () => {
    const unsaved = await show({ recordId: null });
    expect(text()).toContain('Save the opportunity first.');
    unsaved.unmount();
    const masked = await show({ readable: false });
    expect(chips()).toEqual(['Hidden']);
    expect(masked.server.calls).toEqual([]);
    masked.unmount();
    const refused = await show({ failure: { errorCode: 0x80040220 } });
    expect(text()).toContain('You do not have permission to see the budget figures of this opportunity.');
    refused.unmount();
    await show({ rows: figures({ crmjira_spent_amount: null }) });
    expect(chips()).toEqual(['Hidden']);
  });

  it('loading', async () => {
    await show({ hang: true });
    expect(screen.getByRole('status', { name: 'Loading the budget figures' })).toBeInTheDocument();
    expect(screen.getByRole('region', { name: 'Budget burn' })).toHaveAttribute('aria-busy', 'true');
  });

  it('error: says what is safe and reads again on demand; offline says so', async () => {
    const { server, pass, update } = await show({ failure: new Error('502') });
    expect(text()).toContain('The budget figures could not be loaded.Nothing was changed.');
    update({ offline: true });
    expect(text()).toContain('You are offline and nothing has been loaded yet.');
    update({ offline: false });
    server.failure = null;
    await user().click(screen.getByRole('button', { name: 'Try again' }));
    await pass(0);
    expect(chips()).toEqual(['Warning: 85.0% spent']);
  });
});

describe('figures that are not today’s', () => {
  const stale = figures(
    {
      crmjira_spent_amount: 195_000,
      crmjira_total_hours: 1_560,
      crmjira_failing_since: '2025-05-16T18:03:00Z',
      crmjira_last_error: 'Jira took too long to answer; it is tried again.',
    },
    [
      snapshot('2025-01-15', 45_000),
      snapshot('2025-05-16', 195_000, { crmjira_remaining_estimate_hours: 350, crmjira_done_fraction: 0.74 }),
    ],
  );

  it('stale: since when, what is safe; the forecast names its time, the run-out is not recalculated', async () => {
    await show({ rows: stale });
    expect(chips()).toEqual(['Figures from 14:02']);
    expect(text()).toContain('Last figures 14:02. Jira unreachable since 14:03.');
    expect(text()).toContain('Nothing is lost: logged hours arrive when it answers.');
    expect(facts()).toEqual([
      ['Forecast at completion', '$238,750 – $263,514', 'From the figures of 14:02'],
      ['Budget runs out', 'Not recalculated', 'Resumes when Jira responds'],
    ]);
    expect(text()).toContain('Last sync 14:02');
    expect(document.querySelector('.crmjira-cone')).toBeNull();
  });

  it.each([
    [
      1033,
      'Jira took too long to answer; it is tried again.',
      'Nothing is lost: logged hours arrive when it answers. Next try 14:20.',
    ],
    [
      3084,
      'Jira took too long to answer; it is tried again.',
      'Rien n’est perdu : les heures consignées arriveront à la reprise. Prochain essai : 14:20.',
    ],
    [
      1033,
      'The project lead does not exist in Jira.',
      'The figures shown are the last ones read from Jira. Next try 14:20.',
    ],
  ] as const)('R-203 says when a failed sync is tried again (%s, %s)', async (language, lastError, words) => {
    await show({
      language,
      rows: figures({ crmjira_last_error: lastError, crmjira_next_retry_on: '2025-05-16T18:20:00Z' }),
    });
    expect(text()).toContain(words);
  });

  it('R-203 of a deleted project nothing is promised: no answer of Jira brings it back', async () => {
    const deleted = {
      crmjira_last_error: 'The Jira project no longer exists.',
      crmjira_last_error_code: 'project-deleted',
    };
    await show({ rows: figures(deleted) });
    expect(facts()[1]?.[1]).toBe('Not recalculated');
    expect(text()).not.toContain('Resumes');
  });

  it('R-203 names Tempo where that is away: Jira answers', async () => {
    await show({
      rows: figures({
        crmjira_last_error: 'Tempo is not available just now (503); it is tried again.',
        crmjira_last_error_code: 'tempo-unavailable',
      }),
    });
    expect(text()).toContain("Tempo is not responding. We'll retry automatically.");
    expect(text()).not.toContain('Jira unreachable');
  });

  it.each([
    [
      'a try that is past',
      { crmjira_last_error: 'Jira is unreachable.', crmjira_next_retry_on: '2025-05-16T18:03:59Z' },
    ],
    ['none that is due', { crmjira_last_error: 'Jira is unreachable.', crmjira_next_retry_on: null }],
    ['figures without a failure', { crmjira_last_error: null, crmjira_next_retry_on: '2025-05-16T18:20:00Z' }],
  ])('R-203 names no next try for %s', async (_, columns) => {
    await show({ rows: figures(columns) });
    expect(text()).toContain('hours logged');
    expect(text()).not.toContain('Next try');
  });

  it('stale does not hide that the budget is over', async () => {
    await show({
      rows: figures({
        crmjira_spent_amount: 260_000,
        crmjira_last_error: 'Jira took too long to answer; it is tried again.',
      }),
    });
    expect(chips()).toEqual(['Over budget', 'Figures from 14:02']);
  });

  it('a sync that is asked for is followed to its figures', async () => {
    const { server, pass } = await show({ rows: stale });
    await user().click(screen.getByRole('button', { name: 'Sync now' }));
    await pass(0);
    expect(screen.getByRole('status')).toHaveTextContent('Sync requested.');
    Object.assign(server.tables.crmjira_command?.[0] ?? {}, { crmjira_command_state: 3 });
    server.tables.crmjira_budget_mapping = [mapping({ '@odata.etag': 'W/"2"' })];
    await pass(4_000);
    expect(screen.getByRole('status')).toHaveTextContent('Figures updated: 85.0% spent.');
    expect(chips()).toEqual(['Warning: 85.0% spent']);
  });

  it('a reading that fails later keeps the figures with their time', async () => {
    const { server, pass } = await show();
    server.failure = new Error('502');
    await pass(4_000);
    expect(text()).toContain('$212,500.00');
    expect(text()).toContain('Figures as of May 16, 2025 14:04: refreshing failed.');
  });

  it('offline: figures with their time, no command', async () => {
    await show({ offline: true, rows: stale });
    expect(chips()[0]).toBe('Offline');
    expect(screen.queryByRole('button')).toBeNull();
    expect(text()).toContain('Shown as of May 16, 2025 14:04.');
  });

  it('discrepancy: both amounts, and which one counts (R-512, E2-C)', async () => {
    await show({ rows: figures({ crmjira_spent_amount: 260_000, crmjira_jira_amount: 300_000 }) });
    expect(chips()).toEqual(['Over budget', 'Jira has $300,000.00']);
    expect(text()).toContain('The budget in Jira is $300,000.00; in Dynamics it is $250,000.00.');
    expect(text()).toContain('All figures here use the amount in Dynamics.');
    expect(text()).toContain('104.0%');
  });

  describe('discrepancy: either side can be asked for where it is shown (R-512, R-1506)', () => {
    const differing = figures({ crmjira_jira_amount: 300_000 });

    const draft = figures({ crmjira_jira_amount: 300_000, crmjira_budget_status: 1 });

    it.each([
      ['Set $250,000.00 in Jira', 'approved crm', differing],
      ['Set $250,000.00 in Jira', 'approved crm', draft],
      ['Take $300,000.00 from Jira', 'approved jira', draft],
    ])('%s', async (name, argument, rows) => {
      const { server, pass } = await show({ rows });
      await user().click(screen.getByRole('button', { name }));
      await pass(0);
      expect(server.tables.crmjira_command).toMatchObject([
        { crmjira_name: name, crmjira_command_type: 7, crmjira_argument: argument },
      ]);
      expect(screen.getByRole('status')).toHaveTextContent('Requested.');
      expect(screen.getByRole('button', { name })).toHaveAttribute('aria-disabled', 'true');
    });

    it('offers only what can be done: an approved amount changes by an approval (F-112)', async () => {
      await show({ rows: differing });
      expect(screen.getAllByRole('button').map(({ textContent }) => plain(textContent))).toEqual([
        'Set $250,000.00 in Jira',
      ]);
      expect(text()).toContain('To change the approved amount, request approval of another one.');
    });

    it('answers with the integration’s words why a side cannot be taken', async () => {
      const { server, pass } = await show({ rows: draft });
      await user().click(screen.getByRole('button', { name: /from Jira/ }));
      await pass(0);
      const refused = { crmjira_command_state: 4, crmjira_result: 'An approved amount changes by an approval.' };
      Object.assign(server.tables.crmjira_command?.[0] ?? {}, refused);
      await pass(4_000);
      expect(screen.getByRole('status')).toHaveTextContent('Not done: An approved amount changes by an approval.');
      expect(screen.getByRole('button', { name: /from Jira/ })).not.toHaveAttribute('aria-disabled', 'true');
    });

    it('is in French (Canada), also in one column', async () => {
      await show({ rows: differing, language: 3084, width: 300 });
      expect(screen.getAllByRole('button').map((button) => plain(button.textContent))).toEqual([
        'Inscrire 250 000,00 $ dans Jira',
      ]);
    });

    it.each([
      ['may not ask', { privileges: (table: string) => table !== 'crmjira_command' }],
      ['is offline', { offline: true }],
      ['reads a closed record', { disabled: true }],
    ])('is not offered to a person who %s', async (_why, options) => {
      await show({ rows: differing, ...options });
      expect(text()).toContain('The budget in Jira is $300,000.00;');
      expect(screen.queryByRole('button')).toBeNull();
    });
  });

  describe('F-106 until it is approved, the amount is not called so', () => {
    const draft = { crmjira_budget_status: 1, crmjira_spent_amount: 20_000 };

    it.each([
      [2, 'Requested, not approved', 'Requested', 1033],
      [1, 'Planned, not approved', 'Planned', 1033],
      [2, 'Demandé, non approuvé', 'Demandé', 3084],
    ] as const)('approval status %i: %s', async (status, said, mark, language) => {
      await show({
        language,
        rows: { ...figures(draft), opportunity: [opportunity({ crmjira_approval_status: status })] },
      });
      expect(chips()).toEqual([said]);
      const labels = [...document.querySelectorAll('.crmjira-chart text')].map((label) => plain(label.textContent));
      expect(labels).toContain(mark);
      expect(labels.join()).not.toMatch(/Approved|Approuvé/);
      await user().click(screen.getByRole('radio', { name: language === 1033 ? 'Table' : 'Tableau' }));
      expect(screen.getAllByRole('columnheader').map(({ textContent }) => textContent)).not.toContain('Approved');
    });

    it('more spent than planned still says so', async () => {
      await show({ rows: figures({ crmjira_budget_status: 1, crmjira_spent_amount: 260_000 }) });
      expect(chips()).toEqual(['Over budget']);
    });
  });

  it.each([
    ['provisioning-held', 'On hold', 'On hold: too many Jira projects were requested within an hour.'],
    ['jira-unavailable', 'Waiting', "Jira is not responding. We'll retry automatically."],
  ])('F-107, F-108 a project that waits does not look as if it were being created: %s', async (code, chip, words) => {
    const waiting = { crmjira_provisioning_state: 1, crmjira_last_error: 'Stored.', crmjira_last_error_code: code };
    await show({ rows: figures(waiting) });
    expect(chips()).toEqual([chip]);
    expect(text()).toContain(words);
    expect(document.querySelector('.crmjira-turning')).toBeNull();
  });

  it('F-115 names no day of a run-out where the work is done before the money is gone', async () => {
    await show({ rows: figures({}, history({ remainingHours: 50, done: 0.95 })) });
    expect(text()).toContain('Budget runs outNot before completion');
    expect(document.querySelector('.crmjira-runout')).toBeNull();
    // The fan is drawn to the cost at completion.
    expect(document.querySelector('.crmjira-cone')).not.toBeNull();
  });

  it('F-122 one day and one hour are one', async () => {
    const done = { crmjira_budget_status: 5, crmjira_completed_on: '2025-01-16T12:00:00Z', crmjira_total_hours: 1 };
    await show({ rows: figures(done) });
    expect(text()).toContain('1 day');
    expect(text()).not.toMatch(/\b1 (days|hours)/);
  });

  it('another currency: its own symbol and code, the base amounts and the rate', async () => {
    const change = {
      _transactioncurrencyid_value: EUR,
      exchangerate: 0.68,
      crmjira_spent_amount_base: 312_500,
      crmjira_approved_budget_base: 367_647.06,
    };
    await show({ rows: figures(change) });
    expect(text()).toContain('€212,500.00spent of €250,000.00 EUR');
    expect(text()).toContain('Base currency: $312,500.00 of $367,647.06 CAD · rate 0.6800');
  });

  it('no approved amount: figures without a percentage, never NaN', async () => {
    await show({ rows: figures({ crmjira_approved_budget: 0, crmjira_spent_amount: 100 }, []) });
    expect(chips()[0]).toBe('Over budget');
    expect(document.body.innerHTML).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('R-807 completed with nothing approved: any spending is rated as the final report rates it', async () => {
    const completed = { crmjira_budget_status: 5, crmjira_completed_on: '2025-05-10T16:00:00Z' };
    await show({ rows: figures({ crmjira_approved_budget: 0, crmjira_spent_amount: 100, ...completed }, []) });
    expect(text()).toContain('Efficiency: Poor');
  });

  it('R-2308 what ran out since the last day that was kept ran out on the day of the reader’s clock, as in the table', async () => {
    await show({ offsetMinutes: 600, rows: figures({ crmjira_spent_amount: 250_100 }, []) });
    expect(facts()[1]?.[1]).toBe('Ran out May 17, 2025');
    await user().click(screen.getByRole('radio', { name: 'Table' }));
    expect(rowsOf('Spending by month, cumulative')[1]?.[0]).toBe('May 17, 2025');
  });
});

describe('F-125 who spent what, for those who may see persons (R-2304)', () => {
  const work = (month: string, id: string, name: string, hours: number): Row => ({
    _crmjira_budget_mapping_id_value: MAPPING_ID,
    crmjira_month: month,
    crmjira_person_id: id,
    crmjira_person: name,
    crmjira_hours: hours,
    crmjira_cost: hours * 125,
  });
  const rows = {
    crmjira_resource_allocation: [
      work('2025-03-01', 'p1', 'Mei Chen', 400.1),
      work('2025-03-01', 'p2', 'Ravi Patel', 500.2),
      work('2025-04-01', 'p1', 'Mei Tan', 400.1),
      work('2025-04-01', 'p3', 'Gone', 0),
    ],
  };
  const toTable = () => user().click(screen.getByRole('radio', { name: 'Table' }));
  const fold = async (open: boolean, { pass }: Awaited<ReturnType<typeof show>>) => {
    const details = screen.getByText('Work by person').closest('details');
    if (!details) throw new Error('It is not folded.');
    details.open = open;
    fireEvent(details, new Event('toggle'));
    await pass(0);
  };
  const asked = ({ server }: Awaited<ReturnType<typeof show>>) =>
    server.calls.filter((call) => call === 'list crmjira_resource_allocation').length;

  it('is read once somebody asks for it, summed by person to the cent, the most costly first', async () => {
    const shown = await show({ rows });
    await toTable();
    expect(asked(shown)).toBe(0);
    await fold(true, shown);
    expect(rowsOf('Hours and cost to date')).toEqual([
      ['Person', 'Hours', 'Cost'],
      ['Mei Tan', '800.2', '$100,025.00'],
      ['Ravi Patel', '500.2', '$62,525.00'],
      ['Total', '1,300.4', '$162,550.00'],
    ]);
    await fold(false, shown);
    shown.server.tables.crmjira_budget_mapping = [mapping({ '@odata.etag': 'W/"2"' })];
    await shown.pass(8_000);
    expect(asked(shown)).toBe(1);
  });

  it('is offered to nobody else', async () => {
    await show({ rows, privileges: (table) => table !== 'crmjira_resource_allocation' });
    await toTable();
    expect(screen.queryByText('Work by person')).toBeNull();
  });

  it.each([
    ['nobody is named', {}, undefined, 'No hours per person are known for this budget.'],
    ['it is refused', rows, new Error('no answer'), 'The work by person could not be loaded.'],
  ])('says so where %s', async (_when, own, refusal, said) => {
    const shown = await show({ rows: own });
    shown.server.refusals['crmjira_resource_allocation'] = refusal;
    await toTable();
    await fold(true, shown);
    expect(text()).toContain(said);
  });
});

describe('chart and table', () => {
  it.each([
    ['approved', { crmjira_approved_budget: 900_000 }, {}],
    ['line', {}, { crmjira_spent_amount: 30_000 }],
  ])('R-202 amounts that were taken back stay inside the picture: %s', async (name, before, now) => {
    await show({
      rows: figures({ crmjira_approved_budget: 100_000, crmjira_spent_amount: 50_000, ...now }, [
        snapshot('2025-01-15', 0),
        snapshot('2025-03-15', 240_000, before),
      ]),
    });
    const drawn = document.querySelector(`path.crmjira-${name}`)?.getAttribute('d') ?? '';
    // M x y, then H x, V y or L x y: what stands after V, and second after M and L.
    const heights = [...drawn.matchAll(/V ?(-?[\d.]+)|[ML] ?-?[\d.]+[ ,](-?[\d.]+)/g)].map(([, v, y]) =>
      Number(v ?? y),
    );
    expect(heights.length).toBeGreaterThan(1);
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(0);
  });

  it('are one radio group that the arrow keys move through', async () => {
    await show();
    const group = screen.getByRole('radiogroup', { name: 'View of the figures' });
    const [chart, table] = within(group).getAllByRole('radio');
    expect(chart).toBeChecked();
    const person = user();
    await person.tab();
    expect(chart).toHaveFocus();
    await person.keyboard('{ArrowRight}');
    expect(table).toBeChecked();
    expect(screen.getByRole('table', { name: 'Spending by month, cumulative' })).toBeInTheDocument();
  });

  it('the table has the chart’s figures by month, each told to its end (F-122)', async () => {
    await show();
    await user().click(screen.getByRole('radio', { name: 'Table' }));
    expect(rowsOf('Spending by month, cumulative')).toEqual([
      ['Up to', 'In the month', 'Spent', 'Approved', '%'],
      ['Jan 31, 2025', '$45,000.00', '$45,000.00', '$250,000.00', '18.0%'],
      ['Feb 28, 2025', '$29,286.10', '$74,286.10', '$250,000.00', '29.7%'],
      ['Apr 30, 2025', '$101,463.90', '$175,750.00', '$250,000.00', '70.3%'],
      ['May 16, 2025', '$36,750.00', '$212,500.00', '$250,000.00', '85.0%'],
    ]);
  });

  it('the table has every milestone with its day, also those that the chart has no room or no day for', async () => {
    const far = 'A release with a name that is longer than the picture is wide, '.repeat(2);
    const versions = [
      { name: 'Release 1.0', date: '2025-03-28', released: true },
      { name: 'Release 1.0', date: '2025-03-28', released: false },
      { name: far, date: '2027-01-31', released: false },
    ];
    const { update } = await show({ rows: figures({ crmjira_milestones: JSON.stringify(versions) }) });
    const titles = [...document.querySelectorAll('.crmjira-released title, .crmjira-planned title')];
    expect(titles.map((title) => plain(title.textContent))).toEqual([
      'Release 1.0 · Mar 28, 2025',
      'Release 1.0 · Mar 28, 2025',
    ]);
    await user().click(screen.getByRole('radio', { name: 'Table' }));
    const rows = [
      ['Milestone', 'Date', 'Released'],
      ['Release 1.0', 'Mar 28, 2025', 'Yes'],
      ['Release 1.0', 'Mar 28, 2025', 'No'],
      [far, 'Jan 31, 2027', 'No'],
    ];
    expect(rowsOf('Milestones')).toEqual(rows);
    update({ width: 300 });
    expect(rowsOf('Milestones')).toEqual(rows);
  });

  it('without milestones there is no table of them', async () => {
    await show({ rows: figures({ crmjira_milestones: null }) });
    await user().click(screen.getByRole('radio', { name: 'Table' }));
    expect(screen.getAllByRole('table')).toHaveLength(1);
  });

  it.each([300, 419])('at %i px there is one column with short labels', async (width) => {
    await show({ width });
    expect(text()).toContain('of $250,000.00 CAD · 85.0%');
    expect(text()).toContain('Forecast $239K–$259K');
    expect(document.querySelector('.crmjira-narrow')).not.toBeNull();
    for (const svg of document.querySelectorAll('svg'))
      expect(Number(svg.getAttribute('width'))).toBeLessThanOrEqual(width - 26);
  });

  it('from 900 px the line stands beside the bar', async () => {
    const { update } = await show({ width: 960 });
    expect(document.querySelector('.crmjira-beside')).not.toBeNull();
    update({ width: 899 });
    expect(document.querySelector('.crmjira-beside')).toBeNull();
  });
});

describe('drawing', () => {
  it('asks to be told when its width changes', async () => {
    const { context } = await show();
    expect(context().mode.trackContainerResize).toHaveBeenCalledWith(true);
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

  it('announces a change of state, not each new figure', async () => {
    const { server, pass } = await show({ rows: figures({ crmjira_spent_amount: 210_000 }) });
    const status = screen.getByRole('status');
    expect(status).toBeEmptyDOMElement();
    server.tables.crmjira_budget_mapping = [mapping({ '@odata.etag': 'W/"2"', crmjira_spent_amount: 211_000 })];
    await pass(4_000);
    expect(text()).toContain('$211,000.00');
    expect(status).toBeEmptyDOMElement();
    server.tables.crmjira_budget_mapping = [mapping({ '@odata.etag': 'W/"3"', crmjira_spent_amount: 260_000 })];
    await pass(4_000);
    expect(status).toHaveTextContent('Over budget');
  });

  it('the component alone draws what its plain props say', () => {
    const view = {
      chips: [],
      live: '',
      state: 'unsaved',
      title: 'Budget burn',
      width: 300,
      lede: 'Save the opportunity first.',
    };
    render(
      <BurnCard
        onWork={() => undefined}
        view={view}
        news=""
        told=""
        look={{ dark: true, colours: { '--crmjira-text': '#eeeeee' } }}
        id="heading"
        measure={(label) => label.length * 6}
        onAction={() => undefined}
        onWhatIf={() => undefined}
      />,
    );
    const region = screen.getByRole('region', { name: 'Budget burn' });
    expect(region).toHaveClass('crmjira-dark', 'crmjira-narrow');
    expect(region.style.getPropertyValue('--crmjira-text')).toBe('#eeeeee');
  });

  it('follows the dark theme of the host', async () => {
    await show({ dark: true });
    expect(screen.getByRole('region')).toHaveClass('crmjira-dark');
  });

  it('leaves no timer behind when the control goes', async () => {
    const { unmount, control } = await show();
    unmount();
    control.destroy();
    expect(jest.getTimerCount()).toBe(0);
    expect(control.getOutputs?.()).toEqual({});
  });
});
