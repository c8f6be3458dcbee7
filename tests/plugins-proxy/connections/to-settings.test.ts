import { toSettings } from '../../../plugins-proxy/src/connections/environment/to-settings';
import type { EnvironmentVariable } from '../../../plugins-proxy/src/connections/environment/read-environment-variables';

const settingsOf = (values: Record<string, string>, defaults: Record<string, string> = {}) =>
  toSettings(
    new Map<string, EnvironmentVariable>([
      ...Object.entries(defaults).map(([name, value]) => [name, { value, isDefault: true }] as const),
      ...Object.entries(values).map(([name, value]) => [name, { value, isDefault: false }] as const),
    ]),
    'c01',
    null,
  );

describe('the settings of an environment', () => {
  test('are the data model’s defaults where nothing is set', () => {
    expect(settingsOf({}).policy).toMatchObject({
      budgetThreshold: 10_000,
      warningThreshold: 80,
      defaultCurrency: 'CAD',
      budgetPeriodMonths: 12,
      taskDueDays: 1,
      autoApproveOnProvision: false,
      autoAdvanceStages: true,
      writeSpentToActualValue: true,
      defaultHourlyRate: 150,
      budgetSource: 'computed',
      connectionId: 'c01',
    });
  });

  test.each([
    ['yes', true],
    ['Yes', true],
    ['true', true],
    ['1', true],
    ['no', false],
    ['No', false],
    ['false', false],
  ])('take %s for %s', (value, expected) => {
    expect(settingsOf({ crmjira_AutoApproveOnProvision: value }).policy.autoApproveOnProvision).toBe(expected);
  });

  test('ADR-19 switch on what crmjira_Capabilities names, the budget where nothing is said', () => {
    const on = (value: string) => [...settingsOf({ crmjira_Capabilities: value }).capabilities];
    expect([...settingsOf({}).capabilities]).toEqual(['budget']);
    expect(on('budget, time')).toEqual(['budget', 'time']);
    expect(on('-')).toEqual([]);
    expect(() => on('budget, billing')).toThrow(
      'The environment variable crmjira_Capabilities must be a list of budget, issues, time or integrations, or - for none; it is "budget, billing".',
    );
  });

  test.each([
    ['budget-module', 's0'],
    ['tempo-cloud', 'tempo4'],
  ])('R-513 take %s also by its former name %s', (name, former) => {
    const sourceOf = (value: string) => settingsOf({ crmjira_BudgetSource: value }).policy.budgetSource;
    expect([sourceOf(name), sourceOf(former)]).toEqual([name, name]);
  });

  test('R-509 R-1307 count every issue type and coalesce nothing until somebody says so', () => {
    expect(settingsOf({})).toMatchObject({ issueTypes: null, coalesceMs: 0, policy: { taskSkipWeekends: false } });
    expect(
      settingsOf({
        crmjira_WebhookIssueTypes: 'Epic, Story,Task',
        crmjira_BatchMaxDelaySeconds: '300',
        crmjira_TaskSkipWeekends: 'yes',
      }),
    ).toMatchObject({ issueTypes: ['Epic', 'Story', 'Task'], coalesceMs: 300_000, policy: { taskSkipWeekends: true } });
    expect(() => settingsOf({ crmjira_BatchMaxDelaySeconds: '301' })).toThrow(
      'The environment variable crmjira_BatchMaxDelaySeconds must be between 0 and 300; it is "301".',
    );
  });

  test('R-404 R-601 R-604 R-909 R-1307 keys, daily sync, its limit, cache and batches are those of the data model, or what is set', () => {
    expect(settingsOf({})).toMatchObject({
      dailySync: { hour: 6, minute: 0, zone: 'America/New_York' },
      syncLimitMs: 600_000,
      metadataKeepMs: 4 * 3_600_000,
      batchSize: 50,
    });
    expect(settingsOf({}).keyPattern.join(' ')).toMatch(/^C R M( ABCDEFGHIJKLMNOPQRSTUVWXYZ){7}$/);
    expect(
      settingsOf({
        crmjira_ProjectKeyPattern: 'OP[0-9]{4}',
        crmjira_DailySyncTime: '22:15',
        crmjira_DailySyncTimeZone: 'America/Vancouver',
        crmjira_SyncTimeout: 'PT1H30M',
        crmjira_CacheHours: '0.5',
        crmjira_BatchSize: '20',
      }),
    ).toMatchObject({
      keyPattern: ['O', 'P', '0123456789', '0123456789', '0123456789', '0123456789'],
      dailySync: { hour: 22, minute: 15, zone: 'America/Vancouver' },
      syncLimitMs: 90 * 60_000,
      metadataKeepMs: 1_800_000,
      batchSize: 20,
    });
    expect(settingsOf({ crmjira_DailySyncTimeZone: 'Pacific Standard Time' }).dailySync.zone).toBe(
      'America/Los_Angeles',
    );
  });

  test.each([
    ['crmjira_ProjectKeyPattern', 'CRM-*', 'cannot be used: "CRM-*" is no pattern of a project key: at character 4'],
    ['crmjira_DailySyncTime', '24:00', 'must be a time between 00:00 and 23:59; it is "24:00".'],
    ['crmjira_DailySyncTime', '6', 'must be a time between 00:00 and 23:59; it is "6".'],
    ['crmjira_DailySyncTimeZone', 'Toronto', 'must be a time zone like Eastern Standard Time or America/Toronto;'],
    ['crmjira_SyncTimeout', '10 minutes', 'must be a duration between PT1M and PT24H, like PT10M;'],
    ['crmjira_SyncTimeout', 'PT30S', 'must be a duration between PT1M and PT24H, like PT10M;'],
    ['crmjira_CacheHours', '-1', 'must be between 0 and 168; it is "-1".'],
    ['crmjira_BatchSize', '0', 'must be a whole number between 1 and 1000; it is "0".'],
    ['crmjira_BatchSize', '2.5', 'must be a whole number between 1 and 1000; it is "2.5".'],
  ])('R-404 R-601 R-604 R-909 refuse %s "%s" in words', (name, value, why) => {
    expect(() => settingsOf({ [name]: value })).toThrow(`The environment variable ${name} ${why}`);
  });

  test('name the variable that cannot be used', () => {
    expect(() => settingsOf({ crmjira_WarningThreshold: 'eighty' })).toThrow(
      'The environment variable crmjira_WarningThreshold must be a number; it is "eighty".',
    );
    expect(() => settingsOf({ crmjira_BudgetSource: 'tempo' })).toThrow(/budget-module, tempo-cloud or computed/);
    expect(() => settingsOf({ crmjira_ApprovalLimits: '{' })).toThrow(/a JSON object/);
  });

  test('leave site-specific defaults of the solution out until somebody chooses them (R-407)', () => {
    const specification = { crmjira_ProjectCategoryId: '10000', crmjira_ProjectTemplateKey: 'x:y' };
    expect(settingsOf({}, specification)).toMatchObject({ projectCategoryId: null, projectTemplateKey: null });
    expect(settingsOf(specification)).toMatchObject({ projectCategoryId: '10000', projectTemplateKey: 'x:y' });
  });
});
