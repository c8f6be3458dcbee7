import { type Config, readConfig } from '../../plugins-proxy/src/platform/config/read-config';

/** Environment of a service that could start; tests change what they are about. */
export const environment: Record<string, string | undefined> = {
  PORT: '0',
  PUBLIC_URL: 'http://localhost:4130',
  DATAVERSE_URL: 'http://localhost:4010',
  DATAVERSE_TENANT_ID: '72f988bf-0000-4000-8000-000000000001',
  DATAVERSE_CLIENT_ID: '22222222-2222-4222-8222-222222222222',
  DATAVERSE_CLIENT_SECRET: 'dataverse-client-secret-of-the-tests',
  DATAVERSE_STEP_KEY: 'step-key-of-the-tests-0001',
  JIRA_URL: 'http://localhost:4020',
  JIRA_DEPLOYMENT: 'cloud',
  JIRA_EMAIL: 'powerplatform-integration@company.com',
  JIRA_API_TOKEN: 'api-token-of-the-tests',
  JIRA_WEBHOOK_SECRET: 'webhook-secret-of-the-tests',
  CONNECTION_ID: '5a8d2c1e-0000-4000-8000-000000000c01',
  STORE_FILE: ':memory:',
  LOG_LEVEL: 'trace',
};

export function testConfig(over: Record<string, string | undefined> = {}): Config {
  return readConfig({ ...environment, ...over });
}
