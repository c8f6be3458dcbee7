import type { BudgetSource } from '../../plugins-proxy/src/budget/budget-source';
import { IntegrationError } from '../../plugins-proxy/src/errors/integration-error';
import { createHealth, type HealthContext } from '../../plugins-proxy/src/health/create-health';
import type { JiraSite } from '../../plugins-proxy/src/jira/jira-site';
import { cloudProfile } from '../../plugins-proxy/src/jira/profile';
import { defaultThresholds } from '../../plugins-proxy/src/metrics/thresholds';

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

const health = (over: Partial<HealthContext> & { readonly jira?: Error | null }) =>
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
    },
    keepsDeliveries: async () => ({ ok: true }),
    tokens: { token: async () => 'token', renew: async () => 'token' },
    surroundings: { whoAmI: async () => ({ organizationId: 'o', userId: 'u' }) },
    site: siteThat(over.jira ?? null),
    budgetSource: async () => sourceThat(),
    hasGateway: () => false,
    now: () => now,
    startedAt: now,
    lastSyncOn: () => null,
    figures: () => ({
      daysLeft: {},
      secretAgeDays: {},
      recentFailures: 0,
      environment: null,
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
