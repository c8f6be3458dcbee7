import { AuthType, BudgetCategoryType, Deployment, derivedId, Health } from '@crmjira/domain';
import { guidOf } from '../dataverse/guid';
import { currencies } from './currencies';
import { customerRows } from './customer-rows';
import { type Monitoring, monitoringRows } from './monitoring-rows';
import { ref } from './seed-row';
import type { SeedRow } from './seed-row';
import { userRows } from './user-rows';

export const SENDER_QUEUE_ID = '5a8d2c1e-0000-4000-8000-000000000e01';
const PROVIDER_ID = '5a8d2c1e-0000-4000-8000-000000000d01';

export interface CompanyOptions {
  /** Ids and keys of the people of its Jira, as Cloud and Data Center know them. */
  readonly jiraAccounts: readonly string[];
  readonly rootBusinessUnitId: string;
  readonly connectionId: string;
  readonly jiraUrl: string;
  readonly plant: { readonly connectionId: string; readonly url: string };
  readonly sentry: Monitoring;
  readonly budgetSource: string;
  readonly serviceAccount: string;
  /** id of a security role by its name */
  readonly roleId: (name: string) => string;
  /** id of a column security profile by its name */
  readonly profileId: (name: string) => string;
  /** whole second, UTC */
  readonly now: string;
}

function currencyRows(): SeedRow[] {
  return Object.entries(currencies).map(([code, currency]) => ({
    table: 'transactioncurrency',
    row: {
      transactioncurrencyid: currency.id,
      currencyname: currency.name,
      isocurrencycode: code,
      currencysymbol: currency.symbol,
      currencyprecision: 2,
      exchangerate: currency.exchangeRate,
    },
  }));
}

function connection(options: CompanyOptions): SeedRow[] {
  return [
    {
      table: 'crmjira_integration_provider',
      row: {
        crmjira_integration_providerid: PROVIDER_ID,
        crmjira_code: 'JIRA',
        crmjira_name: 'Jira',
        crmjira_description: 'Atlassian Jira Cloud and Data Center',
        crmjira_supports_webhooks: true,
      },
    },
    {
      table: 'crmjira_integration',
      row: {
        crmjira_integrationid: options.connectionId,
        crmjira_name: 'Jira',
        'crmjira_provider@odata.bind': ref('crmjira_integration_provider', PROVIDER_ID),
        crmjira_base_url: options.jiraUrl,
        crmjira_deployment: Deployment.JiraCloud,
        crmjira_auth_type: AuthType.ApiToken,
        crmjira_username: options.serviceAccount,
        crmjira_secret_name: 'JIRA-API-Token',
        crmjira_default_issue_type: 'Task',
        crmjira_sync_interval_minutes: 1440,
        crmjira_is_active: true,
        ...tested(options.now),
      },
    },
    {
      table: 'crmjira_integration',
      row: {
        crmjira_integrationid: options.plant.connectionId,
        crmjira_name: 'Plant Jira',
        'crmjira_provider@odata.bind': ref('crmjira_integration_provider', PROVIDER_ID),
        crmjira_base_url: options.plant.url,
        crmjira_deployment: Deployment.JiraDataCenter,
        crmjira_auth_type: AuthType.PatBearer,
        crmjira_username: options.serviceAccount,
        crmjira_secret_name: `file:${options.plant.connectionId}`,
        crmjira_is_active: true,
        ...tested(options.now),
      },
    },
    ...dependencies.map((name) => stateOf(options.connectionId, name, options.now)),
    ...ofEachConnection.map((name) => stateOf(options.plant.connectionId, name, options.now)),
    {
      table: 'queue',
      row: {
        queueid: SENDER_QUEUE_ID,
        name: 'Project Controls',
        emailaddress: 'project.controls@company.com',
        description: 'Sender of the budget alerts',
        emailrouteraccessapproval: 1,
      },
    },
  ];
}

/** As the service writes it at its first look: it has not known the side any other way. */
const tested = (now: string) => ({
  crmjira_last_test_on: now,
  crmjira_last_test_ok: true,
  crmjira_health: Health.Healthy,
});

const ofEachConnection = ['jira', 'budget_source'] as const;
/** Of the first one; the gateway and Dataverse are the service's own. */
const dependencies = [...ofEachConnection, 'dataverse', 'gateway'] as const;

