import {
  budgetSourceNamed,
  budgetSourceNames,
  type CapabilityName,
  capabilityNames,
  type ConnectionRule,
  defaultCapabilities,
  DEFAULT_KEY_PATTERN,
  entryOf,
  type KeyPattern,
  type LinkableProjects,
  type Policy,
} from '@crmjira/domain';
import { z } from 'zod';
import type { DailyClock } from '../../platform/daily-clock';
import { parseDailyClock, parseHosts, parseProjectKeyPattern, parseSyncTimeout, refuseSetting } from './parse-settings';
import type { EnvironmentVariables } from './read-environment-variables';
import { type ChosenLimits, chosenBudgetAddress, chosenDeployment, chosenLimits, readThresholds } from './read-limits';
import type { Thresholds } from '../../platform/config/thresholds';

/** The environment's settings: the domain's policy, and what only the proxy needs. */
export interface Settings {
  readonly policy: Policy;
  /** What is switched on (ADR-19). */
  readonly capabilities: ReadonlySet<CapabilityName>;
  readonly projectTypeKey: string;
  readonly projectTemplateKey: string | null;
  readonly projectCategoryId: string | null;
  /** field name → id, where an administrator has set them */
  readonly fieldIds: Readonly<Record<string, string>>;
  /** role name → greatest amount in base currency, major units */
  readonly approvalLimits: Readonly<Record<string, number>>;
  /** Which connection new projects go to; where none fits, the first one. */
  readonly connectionRules: readonly ConnectionRule[];
  /** Names of the issue types whose work counts; null = all. */
  readonly issueTypes: readonly string[] | null;
  /** Jira accounts whose worklogs may carry a rate of their own; `*` = everybody's (F-304) */
  readonly ownRateAccounts: ReadonlySet<string>;
  /** How long events of a project are coalesced before it is looked at, in milliseconds (R-1307). */
  readonly coalesceMs: number;
  /** Name, address or id of the queue that mails come from. */
  readonly senderQueue: string | null;
  /** Whether people may search the projects of Jira while they link (ADR-1: off by default). */
  readonly projectPicker: boolean;
  /** Whether the contact of a record may be named in Jira (R-1706). */
  readonly issuePersonalData: boolean;
  /** Projects that are offered for linking (F-302). */
  readonly linkableProjects: LinkableProjects;
  /** Name or id of a team whose members may approve. */
  readonly approverTeam: string | null;
  /** What the keys of projects that we create look like. */
  readonly keyPattern: KeyPattern;
  /** When the daily sync and the digest become due. */
  readonly dailySync: DailyClock;
  /** How long a daily sync may take, in milliseconds. */
  readonly syncLimitMs: number;
  /** How long metadata of Jira is taken for true, in milliseconds. */
  readonly metadataKeepMs: number;
  /** Most reads of Dataverse in one batch (R-1307). */
  readonly batchSize: number;
  /** How much is done at a time, where somebody chose it here. */
  readonly limits: ChosenLimits;
  /** Alert thresholds (R-1103, R-1106, R-1218). */
  readonly thresholds: Thresholds;
  /** What Jira is said to be; null = nobody has said. */
  readonly jiraDeployment: 'cloud' | 'dc' | 'server' | null;
  /** Address of the contract of the budget module; null = where Jira has it by default. */
  readonly budgetApiUrl: string | null;
  /** Hosts that may be called besides those the list is read through (R-1212); null = those of the configuration. */
  readonly egressAllowList: readonly string[] | null;
}

/** The solution's default names no real host, so that it counts only where it was set. */
export const egressVariable = 'crmjira_EgressAllowList';
/** Seconds: the 5 minutes of R-1307. */
const longestDelaySeconds = 300;
/** Hours: a week-old picture of Jira's fields helps nobody. */
const longestCache = 168;
/** What Dataverse takes in one `$batch`. */
const largestBatch = 1_000;

const yes = new Set(['yes', 'true', '1', 'on']);
const no = new Set(['no', 'false', '0', 'off']);

