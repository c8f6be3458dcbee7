import { alertMail, Health, remedyOf } from '@crmjira/domain';
import type { BudgetSource } from '../../../plugins-proxy/src/capabilities/budget/source/budget-source';
import { IntegrationError } from '../../../plugins-proxy/src/platform/errors/integration-error';
import { createHealth, type HealthContext } from '../../../plugins-proxy/src/operations/health/create-health';
import type { ConnectionReport, HealthReport } from '../../../plugins-proxy/src/operations/health/health-report';
import type { ProbeResult } from '../../../plugins-proxy/src/platform/errors/probe-result';
import { troubleOf } from '../../../plugins-proxy/src/platform/errors/probe-result';
import { healthWrites } from '../../../plugins-proxy/src/operations/health/show-health';
import { createSideProbes, type SideProbesContext } from '../../../plugins-proxy/src/operations/health/side-probes';
import { createJiraProvider } from '../../../plugins-proxy/src/connections/providers/jira-provider';
import type { JiraSite } from '../../../plugins-proxy/src/clients/jira/jira-site';
import { cloudProfile } from '../../../plugins-proxy/src/clients/jira/profile';
import { defaultThresholds } from '../../../plugins-proxy/src/platform/config/thresholds';
import type { Config } from '../../../plugins-proxy/src/platform/config/read-config';
import { createLogger } from '../../../plugins-proxy/src/platform/log/create-logger';
import { pauseAfter } from '../../../plugins-proxy/src/platform/repeat';
import { createScheduler } from '../../../plugins-proxy/src/service/schedules/scheduler';
import { eventually } from '../eventually';
import { shownByWrites } from '../shown-health';
import { keepLines } from '../log-lines';
import type { FailingJobs, StoreStatistics } from '../../../plugins-proxy/src/queue/store/store';
import type { JiraConnection } from '../../../plugins-proxy/src/connections/jira/jira-connection';

const now = new Date('2025-01-15T15:00:00Z');
const trouble = (code: string): IntegrationError =>
  new IntegrationError(`${code}; it is tried again.`, { code, errorClass: 'transient' });

/** Jira that answers who we are, or fails as told. */
const jiraThat = (failure: Error | null) => {
  const find = async () => {
    if (failure !== null) throw failure;
    return { accountId: 'service', displayName: 'Service' };
  };
  return createJiraProvider({ profile: cloudProfile, http: { find } } as unknown as JiraSite);
};

type Sites = SideProbesContext['jira'] & HealthContext['jira'];

/** Connections whose tests go like that, the first one `c`. */
const sitesThat = (error: Error | null, others: Readonly<Record<string, Error | null>> = {}): Sites => {
  const site = (id: string, of: Error | null) =>
    ({ id, name: `Jira ${id}`, provider: jiraThat(of) }) as unknown as JiraConnection;
  const first = site('c', error);
  const all = [first, ...Object.entries(others).map(([id, of]) => site(id, of))];
  return { first, all: () => all, broken: () => [], known: (id) => all.find((one) => one.id === id) };
};
const siteThat = (error: Error | null): Sites => sitesThat(error);

const sourceThat = (probe?: BudgetSource['probe']): BudgetSource =>
  ({ kind: 'tempo-cloud', ...(probe === undefined ? {} : { probe }) }) as unknown as BudgetSource;

const organization = { organizationId: 'o', userId: 'u' };
type Over = Partial<Omit<HealthContext & SideProbesContext, 'jira'>> & {
  readonly jira?: Error | null;
  readonly sites?: Sites;
  readonly failing?: readonly FailingJobs[];
} & Partial<Pick<HealthReport, 'unfinished' | 'environment' | 'webhooks'>> &
  Pick<ConnectionReport, 'maps'> & {
    readonly queue?: Partial<StoreStatistics>;
  };

