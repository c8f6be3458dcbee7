import { alertMail } from '../../../domain/src/mail/alert-mail';
import type { SpeakingAlert } from '../../../plugins-proxy/src/operations/metrics/judge-alerts';
import { type AlertFigures, alertNames, judgeAlerts } from '../../../plugins-proxy/src/operations/metrics/judge-alerts';
import { createMeanSeconds } from '../../../plugins-proxy/src/operations/metrics/mean-seconds';
import { defaultThresholds, type Thresholds } from '../../../plugins-proxy/src/platform/config/thresholds';

const quiet: AlertFigures = {
  failures: 0,
  jiraSeconds: 0.2,
  connected: { dataverse: true, jira: true },
  oldestDueSeconds: 0,
  daysLeft: { 'token JIRA_PAT': 50, 'certificate jira': 200 },
  secretAgeDays: { JIRA_PAT: 40 },
  baseline: { verdict: 'usual', days: 7, slowerPercent: 3, lessPercent: -4 },
};
const spoken = (over: Partial<AlertFigures>, thresholds: Partial<Thresholds> = {}) =>
  judgeAlerts({ ...quiet, ...over }, { ...defaultThresholds, ...thresholds }).map(({ alert, of }) =>
    of === null ? alert : `${alert} ${of}`,
  );

test('nothing speaks where all is well', () => {
  expect(spoken({})).toEqual([]);
});

/** figure, the setting that decides, a value with which it is silent and one with which it speaks */
const decided: [Partial<AlertFigures>, keyof Thresholds, number, number, string][] = [
  [{ failures: 3 }, 'LogFailureLimit', 3, 2, 'CrmJiraIntegrationFailures'],
  [{ jiraSeconds: 2.5 }, 'SlowResponseSeconds', 2.5, 2.4, 'CrmJiraSlowJira'],
  [{ oldestDueSeconds: 600 }, 'WebhookDelayMinutes', 10, 9, 'CrmJiraWebhookDelay'],
  [{}, 'TokenAlertDays', 49, 50, 'CrmJiraTokenExpires JIRA_PAT'],
  [{}, 'CertificateAlertDays', 199, 200, 'CrmJiraCertificateExpires jira'],
  [{}, 'TokenRotationDays', 41, 40, 'CrmJiraTokenDue JIRA_PAT'],
  [{}, 'TokenMaxDays', 41, 40, 'CrmJiraTokenTooOld JIRA_PAT'],
  [
    { baseline: { verdict: 'worse', days: 7, slowerPercent: null, lessPercent: 25 } },
    'DegradationPercent',
    25,
    24,
    'CrmJiraPerformanceDegraded',
  ],
];
test.each(decided)(
  'R-1103 R-1106 R-1111 R-1218 with %j, crmjira_%s of %d is silent and of %d speaks',
  (over, setting, silent, loud, alert) => {
    expect(spoken(over, { [setting]: silent })).toEqual([]);
    expect(spoken(over, { [setting]: loud })).toEqual([alert]);
  },
);

test('R-1103 R-1111 a side out of reach speaks; what was not measured or has no history does not', () => {
  expect(spoken({ connected: { dataverse: true, jira: false } })).toEqual(['CrmJiraConnectionLost jira']);
  expect(spoken({ jiraSeconds: null, baseline: null })).toEqual([]);
  expect(
    spoken(
      { baseline: { verdict: 'unknown', days: 2, slowerPercent: null, lessPercent: null } },
      { DegradationPercent: 0 },
    ),
  ).toEqual([]);
});

test('R-1218 each says what it is about, its limit, and by which setting', () => {
  expect(judgeAlerts({ ...quiet, secretAgeDays: { JIRA_PAT: 91.239 } }, defaultThresholds)).toEqual<SpeakingAlert[]>([
    {
      alert: 'CrmJiraTokenTooOld',
      of: 'JIRA_PAT',
      connection: null,
      value: 91.24,
      limit: 90,
      unit: 'days old',
      severity: 'critical',
      setting: 'crmjira_TokenMaxDays',
    },
  ]);
});

test('R-1103 the mean answer time is that of the last five minutes', () => {
  let now = Date.parse('2025-01-15T15:00:00Z');
  const window = createMeanSeconds(() => now);
  expect(window.mean()).toBeNull();
  for (const seconds of [2, 4]) window.add(seconds);
  now += 4 * 60_000;
  window.add(9);
  expect(window.mean()).toBe(5);
  now += 60_000;
  expect(window.mean()).toBe(9);
  now += 5 * 60_000;
  expect(window.mean()).toBeNull();
});

test('R-1102 calls a minute are those of the last five minutes, or of the time since the start', () => {
  let now = Date.parse('2025-01-15T15:00:00Z');
  const window = createMeanSeconds(() => now);
  expect(window.perMinute()).toBe(0);
  for (let call = 0; call < 30; call += 1) window.add(0.2);
  expect(window.perMinute()).toBe(30);
  now += 3 * 60_000;
  expect(window.perMinute()).toBe(10);
  now += 60_000;
  for (let call = 0; call < 20; call += 1) window.add(0.2);
  now += 2 * 60_000;
  expect(window.perMinute()).toBe(4);
  now += 10 * 60_000;
  expect(window.perMinute()).toBe(0);
});

describe('the mail about an alert', () => {
  test.each(alertNames)('R-1106 R-1103 has words of its own for %s, in English and French', (alert) => {
    const { subject, body } = alertMail({ alert, of: 'JIRA_PAT', value: 6.94, limit: 7, setting: 'crmjira_X' });
    expect(subject).not.toMatch(/[{}]/);
    expect(subject).not.toContain(alert);
    expect(subject.length).toBeLessThanOrEqual(200);
    const [english = '', french = ''] = subject.split(' / ');
    expect(english).not.toBe(french);
    expect(body).toContain('<p lang="fr">');
    expect(body).toContain('<code>crmjira_X</code>');
  });

  test('R-1106 numbers as each language writes them, and nothing of others as HTML', () => {
    const told = { alert: 'CrmJiraTokenExpires', of: '<b>', value: 6.94, limit: 7, setting: 'crmjira_TokenAlertDays' };
    const { subject, body } = alertMail(told);
    expect(subject).toBe(
      'CRM-JIRA: The credential <b> expires in 6.9 days; alert threshold: 7 days / Le justificatif <b> prend fin dans 6,9 jours; avis à partir de 7 jours',
    );
    expect(body).not.toContain('<b>');
  });
});
