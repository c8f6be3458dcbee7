import { solution } from './solution-folder';

/** The variables of D-10, retyped: name, type, default. A secret has no default: it must be chosen at import. */
const VARIABLES: readonly (readonly [string, string, string | null])[] = [
  ['crmjira_JiraBaseUrl', 'String', 'https://your-jira-server.company.com'],
  ['crmjira_JiraDeployment', 'String', 'dc'],
  ['crmjira_BudgetApiBaseUrl', 'String', 'https://your-jira-server.company.com/rest/tempo-budgets/1/'],
  ['crmjira_JiraServiceAccountUsername', 'Secret', null],
  ['crmjira_JiraServiceAccountPassword', 'Secret', null],
  ['crmjira_JiraWebhookSecret', 'Secret', null],
  ['crmjira_JiraApiToken', 'Secret', null],
  ['crmjira_ProxyBaseUrl', 'String', null],
  ['crmjira_WebhookIssueTypes', 'String', null],
  ['crmjira_WebhookDelayMinutes', 'Number', '5'],
  ['crmjira_SyncTimeout', 'String', 'PT10M'],
  [
    'crmjira_EgressAllowList',
    'String',
    '*.dynamics.com,login.microsoftonline.com,your-jira-server.company.com,outlook.office365.com',
  ],
  ['crmjira_BudgetThreshold', 'Number', '10000'],
  ['crmjira_DefaultCurrency', 'String', 'CAD'],
  ['crmjira_BudgetPeriodMonths', 'Number', '12'],
  ['crmjira_WarningThreshold', 'Number', '80.0'],
  ['crmjira_FinanceControllerEmail', 'String', 'finance.controller@company.com'],
  ['crmjira_TaskDueDays', 'Number', '1'],
  ['crmjira_ProvisioningLimitPerHour', 'Number', '20'], // R-2305
  ['crmjira_ProjectKeyPattern', 'String', 'CRM[A-Z]{7}'],
  ['crmjira_OwnRateAccounts', 'String', null], // whose worklogs may carry a rate of their own (F-304)
  ['crmjira_ProjectPicker', 'Boolean', 'no'], // ADR-1: off by default
  ['crmjira_ProjectTypeKey', 'String', 'software'],
  ['crmjira_ProjectTemplateKey', 'String', null],
  ['crmjira_ProjectCategoryId', 'String', '10000'],
  [
    'crmjira_FieldIds',
    'JSON',
    '{"opportunityId":"customfield_10100","accountId":"customfield_10101","budgetStatus":"customfield_10102","approvedAmount":"customfield_10103"}',
  ],
  ['crmjira_BudgetSource', 'String', 'computed'],
  ['crmjira_DefaultHourlyRate', 'Number', '150.00'],
  ['crmjira_AutoApproveOnProvision', 'Boolean', 'no'],
  ['crmjira_AutoAdvanceStages', 'Boolean', 'yes'],
  ['crmjira_WriteSpentToActualValue', 'Boolean', 'yes'],
  ['crmjira_RedactAmountsInEmail', 'Boolean', 'no'],
  ['crmjira_DailySyncTime', 'String', '06:00'],
  ['crmjira_DailySyncTimeZone', 'String', 'Eastern Standard Time'],
  ['crmjira_DegreeOfParallelism', 'Number', '20'],
  ['crmjira_BatchSize', 'Number', '50'],
  ['crmjira_BatchMaxDelaySeconds', 'Number', '0'],
  ['crmjira_CacheHours', 'Number', '4'],
  ['crmjira_ConnectionTimeoutSeconds', 'Number', '30'],
  ['crmjira_MaxConnections', 'Number', '100'],
  ['crmjira_GatewayRequestsPerMinute', 'Number', '500'],
  ['crmjira_LogHotDays', 'Number', '90'],
  ['crmjira_ActiveMonths', 'Number', '12'],
  ['crmjira_RetentionYears', 'Number', '7'],
  ['crmjira_SenderQueue', 'String', null],
  ['crmjira_ApprovalLimits', 'JSON', null],
  ['crmjira_ApproverTeam', 'String', null],
  ['crmjira_AdministratorMailbox', 'String', null],
  ['crmjira_LinkableProjects', 'JSON', '{}'], // what may be linked is said, not assumed (F-302)
  ['crmjira_TaskSkipWeekends', 'Boolean', 'no'],
  ['crmjira_LogRateWindowMinutes', 'Number', '15'],
  ['crmjira_LogFailureLimit', 'Number', '5'],
  ['crmjira_SlowResponseSeconds', 'Number', '5'],
  ['crmjira_DegradationPercent', 'Number', '20'],
  ['crmjira_TokenRotationDays', 'Number', '60'],
  ['crmjira_TokenMaxDays', 'Number', '90'],
  ['crmjira_TokenAlertDays', 'Number', '7'],
  ['crmjira_CertificateAlertDays', 'Number', '30'],
  ['crmjira_DeleteWorklogWithRecord', 'Boolean', 'no'],
  [
    'crmjira_EngagementConstants',
    'JSON',
    '{"weights":{"appointment":5,"phonecall":3,"order":4,"resolvedCase":2,"email":1,"task":1},"halfLifeDays":30,"activityScale":25,"revenueScale":100000,"revenueShare":0.7,"winRateShare":0.3,"activityShare":0.5,"salesShare":0.5}',
  ],
  ['crmjira_AllowedRegions', 'String', 'Canada Central, Canada East'],
  ['crmjira_ArchiveJiraProject', 'Boolean', 'yes'],
  ['crmjira_CompleteOnRootIssueDone', 'Boolean', 'yes'], // R-801 asks for it to be configurable
  // Groups 16 to 18.
  ['crmjira_Capabilities', 'String', 'budget'],
  ['crmjira_DailyTargetMinutes', 'Number', '450'],
  ['crmjira_IssuePersonalData', 'Boolean', 'no'],
  ['crmjira_BrakePercent', 'Number', '5'],
  ['crmjira_DefaultConnectionRules', 'JSON', '{}'],
];

test('every environment variable of the data model is defined, with its type and default', () => {
  const actual = solution.environmentVariables.map(({ schemaName, type, defaultValue }) => [
    schemaName,
    type,
    defaultValue,
  ]);
  expect(actual).toEqual([...VARIABLES].sort(([one], [other]) => (one < other ? -1 : 1)));
});

test('secrets carry no value in the solution', () => {
  const secrets = solution.environmentVariables.filter(({ type }) => type === 'Secret');
  expect(secrets).toHaveLength(4);
  for (const { defaultValue } of secrets) expect(defaultValue).toBeNull();
});