const health = (over: Over) => {
  const jira = over.sites ?? siteThat(over.jira ?? null);
  return createHealth({
    store: {
      statistics: async () => ({
        pending: 0,
        running: 0,
        dead: 0,
        oldestDueAgeMs: null,
        counters: {},
        deliveries: { accepted: 0, ignored: 0 },
        ...over.queue,
      }),
      failing: async () => over.failing ?? [],
    },
    keepsDeliveries: async () => ({ ok: true }),
    probes: createSideProbes({
      dataverse: { whoAmI: async () => organization },
      budgetSource: async () => sourceThat(),
      now: () => now,
      ...over,
      jira,
    }),
    hasGateway: () => false,
    now: () => now,
    startedAt: now,
    lastSyncOn: () => null,
    figures: () => ({
      daysLeft: {},
      secretAgeDays: {},
      recentFailures: 0,
      sweep: null,
      provisioningsHeld: null,
      unfinished: over.unfinished ?? {},
      shownInDynamics: null,
    }),
    foundOf: (id: string) => ({
      environment: (id === 'c' && over.environment) || null,
      webhooks: (id === 'c' && over.webhooks) || null,
      maps: (id === 'c' && over.maps) || null,
    }),
    secondsOf: () => null,
    measured: () => ({ baseline: null }),
    thresholds: () => defaultThresholds,
    ...over,
    jira,
  } as unknown as HealthContext)();
};

describe('/health tells of the budget source (R-1102, R-1501)', () => {
  test('one that lies in Jira does as Jira does', async () => {
    expect(await health({})).toMatchObject({ status: 'ok', budgetSource: { ok: true } });
    const jira = trouble('jira-unavailable');
    expect(await health({ jira })).toMatchObject({ budgetSource: { ok: false, code: 'jira-unavailable' } });
  });

  test('one of its own is asked, and the whole is degraded without it', async () => {
    const away = sourceThat(() => Promise.reject(trouble('tempo-unavailable')));
    expect(await health({ budgetSource: async () => away })).toMatchObject({
      status: 'degraded',
      jira: { ok: true },
      budgetSource: { ok: false, code: 'tempo-unavailable' },
    });
  });

  test('one that is not set up says so; before the settings were read nothing is known', async () => {
    const missing = new IntegrationError('Set TEMPO_TOKEN.', {
      code: 'budget-source-not-available',
      errorClass: 'configuration',
    });
    const notSetUp = await health({ budgetSource: () => Promise.reject(missing) });
    expect(notSetUp.budgetSource).toMatchObject({ ok: false, says: 'Set TEMPO_TOKEN.' });
    expect(await health({ budgetSource: async () => null })).toMatchObject({ status: 'ok', budgetSource: 'unknown' });
  });
});

describe('/health tells of the gateway before Jira (R-1215, R-1501)', () => {
  const hasGateway = (): boolean => true;

  test.each([
    [null, { ok: true }],
    ['jira-unavailable', { ok: true }],
    ['gateway-unavailable', { ok: false, code: 'gateway-unavailable' }],
  ])('after a call to Jira that ends with %s', async (code, gateway) => {
    expect(await health({ hasGateway, jira: code === null ? null : trouble(code) })).toMatchObject({ gateway });
  });

  test('R-1103 whose loss is an alert of its own', async () => {
    const { alerts } = await health({ hasGateway, jira: trouble('gateway-unavailable') });
    expect(alerts).toContainEqual(expect.objectContaining({ alert: 'CrmJiraConnectionLost', of: 'gateway' }));
    const passed = await health({ hasGateway, jira: trouble('jira-unavailable') });
    expect(passed.alerts.map(({ of }) => of)).toEqual(['jira']);
  });

  test('which there need not be', async () => {
    expect(await health({ jira: trouble('jira-unavailable') })).toHaveProperty('gateway', 'none');
  });
});

describe('/health asks each side with a request that leaves (F-503)', () => {
  test.each([
    ['503', trouble('dataverse-unavailable')],
    ['429', trouble('dataverse-limit')],
    ['401', trouble('dataverse-token')],
  ])(
    'a Dataverse that begins to answer %s is told at the next probe, and its recovery too',
    async (_status, failure) => {
      let at = now.getTime();
      let down: Error | null = null;
      let asked = 0;
      const report = createSideProbes({
        dataverse: {
          whoAmI: async () => {
            asked += 1;
            if (down !== null) throw down;
            return organization;
          },
        },
        jira: siteThat(null),
        budgetSource: async () => null,
        now: () => new Date(at),
      });
      expect(await report.dataverse()).toMatchObject({ ok: true });
      down = failure;
      // Monitors that ask more often than that do not load the other side.
      expect(await report.dataverse()).toMatchObject({ ok: true });
      expect(asked).toBe(1);
      at += 10_000;
      expect(await report.dataverse()).toMatchObject({ ok: false, code: failure.code });
      down = null;
      at += 10_000;
      expect(await report.dataverse()).toMatchObject({ ok: true });
    },
  );
});

