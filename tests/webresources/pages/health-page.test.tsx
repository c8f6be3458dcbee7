import '@testing-library/jest-dom';
import * as React from 'react';
import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { healthRows } from './health-rows';
import { HealthPage } from '../../../webresources/src/pages/integration-health/health-page';
import { pageFormat } from '../../../webresources/src/pages/platform/page-format';

const opened: unknown[] = [];

beforeEach(() => {
  opened.splice(0);
  Object.assign(globalThis, {
    // jsdom lays nothing out: there is no width to hear of
    ResizeObserver: class {
      observe(): void {}
      disconnect(): void {}
    },
    Xrm: {
      WebApi: { retrieveMultipleRecords: async () => ({ entities: [] }) },
      Navigation: { navigateTo: async (page: unknown) => void opened.push(page) },
    },
  });
});

test.each([
  [1033, 'All log entries'],
  [3084, 'Toutes les entrées du journal'],
] as const)('R-1104 beside the newest errors stands the way to the whole log (%s)', async (language, name) => {
  const settings = { language, theme: null, recordId: null };
  render(<HealthPage facts={{ language, format: pageFormat(language, () => 0), dark: false, settings }} />);
  fireEvent.click(await screen.findByRole('button', { name }));
  expect(opened).toEqual([{ pageType: 'entitylist', entityName: 'crmjira_integration_log' }]);
});

