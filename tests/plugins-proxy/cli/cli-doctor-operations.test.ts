import { operationsChecks } from '../../../plugins-proxy/src/cli/doctor/operations-checks';
import { runChecks } from '../../../plugins-proxy/src/cli/doctor/check';
import type { Session } from '../../../plugins-proxy/src/cli/session';
import type { SecretFacts } from '../../../plugins-proxy/src/platform/secrets/collect-secrets';
import { defaultThresholds, type Thresholds } from '../../../plugins-proxy/src/platform/config/thresholds';
import { recordedServer } from '../recorded-server';
import { testConfig } from '../test-config';

const now = (): Date => new Date('2026-06-01T00:00:00Z');
const daysAgo = (days: number): Date => new Date(now().getTime() - days * 86_400_000);

async function look(
  over: Record<string, string>,
  facts: readonly SecretFacts[] = [],
  thresholds: Thresholds = defaultThresholds,
) {
  // These two checks look at nothing else of a session.
  const session = {
    config: testConfig({ PUBLIC_URL: 'http://127.0.0.1:9', ...over }),
    limits: () => ({ timeoutMs: 5_000 }),
    environmentSettings: { settings: async () => ({ thresholds }) },
  } as unknown as Session;
  const [residency, ages] = await runChecks(operationsChecks(session, facts, now));
  return { residency, ages };
}

const token = (since: Date | null): SecretFacts => ({
  name: 'JIRA_API_TOKEN',
  place: { kind: 'file', path: '/run/secrets/jira_api_token' },
  since,
  expiresOn: null,
});

test.each([
  [59, 'ok', '1 of 1 known, none due'],
  [60, 'warning', 'due: JIRA_API_TOKEN (60 days old, 30 days left)'],
  [85, 'warning', 'due: JIRA_API_TOKEN (85 days old, 5 days left)'],
  [90, 'failed', 'JIRA_API_TOKEN (90 days old, 0 days left); 90 days at most'],
])('R-1218 doctor on a secret of %d days: %s', async (days, status, says) => {
  expect((await look({}, [token(daysAgo(days))])).ages).toMatchObject({ status, says });
});

test.each([
  [29, 'ok', '1 of 1 known, none due'],
  [30, 'warning', 'due: JIRA_API_TOKEN (30 days old, 15 days left)'],
  [45, 'failed', 'JIRA_API_TOKEN (45 days old, 0 days left); 45 days at most'],
])('R-1218 doctor goes by the days set in Dynamics: of %d days it says %s', async (days, status, says) => {
  const shorter = { ...defaultThresholds, TokenRotationDays: 30, TokenMaxDays: 45 };
  expect((await look({}, [token(daysAgo(days))], shorter)).ages).toMatchObject({ status, says });
});

test('R-1218 doctor asks the running service for the age of a token that is given in a variable', async () => {
  const service = await recordedServer(({ path }) =>
    path === '/health' ? { body: { secretAgeDays: { JIRA_API_TOKEN: 61.5 } } } : undefined,
  );
  try {
    expect((await look({ PUBLIC_URL: service.url }, [token(null)])).ages).toMatchObject({
      status: 'warning',
      says: 'due: JIRA_API_TOKEN (61 days old, 28 days left)',
    });
  } finally {
    await service.close();
  }
});

test('R-1218 doctor does not take what it cannot know for fresh', async () => {
  expect((await look({}, [token(null)])).ages).toMatchObject({ status: 'skipped' });
  const soon = await look({ JIRA_TOKEN_EXPIRES_ON: '2026-06-04' }, [token(null)]);
  expect(soon.ages).toMatchObject({ status: 'warning', says: 'due: JIRA_API_TOKEN (age unknown, 4 days left)' });
});

test('R-1221 R-1212 doctor says where the service runs and that somebody has to list the hosts', async () => {
  expect((await look({})).residency).toMatchObject({ status: 'ok', says: expect.stringContaining('nothing leaves') });
  const tenant = { JIRA_URL: 'https://acme.atlassian.net', REGION_NAME: 'Canada Central' };
  const open = (await look(tenant)).residency;
  expect(open).toMatchObject({ status: 'warning', remedy: expect.stringContaining('APPROVED_HOSTS') });
  const listed = (await look({ ...tenant, APPROVED_HOSTS: 'acme.atlassian.net' })).residency;
  expect(listed).toMatchObject({ status: 'ok', says: 'in canadacentral; acme.atlassian.net' });
});