describe('/health and the row that the health page reads are never ok while something waits (F-207)', () => {
  const minute = 60_000;
  const failing = (over: Partial<FailingJobs>): Over => ({
    failing: [{ code: 'jira-unavailable', connectionId: null, retrying: 0, dead: 0, since: null, ...over }],
  });
  const limited = new IntegrationError('Slow down.', { code: 'jira-rate-limit', errorClass: 'transient', status: 429 });
  const moved = troubleOf({ code: 'environment-moved', message: 'This environment looks like a copy.' });
  const silent = troubleOf({ code: 'webhooks-silent', message: 'Webhooks do not arrive.' });
  const unread = troubleOf({ code: 'dataverse-forbidden', message: 'Not you.', status: 403 });

  test.each<[string, Over, code: string | null]>([
    ['a job that is tried again', failing({ retrying: 1, since: now.getTime() }), null],
    ['a job that was given up', { ...failing({ dead: 1 }), queue: { dead: 1 } }, null],
    ['a job that is due for longer than it may', { queue: { pending: 1, oldestDueAgeMs: 6 * minute } }, null],
    ['a side that asks to slow down', { jira: limited }, 'jira-rate-limit'],
    ['a side that is away', { jira: trouble('jira-unavailable') }, 'jira-unavailable'],
    ['a copied environment', { environment: moved }, 'environment-moved'],
    ['webhooks that do not arrive', { webhooks: silent }, 'webhooks-silent'],
    ['a sweep that failed', { unfinished: { sweep: unread } }, null],
  ])('%s', async (_what, over, code) => {
    const told = await health(over);
    expect(told.status).toBe('degraded');
    const columns = shownByWrites(healthWrites(told, now), 'c');
    expect(columns).toMatchObject({ crmjira_health: Health.Degraded, crmjira_jira_reason_code: code });
    // What health can name has its remedy out of the one table.
    for (const one of [told.environment, told.webhooks, ...Object.values(told.unfinished)])
      if (one?.ok === false) expect(one.remedy).toBe(remedyOf(one.code ?? '', undefined));
  });

  test('R-1708 maps that cannot be used are shown with the connection, and make nothing else of it', async () => {
    const says = 'Not in the map of statuses: Blocked.';
    const told = await health({ maps: { ok: false, says, code: 'issue-maps' } });
    expect(told.status).toBe('ok');
    expect(shownByWrites(healthWrites(told, now), 'c')).toMatchObject({
      crmjira_jira_reason: says,
      crmjira_jira_reason_code: 'issue-maps',
    });
  });

  test.each(['sqlite', 'postgres'] as const)(
    'work of a schedule (%s) is told until its next turn goes well',
    async (kind) => {
      const unfinished = new Map<string, ProbeResult>();
      const logger = createLogger('silent', [], keepLines().stream);
      const scheduler = createScheduler({ store: { kind } } as Config, { lease: async () => true }, logger, unfinished);
      let down = true;
      scheduler.alone('sweep', 1, async () => {
        if (down) throw trouble('dataverse-forbidden');
      });
      scheduler.start();
      try {
        await eventually(async () =>
          expect(unfinished.get('sweep')).toMatchObject({ ok: false, code: 'dataverse-forbidden' }),
        );
        down = false;
        await eventually(async () => expect([...unfinished]).toEqual([]));
      } finally {
        await scheduler.stop();
      }
    },
  );

  test('what failed is done again within 30 s, however seldom its turn comes round', () => {
    expect([pauseAfter(3_600_000, true), pauseAfter(3_600_000, false), pauseAfter(1_000, true)]).toEqual([
      30_000, 3_600_000, 1_000,
    ]);
  });

  test('and ok where nothing does', async () => {
    expect(await health({})).toMatchObject({ status: 'ok' });
  });
});

