import { toSettings } from '../../plugins-proxy/src/dataverse/read/to-settings';
import type { EnvironmentVariable } from '../../plugins-proxy/src/dataverse/read/read-environment-variables';

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

  test('R-509 R-1307 count every issue type and gather nothing until somebody says so', () => {
    expect(settingsOf({})).toMatchObject({ issueTypes: null, gatherMs: 0, policy: { taskSkipWeekends: false } });
    expect(
      settingsOf({
        crmjira_WebhookIssueTypes: 'Epic, Story,Task',
        crmjira_BatchMaxDelaySeconds: '300',
        crmjira_TaskSkipWeekends: 'yes',
      }),
    ).toMatchObject({ issueTypes: ['Epic', 'Story', 'Task'], gatherMs: 300_000, policy: { taskSkipWeekends: true } });
    expect(() => settingsOf({ crmjira_BatchMaxDelaySeconds: '301' })).toThrow(
      'The environment variable crmjira_BatchMaxDelaySeconds must be between 0 and 300; it is "301".',
    );
  });

  test('name the variable that can not be used', () => {
    expect(() => settingsOf({ crmjira_WarningThreshold: 'eighty' })).toThrow(
      'The environment variable crmjira_WarningThreshold must be a number; it is "eighty".',
    );
    expect(() => settingsOf({ crmjira_BudgetSource: 'tempo' })).toThrow(/s0, tempo4 or computed/);
    expect(() => settingsOf({ crmjira_ApprovalLimits: '{' })).toThrow(/a JSON object/);
  });

  test('leave site-specific defaults of the specification out until somebody chooses them (R-407)', () => {
    const specification = { crmjira_ProjectCategoryId: '10000', crmjira_ProjectTemplateKey: 'x:y' };
    expect(settingsOf({}, specification)).toMatchObject({ projectCategoryId: null, projectTemplateKey: null });
    expect(settingsOf(specification)).toMatchObject({ projectCategoryId: '10000', projectTemplateKey: 'x:y' });
  });
});
