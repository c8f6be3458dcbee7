import type { BudgetSource } from '../../plugins-proxy/src/budget/budget-source';
import { IntegrationError } from '../../plugins-proxy/src/errors/integration-error';
import { createHealth, type HealthContext } from '../../plugins-proxy/src/health/create-health';
import { createSideProbes, type SideProbesContext } from '../../plugins-proxy/src/health/side-probes';
import type { JiraSite } from '../../plugins-proxy/src/jira/jira-site';
import { cloudProfile } from '../../plugins-proxy/src/jira/profile';
import { defaultThresholds } from '../../plugins-proxy/src/metrics/thresholds';
import type { FailingJobs } from '../../plugins-proxy/src/store/store';

const now = new Date('2025-01-15T15:00:00Z');
const trouble = (code: string): IntegrationError =>
  new IntegrationError(`${code}; it is tried again.`, { code, errorClass: 'transient' });

/** A site that answers who we are, or fails as told. */
const siteThat = (failure: Error | null): JiraSite =>
  ({
    profile: cloudProfile,
    http: {
      find: async () => {
        if (failure !== null) throw failure;
        return { accountId: 'service', displayName: 'Service' };
      },
    },
  }) as unknown as JiraSite;

const sourceThat = (probe?: BudgetSource['probe']): BudgetSource =>
  ({ kind: 'tempo4', ...(probe === undefined ? {} : { probe }) }) as unknown as BudgetSource;

const organization = { organizationId: 'o', userId: 'u' };
type Over = Partial<HealthContext & SideProbesContext> & {
  readonly jira?: Error | null;
  readonly failing?: readonly FailingJobs[];
};

const health = (over: Over) =>
  createHealth({
    store: {
      statistics: async () => ({
        pending: 0,
        running: 0,
        dead: 0,
        oldestDueAgeMs: null,
        counters: {},
        deliveries: { accepted: 0, ignored: 0 },
      }),
      failing: async () => over.failing ?? [],
    },
    keepsDeliveries: async () => ({ ok: true }),
    probes: createSideProbes({
      dataverse: { whoAmI: async () => organization },
      site: siteThat(over.jira ?? null),
      budgetSource: async () => sourceThat(),
      now: () => now,
      ...over,
    }),
    hasGateway: () => false,
    now: () => now,
    startedAt: now,
    lastSyncOn: () => null,
    figures: () => ({
      daysLeft: {},
      secretAgeDays: {},
      recentFailures: 0,
      environment: null,
      webhooks: null,
      sweep: null,
      provisioningsHeld: null,
      shownInDynamics: null,
    }),
    measured: () => ({ jiraSeconds: null, baseline: null }),
    thresholds: () => defaultThresholds,
    ...over,
  } as unknown as HealthContext)();

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
        site: siteThat(null),
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

describe('/health counts what waits for a retry (F-207)', () => {
  const minutes = (n: number): number => n * 60_000;
  const failing = [
    { code: 'jira-unavailable', retrying: 3, dead: 0, since: now.getTime() - minutes(6) },
    { code: 'jira-refused', retrying: 0, dead: 1, since: null },
  ];

  test('and is never ok meanwhile, though all sides answer', async () => {
    const [waiting] = failing;
    if (waiting === undefined) throw new Error('nothing waits');
    const recent = { ...waiting, since: now.getTime() - 1_000 };
    const told = await health({ failing: [recent] });
    expect(told).toMatchObject({ status: 'degraded', jira: { ok: true }, queue: { retrying: 3 } });
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