describe('R-1508 retrying all that failed', () => {
  const created: unknown[] = [];
  const asked: string[] = [];
  const press = async (failed: readonly string[], confirmed: boolean): Promise<void> => {
    created.splice(0);
    asked.splice(0);
    Object.assign(Xrm.WebApi, {
      retrieveMultipleRecords: async (table: string) => ({
        entities: table === 'crmjira_budget_mapping' ? failed.map((id) => ({ _crmjira_opportunity_id_value: id })) : [],
      }),
      createRecord: async (_table: string, row: Record<string, unknown>) => {
        created.push(row['crmjira_opportunity_id@odata.bind']);
        throw new Error('not today');
      },
    });
    Object.assign(Xrm.Navigation, {
      openConfirmDialog: async ({ text }: { text: string }) => {
        asked.push(text);
        return { confirmed };
      },
    });
    const settings = { language: 1033, theme: null, recordId: null } as const;
    render(<HealthPage facts={{ language: 1033, format: pageFormat(1033, () => 0), dark: false, settings }} />);
    fireEvent.click(await screen.findByRole('button', { name: 'Retry all failed' }));
  };
  const ONE = '11111111-1111-4111-8111-111111111111';
  const TWO = '22222222-2222-4222-8222-222222222222';

  test('asks before, requests one retry an opportunity, and tells what came of them', async () => {
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    await press([ONE, TWO, ONE], true);
    expect(await screen.findByText('Retried: 0 of 2 succeeded.')).toBeInTheDocument();
    expect(asked).toEqual(['Retry the opportunities whose last sync failed: 2?']);
    expect(created).toEqual([`/opportunities(${ONE})`, `/opportunities(${TWO})`]);
  });

  test('requests nothing when the person thinks better of it', async () => {
    await press([ONE], false);
    await screen.findByRole('button', { name: 'Retry all failed' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([asked.length, created]).toEqual([1, []]);
  });

  test('says so when nothing has failed', async () => {
    await press([], true);
    expect(await screen.findByText('Nothing to retry: no last sync has failed.')).toBeInTheDocument();
    expect(asked).toEqual([]);
  });
});

describe('what the integration needs (R-1102, R-1501)', () => {
  const row = (over: Record<string, unknown>) => ({
    crmjira_integrationid: '0c0c0c0c-0b0a-4009-8807-060504030201',
    crmjira_name: 'Acme',
    crmjira_health: 2,
    crmjira_last_test_on: new Date().toISOString(),
    crmjira_last_test_ok: true,
    crmjira_jira_health: 1,
    crmjira_jira_since: '2025-05-12T12:00:00Z',
    crmjira_dataverse_health: 2,
    crmjira_dataverse_reason: 'Dataverse asked to slow down; it is tried again.',
    crmjira_dataverse_reason_code: 'dataverse-limit',
    crmjira_budget_source_health: 3,
    crmjira_budget_source_reason: 'Somebody pulled the plug.',
    crmjira_gateway_health: 5,
    ...over,
  });
  /** What Dataverse answers of these connections. */
  const rowsIn = (table: string, connections: readonly Record<string, unknown>[]) => {
    const rows = connections.map(healthRows);
    if (table === 'crmjira_integration') return rows.map(({ connection }) => connection);
    return table === 'crmjira_integration_health' ? rows.flatMap(({ states }) => states) : [];
  };
  const answer = (entitiesOf: (table: string) => readonly Record<string, unknown>[]): void =>
    void Object.assign(Xrm.WebApi, {
      retrieveMultipleRecords: async (table: string) => ({ entities: entitiesOf(table) }),
    });
  const showPage = (language: 1033 | 3084 = 1033): void => {
    const settings = { language, theme: null, recordId: null };
    render(<HealthPage facts={{ language, format: pageFormat(language, () => 0), dark: false, settings }} />);
  };
  const show = async (over: Record<string, unknown>, language: 1033 | 3084 = 1033): Promise<void> => {
    answer((table) => rowsIn(table, [row(over)]));
    showPage(language);
    const name = language === 1033 ? 'What the integration needs' : 'Ce dont l’intégration a besoin';
    await screen.findByRole('region', { name });
  };
  const card = (name: string): string =>
    screen.getByRole('heading', { level: 2, name }).closest('.page-card')?.textContent ?? '';

  test('stands in a card each: state in words, since when, what is wrong and what to do', async () => {
    await show({});
    const cards = screen.getByRole('region', { name: 'What the integration needs' });
    expect(cards.querySelectorAll('.page-card')).toHaveLength(4);
    expect(card('Dataverse')).toContain('Attention');
    expect(card('Dataverse')).toContain("Dataverse asked us to slow down. We'll retry automatically.");
    expect(card('Budget source')).toMatch(/Down.*Somebody pulled the plug\. Spending stays as it was last read/);
    expect(card('Gateway')).toBe('GatewayNot usedThe service reaches Jira without a gateway.');
    fireEvent.click(screen.getByRole('button', { name: 'Budget source: connection set-up' }));
    expect(opened).toEqual([{ pageType: 'webresource', webresourceName: 'crmjira_/pages/connection-guide.html' }]);
  });

  test('with its figures: how fast, how much, until when (R-1102, R-1106)', async () => {
    await show({
      crmjira_jira_response_ms: 420,
      crmjira_jira_days_left: 41,
      crmjira_dataverse_response_ms: 1_180,
      crmjira_dataverse_days_left: 0,
      crmjira_budget_source_response_ms: 95,
      crmjira_gateway_health: 1,
      crmjira_gateway_calls_per_minute: 31,
      crmjira_gateway_days_left: 1,
    });
    expect(card('Jira')).toContain('Response0.42 sLimitUnknownExpiry41 days');
    expect(card('Dataverse')).toContain('Response1.18 s');
    expect(card('Dataverse')).toContain('ExpiryToday or past');
    expect(card('Budget source')).toContain('Response0.10 s');
    expect(card('Budget source')).not.toContain('Expiry');
    expect(card('Gateway')).toContain('StateConnectedLoad31/minCertificate1 day');
  });

  test('with what the mock-up has beside them: limit, queue and oldest, kind, rate and delay (R-507, R-1102, R-1110)', async () => {
    await show({
      crmjira_jira_response_ms: 420,
      crmjira_jira_limit_ms: 5_000,
      crmjira_jobs_waiting: 1_234,
      crmjira_oldest_waiting_s: 119,
      crmjira_budget_source_kind: 3,
      crmjira_budget_source_rate: 125,
      crmjira_budget_source_rate_currency: 'CAD',
      crmjira_budget_source_delay_s: 15,
    });
    expect(card('Jira')).toContain('Response0.42 sLimit5.00 s');
    expect(card('Dataverse')).toContain('Queue1,234Oldest119 s');
    expect(card('Budget source')).toContain('KindComputedDefault rate125.00\u00a0CADDelay15 s');
  });

  test.each([
    [0, '0 s'],
    [120, '2 min'],
    [7_140, '119 min'],
    [7_200, '2 h'],
    [null, 'Unknown'],
  ])('a wait of %s seconds is told as %s', async (seconds, told) => {
    await show({ crmjira_oldest_waiting_s: seconds });
    expect(card('Dataverse')).toContain(`Oldest${told}`);
  });

  test('a source that tells amounts has no rate, and one to which nothing came lately no delay', async () => {
    await show({ crmjira_budget_source_kind: 1, crmjira_budget_source_rate: null }, 3084);
    expect(card('Source des budgets')).toContain('TypeContrat budgétaireDélaiAucune donnée');
    expect(card('Source des budgets')).not.toContain('Taux');
    // Two figures before it, yet the times have a row of their own.
    const begins = screen.getAllByText('Depuis').map((name) => name.parentElement?.className);
    expect(new Set(begins)).toEqual(new Set(['figures-begin']));
  });

  test.each([
    [1033, 'Gateway', 28, 'Attention', 'expires in 28 days. An administrator must renew it before then.'],
    [3084, 'Passerelle', 0, 'À surveiller', 'aujourd’hui ou est échu. Un administrateur le renouvelle.'],
  ] as const)(
    'what ends soon is told with the day, not as a fault (R-1106, %s)',
    async (language, name, days, state, told) => {
      const code = { crmjira_gateway_reason_code: 'expires-soon', crmjira_gateway_reason: 'It expires soon.' };
      await show({ crmjira_gateway_health: 2, crmjira_gateway_days_left: days, ...code }, language);
      expect(card(name)).toContain(state);
      expect(card(name)).toContain(told);
      expect(card(name)).not.toMatch(/Nothing is lost|Rien n’est perdu|It expires soon/);
      expect(card(name)).toMatch(/StateConnected|ÉtatConnectée/);
    },
  );

  test.each([
    ['webhooks-silent', 1033, 'its webhooks do not arrive'],
    ['webhooks-silent', 3084, 'ses webhooks n’arrivent pas'],
    ['environment-moved', 1033, 'nothing is written to Jira'],
    ['environment-moved', 3084, 'rien n’est écrit dans Jira'],
  ] as const)('F-207 a Jira that answers and still needs attention says why: %s, %s', async (code, language, told) => {
    const reason = { crmjira_jira_reason: 'What the service said.', crmjira_jira_reason_code: code };
    await show({ crmjira_jira_health: 2, ...reason }, language);
    expect(card('Jira')).toContain(told);
    // Nobody is to wait for an answer of Jira's.
    expect(card('Jira')).not.toMatch(/when Jira answers|à la reprise|What the service said/);
  });

  test('and unknown is said as unknown, not as nothing', async () => {
    await show({ crmjira_gateway_health: 1, crmjira_gateway_days_left: 12 }, 3084);
    const plain = (name: string): string => card(name).replaceAll('\u00a0', ' ');
    expect(plain('Jira')).toContain('RéponseInconnueLimiteInconnueÉchéanceInconnue');
    expect(plain('Source des budgets')).toContain('TypeInconnuTaux par défautInconnu');
    expect(plain('Passerelle')).toContain('ChargeInconnueCertificat12 jours');
  });

  test('of a certificate in its own gender', async () => {
    await show({ crmjira_gateway_health: 1 }, 3084);
    expect(card('Passerelle')).toMatch(/CertificatInconnu(?!e)/);
  });

  test('in French as well', async () => {
    await show({}, 3084);
    expect(card('Dataverse')).toMatch(/À surveiller.*Dataverse a demandé de ralentir/);
    expect(card('Passerelle')).toContain('Non utilisée');
  });

  test('is unknown where nothing was reported, and once the service is silent', async () => {
    await show({ crmjira_jira_health: null, crmjira_jira_since: null });
    expect(card('Jira')).toBe('JiraUnknownIts state was not known at the last test.Connection set-up');
  });

  test('R-1104 the end of an outage is seen 10 s later, and the figures are not read for it', async () => {
    jest.useFakeTimers();
    try {
      const asked: string[] = [];
      let health = 3;
      Object.assign(Xrm.WebApi, {
        retrieveMultipleRecords: async (table: string) => {
          asked.push(table);
          return { entities: rowsIn(table, [row({ crmjira_jira_health: health })]) };
        },
      });
      const settings = { language: 1033, theme: null, recordId: null } as const;
      const facts = { language: 1033, format: pageFormat(1033, () => 0), dark: false, settings } as const;
      const { unmount } = render(<HealthPage facts={facts} />);
      await act(async () => jest.advanceTimersByTimeAsync(0));
      expect(card('Jira')).toMatch(/^JiraDown/);
      const first = asked.length;
      health = 1;
      await act(async () => jest.advanceTimersByTimeAsync(10_000));
      expect(card('Jira')).toMatch(/^JiraHealthy/);
      expect(asked.slice(first)).toEqual(['crmjira_integration', 'crmjira_integration_health']);
      await act(async () => jest.advanceTimersByTimeAsync(20_000));
      // docs/performance.md counts these.
      expect(asked.slice(first)).toHaveLength(3 * 2 + 10);
      unmount();
    } finally {
      jest.useRealTimers();
    }
  });

  const SECOND = '0c0c0c0c-0b0a-4009-8807-0605040302ff';
  const europe = {
    crmjira_integrationid: SECOND,
    crmjira_name: 'A Jira of Europe',
    crmjira_health: 3,
    crmjira_last_test_on: new Date().toISOString(),
    crmjira_last_test_ok: false,
    crmjira_jira_health: 3,
    crmjira_jira_reason_code: 'jira-unavailable',
    crmjira_jira_waiting: 4,
    crmjira_jira_dead_letters: 1,
    crmjira_budget_source_health: 3,
    crmjira_budget_source_reason_code: 'jira-unavailable',
  };

  test.each([
    [1033, 'Down', 'Jira is not responding.', 'To retry4Dead letters1', 'A Jira of Europe · Jira: connection set-up'],
    [3084, 'En panne', 'Jira ne répond pas', 'À réessayer4Tâches abandonnées1', /^A Jira of Europe · Jira\s: /],
  ] as const)(
    'of each connection in a section, the first one first (%s)',
    async (language, state, told, jobs, guide) => {
      answer((table) => rowsIn(table, [europe, row({ crmjira_name: 'Jira' })]));
      showPage(language);
      await screen.findByRole('heading', { level: 2, name: 'A Jira of Europe' });
      const names = screen.getAllByRole('heading', { level: 2 }).map((heading) => heading.textContent);
      expect(names.filter((name) => name === 'Jira' || name === 'A Jira of Europe')).toEqual([
        'Jira',
        'A Jira of Europe',
      ]);
      const section = within(screen.getByRole('region', { name: 'A Jira of Europe' }));
      // Dataverse and the gateway are the service's own: they stand with the first connection.
      expect(section.getAllByRole('heading', { level: 3 })).toHaveLength(2);
      const away = section.getByRole('heading', { level: 3, name: 'Jira' }).closest('.page-card')?.textContent;
      expect(away).toContain(`Jira${state}`);
      expect(away).toContain(told);
      expect(away).toContain(jobs);
      expect(section.getByRole('button', { name: guide })).toBeInTheDocument();
      const first = within(screen.getByRole('region', { name: 'Jira' }));
      expect(first.getAllByRole('heading', { level: 3 })).toHaveLength(4);
    },
  );

  test('is read from the former columns until the service has written the rows', async () => {
    answer((table) => (table === 'crmjira_integration' ? [row({ crmjira_jira_response_ms: 420 })] : []));
    showPage();
    await screen.findByRole('region', { name: 'What the integration needs' });
    expect(card('Jira')).toContain('Response0.42 s');
    expect(card('Dataverse')).toContain("Dataverse asked us to slow down. We'll retry automatically.");
  });

  test('says since when nothing was heard, not what was heard last', async () => {
    await show({ crmjira_last_test_on: '2025-05-16T17:02:00Z' });
    expect(card('Dataverse')).toBe('DataverseUnknownNothing heard since May 16 17:02.Connection set-up');
    expect(screen.queryByText(/pulled the plug/)).toBeNull();
  });
});

describe('projects that are held back (F-107)', () => {
  const [ONE, TWO] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'] as const;
  const heldRow = (id: string, name: string, releasedOn: string | null = null) => ({
    _crmjira_opportunity_id_value: id,
    '_crmjira_opportunity_id_value@OData.Community.Display.V1.FormattedValue': name,
    crmjira_integration_reference: `CRM-202601-${id.slice(0, 8)}`,
    crmjira_held_on: '2026-01-15T14:00:00Z',
    crmjira_released_on: releasedOn,
  });
  const created: unknown[] = [];
  const show = async (language: 1033 | 3084 = 1033): Promise<void> => {
    created.splice(0);
    const rows = [heldRow(ONE, 'Alpha'), heldRow(TWO, 'Beta'), heldRow(ONE, 'Gamma', '2026-01-15T15:00:00Z')];
    Object.assign(Xrm.WebApi, {
      retrieveMultipleRecords: async (table: string) => ({
        entities: table === 'crmjira_budget_mapping' ? rows : [],
      }),
      createRecord: async (_table: string, row: Record<string, unknown>) => {
        created.push([row['crmjira_opportunity_id@odata.bind'], row['crmjira_command_type']]);
        return { id: 'c' };
      },
    });
    Object.assign(Xrm.Navigation, { openConfirmDialog: async () => ({ confirmed: true }) });
    const settings = { language, theme: null, recordId: null };
    render(<HealthPage facts={{ language, format: pageFormat(language, () => 0), dark: false, settings }} />);
    await screen.findByRole('heading', { name: language === 1033 ? /^Projects held back: 2/ : /^Projets retenus/ });
  };

  test('are listed without those released since, and all are released', async () => {
    await show();
    expect(screen.queryByText('Gamma')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Release all' }));
    await screen.findByText(/^Releases requested: 2\./);
    expect(created).toEqual([
      [`/opportunities(${ONE})`, 6],
      [`/opportunities(${TWO})`, 6],
    ]);
    expect(screen.getAllByText('Release requested')).toHaveLength(2);
  });

  test('are released one by one, as ticked', async () => {
    await show();
    const button = screen.getByRole('button', { name: 'Release selected' });
    expect(button).toHaveAttribute('aria-disabled', 'true');
    fireEvent.click(screen.getByRole('checkbox', { name: 'Select Beta' }));
    fireEvent.click(button);
    await screen.findByText(/^Releases requested: 1\./);
    expect(created).toEqual([[`/opportunities(${TWO})`, 6]]);
  });

  test('are told of in French', async () => {
    await show(3084);
    expect(screen.getByRole('button', { name: 'Tout autoriser' })).toBeInTheDocument();
  });
});

test('an error’s record is a name, not an id, and a deleted one is said to be so (F-122)', async () => {
  const [KNOWN, GONE] = ['33333333-3333-4333-8333-333333333333', '44444444-4444-4444-8444-444444444444'] as const;
  const logged = (id: string) => ({
    crmjira_integration_logid: id,
    createdon: new Date().toISOString(),
    crmjira_source_record_id: id,
    crmjira_error_message: 'Trouble.',
  });
  Object.assign(Xrm.WebApi, {
    retrieveMultipleRecords: async (table: string, options: string) => {
      if (table === 'opportunity') return { entities: [{ opportunityid: KNOWN, name: 'Warehouse' }] };
      const isErrors = table === 'crmjira_integration_log' && options.startsWith('?$select');
      return { entities: isErrors ? [logged(KNOWN), logged(GONE)] : [] };
    },
  });
  const settings = { language: 1033, theme: null, recordId: null } as const;
  const { container } = render(
    <HealthPage facts={{ language: 1033, format: pageFormat(1033, () => 0), dark: false, settings }} />,
  );
  expect(await screen.findByRole('button', { name: 'Open Warehouse' })).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Open Deleted record' })).toBeInTheDocument();
  expect(container.textContent).not.toContain(KNOWN);
});
