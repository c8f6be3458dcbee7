import { judgeApi } from '../../../plugins-proxy/src/cli/doctor/api-check';

const api = { entra: { audiences: ['api://crm-jira-time'], needs: { oneOf: ['access_as_user'] } }, perMinute: 120 };
const all = { api, capabilities: new Set(['budget', 'time']), hasKey: true };

describe('R-1801 R-1834 doctor tells whether clients of the API can get what they ask for', () => {
  test('what is configured is said; off is no fault', () => {
    expect(judgeApi(all)).toEqual({
      status: 'ok',
      says: 'tokens for api://crm-jira-time with access_as_user, 120 requests a minute',
    });
    expect(judgeApi({ ...all, api: null, hasKey: false })).toMatchObject({ status: 'skipped' });
    const clientId = { ...api.entra, audiences: ['5a8d2c1e-0000-4000-8000-000000000c01'] };
    expect(judgeApi({ ...all, api: { ...api, entra: clientId } })).toMatchObject({ status: 'ok' });
  });

  test.each([
    ['crmjira_Capabilities', { ...all, capabilities: new Set(['budget']) }],
    ['SECRETS_KEY', { ...all, hasKey: false }],
    ['API_AUDIENCE', { ...all, api: { ...api, entra: { ...api.entra, audiences: ['crm-jira-time'] } } }],
  ])('what stands in their way is named: %s', (name, facts) => {
    const found = judgeApi(facts);
    expect(found.status).toBe('warning');
    expect(JSON.stringify(found)).toContain(name);
  });
});