/** Defaults of D-10, for an environment whose solution is older than the service. */
const defaults: Readonly<Record<string, string>> = {
  crmjira_Capabilities: [...defaultCapabilities].join(),
  crmjira_BudgetThreshold: '10000',
  crmjira_WarningThreshold: '80',
  crmjira_DefaultCurrency: 'CAD',
  crmjira_BudgetPeriodMonths: '12',
  crmjira_TaskDueDays: '1',
  crmjira_TaskSkipWeekends: 'no',
  crmjira_BatchMaxDelaySeconds: '0',
  crmjira_ProvisioningLimitPerHour: '20',
  crmjira_AutoApproveOnProvision: 'no',
  crmjira_AutoAdvanceStages: 'yes',
  crmjira_WriteSpentToActualValue: 'yes',
  crmjira_RedactAmountsInEmail: 'no',
  crmjira_ArchiveJiraProject: 'yes',
  crmjira_CompleteOnRootIssueDone: 'yes',
  crmjira_DefaultHourlyRate: '150',
  crmjira_BudgetSource: 'computed',
  crmjira_ProjectTypeKey: 'software',
  crmjira_ProjectPicker: 'no',
  crmjira_IssuePersonalData: 'no',
  crmjira_ProjectKeyPattern: DEFAULT_KEY_PATTERN,
  crmjira_DailySyncTime: '06:00',
  crmjira_DailySyncTimeZone: 'Eastern Standard Time',
  crmjira_SyncTimeout: 'PT10M',
  crmjira_CacheHours: '4',
  crmjira_BatchSize: '50',
};

const anyOf = (values: readonly string[]): string =>
  new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(values);