const stateOf = (connectionId: string, dependency: (typeof dependencies)[number], now: string): SeedRow => ({
  table: 'crmjira_integration_health',
  row: {
    crmjira_integration_healthid: derivedId(connectionId, 'health', dependency),
    crmjira_name: `Jira ${dependency}`,
    'crmjira_integration_id@odata.bind': ref('crmjira_integration', connectionId),
    crmjira_dependency: dependency,
    crmjira_health: dependency === 'gateway' ? Health.NotUsed : Health.Healthy,
    crmjira_since: now,
    ...(dependency === 'gateway' ? {} : { crmjira_last_good_on: now }),
  },
});

function categories(): SeedRow[] {
  const template = (
    number: number,
    code: string,
    name: string,
    type: BudgetCategoryType,
    amounts: Record<string, number>,
  ) => ({
    table: 'crmjira_budget_category',
    row: {
      crmjira_budget_categoryid: `5a8d2c1e-0000-4000-8000-000000000f0${number}`,
      crmjira_category_id: code,
      crmjira_name: name,
      crmjira_type: type,
      ...amounts,
      'transactioncurrencyid@odata.bind': ref('transactioncurrency', currencies.CAD.id),
    },
  });
  return [
    template(1, 'DEVELOPMENT', 'Development Resources', BudgetCategoryType.HourlyRate, { crmjira_default_rate: 150 }),
    template(2, 'INFRASTRUCTURE', 'Infrastructure Costs', BudgetCategoryType.FixedCost, {
      crmjira_budget_amount: 25_000,
    }),
    template(3, 'CONSULTING', 'External Consulting', BudgetCategoryType.VariableCost, {
      crmjira_budget_amount: 50_000,
    }),
  ];
}

/** Values that the sandbox's environment sets; every other variable keeps the solution's default. */
function environment({ jiraUrl, budgetSource, jiraAccounts }: CompanyOptions): SeedRow[] {
  const values: Readonly<Record<string, string>> = {
    crmjira_JiraBaseUrl: jiraUrl,
    crmjira_JiraDeployment: 'cloud',
    crmjira_BudgetApiBaseUrl: `${jiraUrl}/rest/tempo-budgets/1/`,
    crmjira_SenderQueue: SENDER_QUEUE_ID,
    crmjira_AdministratorMailbox: 'admin@company.com',
    crmjira_ProjectPicker: 'yes',
    // The people of its Jira; nobody whom an administrator of Jira adds later.
    crmjira_OwnRateAccounts: jiraAccounts.join(','),
    // The solution's own default needs no value.
    ...(budgetSource === 'computed' ? {} : { crmjira_BudgetSource: budgetSource }),
    crmjira_LinkableProjects: '{"categories":["CRM projects"]}',
    crmjira_Capabilities: 'budget,issues,time,integrations',
  };
  return Object.entries(values).map(([name, value], index) => ({
    table: 'environmentvariablevalue',
    row: {
      environmentvariablevalueid: `5a8d2c1e-0000-4000-8000-000000000a${String(index + 1).padStart(2, '0')}`,
      schemaname: name,
      value,
      'EnvironmentVariableDefinitionId@odata.bind': ref('environmentvariabledefinition', guidOf(`variable:${name}`)),
    },
  }));
}

/** Departments below the organization; the personas sit at its top, where every record is theirs to see. */
function businessUnits({ rootBusinessUnitId }: CompanyOptions): SeedRow[] {
  return ['Sales Canada', 'Professional Services', 'Finance'].map((name, index) => ({
    table: 'businessunit',
    row: {
      businessunitid: `5a8d2c1e-0000-4000-8000-0000000000c${index + 1}`,
      name,
      isdisabled: false,
      parentbusinessunitid: { table: 'businessunit', id: rootBusinessUnitId },
    },
  }));
}

/** People, customers, money and settings, in the order in which they refer to each other. */
export function companyRows(options: CompanyOptions): SeedRow[] {
  return [
    ...currencyRows(),
    ...businessUnits(options),
    ...userRows(options),
    ...customerRows(),
    ...connection(options),
    ...monitoringRows(options.sentry),
    ...categories(),
    ...environment(options),
  ];
}