describe('/health counts what waits for a retry (F-207)', () => {
  const minutes = (n: number): number => n * 60_000;
  const failing = [
    { code: 'jira-unavailable', connectionId: null, retrying: 2, dead: 0, since: now.getTime() - minutes(6) },
    { code: 'jira-unavailable', connectionId: 'c', retrying: 1, dead: 0, since: now.getTime() - minutes(6) },
    { code: 'jira-refused', connectionId: 'c', retrying: 0, dead: 1, since: null },
  ];

  test('and is never ok meanwhile, though all sides answer', async () => {
    const [waiting] = failing;
    if (waiting === undefined) throw new Error('nothing waits');
    const recent = { ...waiting, since: now.getTime() - 1_000 };
    const told = await health({ failing: [recent] });
    expect(told).toMatchObject({ status: 'degraded', jira: { ok: true }, queue: { retrying: 2 } });
    expect(told.alerts).toEqual([]);
    expect(await health({ failing: [] })).toMatchObject({ status: 'ok', queue: { retrying: 0 } });
  });

  test('the alert on delays speaks of it after its minutes', async () => {
    const told = await health({ failing });
    expect(told.queue).toMatchObject({
      retrying: 3,
      failing: { 'jira-unavailable': 3, 'jira-refused': 1 },
      oldestDueAgeMs: minutes(6),
    });
    expect(told.alerts).toContainEqual(expect.objectContaining({ alert: 'CrmJiraWebhookDelay', value: 360 }));
  });
});

describe('R-1102 R-1501 /health tells of each Jira connection', () => {
  const failing = [
    { code: 'jira-unavailable', connectionId: 'eu', retrying: 3, dead: 1, since: now.getTime() },
    { code: 'dataverse-limit', connectionId: null, retrying: 2, dead: 0, since: now.getTime() },
  ];

  test('with its jobs; the whole is degraded where one is away, and the alert names it', async () => {
    const told = await health({ sites: sitesThat(null, { eu: trouble('jira-unavailable') }), failing });
    expect(told).toMatchObject({
      status: 'degraded',
      jira: { ok: true },
      connections: [
        { id: 'c', name: 'Jira c', jira: { ok: true }, budgetSource: { ok: true }, waiting: 2, deadLetters: 0 },
        { id: 'eu', jira: { ok: false, code: 'jira-unavailable' }, waiting: 3, deadLetters: 1 },
      ],
    });
    expect(told.alerts).toEqual([
      expect.objectContaining({
        alert: 'CrmJiraConnectionLost',
        of: 'jira',
        connection: { id: 'eu', name: 'Jira eu' },
      }),
    ]);
    expect(told.alerts.map((alert) => alertMail(alert).subject).join()).toContain('Jira (Jira eu) is unreachable');
  });

  test('and says of one that cannot be used why', async () => {
    const error = new IntegrationError('Its address is none.', {
      code: 'jira-connection',
      errorClass: 'configuration',
    });
    const sites = { ...sitesThat(null), broken: () => [{ id: 'eu', name: 'Jira of Europe', error }] };
    expect(await health({ sites })).toMatchObject({
      status: 'degraded',
      connections: [
        { id: 'c', jira: { ok: true } },
        {
          id: 'eu',
          name: 'Jira of Europe',
          jira: { ok: false, code: 'jira-connection', says: 'Its address is none.' },
        },
      ],
    });
  });

  test('asking all at the same time: one that is silent is told of when its own time is over', async () => {
    let asked = 0;
    const silent = { provider: { test: () => new Promise(() => (asked += 1)) } };
    const sites = sitesThat(null);
    const all = [sites.first, ...['a', 'b'].map((id) => ({ id, name: id, ...silent }) as unknown as JiraConnection)];
    jest.useFakeTimers();
    try {
      const pending = health({
        sites: { ...sites, all: () => all, known: (id) => all.find((one) => one.id === id) },
        budgetSource: async () => null,
      });
      await jest.advanceTimersByTimeAsync(0);
      expect(asked).toBe(2);
      await jest.advanceTimersByTimeAsync(5_000);
      const { connections } = await pending;
      expect(connections.map(({ jira }) => [jira.ok, jira.timedOut ?? false])).toEqual([
        [true, false],
        [false, true],
        [false, true],
      ]);
    } finally {
      jest.useRealTimers();
    }
  });
});