const jsonOf = <S extends z.ZodType>(schema: S) =>
  z
    .string()
    .transform((value, context) => {
      try {
        return JSON.parse(value) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'is not JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);

const names = z.array(z.string().trim().min(1)).default([]);
/** `{"categories": ["Client work"], "names": ["CRM *"]}`; a misspelt key is refused rather than taken for an empty list. */
const linkable = z.strictObject({ categories: names, names });
const ruleText = z.string().trim().min(1).optional();
/** `{"rules": [{"connection": "<id>", "currency": "EUR"}]}`; what fits first holds. */
const connectionRules = z.strictObject({
  rules: z
    .array(z.strictObject({ connection: z.guid(), businessUnit: ruleText, currency: ruleText, country: ruleText }))
    .default([]),
});

/** Turns environment variables into settings. @throws IntegrationError naming the variable that cannot be used */
export function toSettings(variables: EnvironmentVariables, connectionId: string, recordUrl: string | null): Settings {
  const read = (name: string): string | null => {
    const value = variables.get(name)?.value?.trim() ?? entryOf(defaults, name) ?? null;
    return value === '' || value === '-' || value === '–' ? null : value;
  };
  /** Set for this environment, not merely the solution's default. */
  const chosen = (name: string): string | null => (variables.get(name)?.isDefault === false ? read(name) : null);
  const number = (name: string): number => {
    const value = read(name) ?? '';
    const parsed = Number(value);
    return value !== '' && Number.isFinite(parsed) ? parsed : refuseSetting(name, 'a number', value);
  };
  const within = (name: string, most: number): number => {
    const value = number(name);
    return value >= 0 && value <= most ? value : refuseSetting(name, `between 0 and ${most}`, String(value));
  };
  const count = (name: string, most: number): number => {
    const value = number(name);
    return Number.isInteger(value) && value >= 1 && value <= most
      ? value
      : refuseSetting(name, `a whole number between 1 and ${most}`, String(value));
  };
  const given = (name: string): { readonly name: string; readonly value: string } => ({
    name,
    value: read(name) ?? entryOf(defaults, name) ?? '',
  });
  const list = (name: string): readonly string[] | null => {
    const names = (read(name) ?? '').split(',').flatMap((each) => (each.trim() === '' ? [] : [each.trim()]));
    return names.length === 0 ? null : names;
  };
  const flag = (name: string): boolean => {
    const value = (read(name) ?? '').toLowerCase();
    if (yes.has(value)) return true;
    return no.has(value) ? false : refuseSetting(name, 'yes or no', value);
  };
  const json = <S extends z.ZodType>(name: string, value: string | null, schema: S): z.output<S> => {
    const parsed = jsonOf(schema).safeParse(value ?? '{}');
    return parsed.success ? parsed.data : refuseSetting(name, 'a JSON object', value ?? '');
  };
  const capabilities = z.array(z.enum(capabilityNames)).safeParse(list('crmjira_Capabilities') ?? []);
  const source = read('crmjira_BudgetSource');
  const fieldIds = chosen('crmjira_FieldIds');
  return {
    capabilities: capabilities.success
      ? new Set(capabilities.data)
      : refuseSetting(
          'crmjira_Capabilities',
          `a list of ${anyOf(capabilityNames)}, or - for none`,
          read('crmjira_Capabilities') ?? '',
        ),
    policy: {
      budgetThreshold: number('crmjira_BudgetThreshold'),
      warningThreshold: number('crmjira_WarningThreshold'),
      defaultCurrency: read('crmjira_DefaultCurrency') ?? 'CAD',
      budgetPeriodMonths: number('crmjira_BudgetPeriodMonths'),
      taskDueDays: number('crmjira_TaskDueDays'),
      taskSkipWeekends: flag('crmjira_TaskSkipWeekends'),
      provisioningLimit: number('crmjira_ProvisioningLimitPerHour'),
      autoApproveOnProvision: flag('crmjira_AutoApproveOnProvision'),
      autoAdvanceStages: flag('crmjira_AutoAdvanceStages'),
      writeSpentToActualValue: flag('crmjira_WriteSpentToActualValue'),
      redactAmountsInEmail: flag('crmjira_RedactAmountsInEmail'),
      financeControllerEmail: read('crmjira_FinanceControllerEmail'),
      administratorMailbox: read('crmjira_AdministratorMailbox'),
      defaultHourlyRate: number('crmjira_DefaultHourlyRate'),
      archiveJiraProject: flag('crmjira_ArchiveJiraProject'),
      completeOnRootIssueDone: flag('crmjira_CompleteOnRootIssueDone'),
      budgetSource:
        budgetSourceNamed(source) ?? refuseSetting('crmjira_BudgetSource', anyOf(budgetSourceNames), source ?? ''),
      connectionId,
      recordUrl,
    },
    projectTypeKey: read('crmjira_ProjectTypeKey') ?? 'software',
    // The solution's defaults for these are those of D-10; site-specific ones count only where somebody chose them.
    projectTemplateKey: chosen('crmjira_ProjectTemplateKey'),
    projectCategoryId: chosen('crmjira_ProjectCategoryId'),
    fieldIds: json('crmjira_FieldIds', fieldIds, z.record(z.string(), z.string())),
    approvalLimits: json('crmjira_ApprovalLimits', read('crmjira_ApprovalLimits'), z.record(z.string(), z.number())),
    projectPicker: flag('crmjira_ProjectPicker'),
    issuePersonalData: flag('crmjira_IssuePersonalData'),
    linkableProjects: json('crmjira_LinkableProjects', read('crmjira_LinkableProjects') ?? '{}', linkable),
    connectionRules: json('crmjira_DefaultConnectionRules', read('crmjira_DefaultConnectionRules'), connectionRules)
      .rules,
    issueTypes: list('crmjira_WebhookIssueTypes'),
    ownRateAccounts: new Set(list('crmjira_OwnRateAccounts')),
    coalesceMs: within('crmjira_BatchMaxDelaySeconds', longestDelaySeconds) * 1_000,
    senderQueue: read('crmjira_SenderQueue'),
    approverTeam: read('crmjira_ApproverTeam'),
    keyPattern: parseProjectKeyPattern(given('crmjira_ProjectKeyPattern')),
    dailySync: parseDailyClock(given('crmjira_DailySyncTime'), given('crmjira_DailySyncTimeZone')),
    syncLimitMs: parseSyncTimeout(given('crmjira_SyncTimeout')),
    metadataKeepMs: within('crmjira_CacheHours', longestCache) * 3_600_000,
    batchSize: count('crmjira_BatchSize', largestBatch),
    limits: chosenLimits(chosen),
    thresholds: readThresholds(read),
    jiraDeployment: chosenDeployment(chosen),
    budgetApiUrl: chosenBudgetAddress(chosen),
    egressAllowList: parseHosts({ name: egressVariable, value: chosen(egressVariable) ?? '' }),
  };
}
