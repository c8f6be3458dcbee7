import { AuthType, monitorProjectRowId } from '@crmjira/domain';
import { sampleProjects } from '../sentry/sample';
import { ref, type SeedRow } from './seed-row';

const PROVIDER_ID = '5a8d2c1e-0000-4000-8000-000000000d02';
const WEBHOOK_ID = '5a8d2c1e-0000-4000-8000-000000000d12';

/** The organization of Sentry that the company's errors are told to. */
export interface Monitoring {
  readonly connectionId: string;
  readonly url: string;
  readonly organization: string;
}

/** The connection to it; its projects and errors are read from there. */
export const monitoringRows = ({ connectionId, url, organization }: Monitoring): SeedRow[] => [
  {
    table: 'crmjira_integration_provider',
    row: {
      crmjira_integration_providerid: PROVIDER_ID,
      crmjira_code: 'SENTRY',
      crmjira_name: 'Sentry',
      crmjira_description: 'Errors of running software',
      crmjira_supports_webhooks: true,
    },
  },
  {
    table: 'crmjira_integration',
    row: {
      crmjira_integrationid: connectionId,
      crmjira_name: 'Sentry',
      'crmjira_provider@odata.bind': ref('crmjira_integration_provider', PROVIDER_ID),
      crmjira_base_url: url,
      crmjira_auth_type: AuthType.ApiToken,
      crmjira_secret_name: `file:${connectionId}`,
      crmjira_config: JSON.stringify({ organization }),
      crmjira_is_active: true,
    },
  },
  {
    table: 'crmjira_integration_webhook',
    row: {
      crmjira_integration_webhookid: WEBHOOK_ID,
      crmjira_name: 'Sentry issues',
      'crmjira_integration_id@odata.bind': ref('crmjira_integration', connectionId),
      crmjira_url: `/webhooks/sentry/${connectionId}`,
      crmjira_events: 'issue',
      crmjira_secret_name: `file:${connectionId}-webhook`,
      crmjira_is_active: true,
    },
  },
];

/** Its projects, as the service finds them, where an administrator has assigned them to a product. */
export const monitoredProjectRows = ({ connectionId, url }: Monitoring, productId: string): SeedRow[] =>
  sampleProjects.map(({ id, name }) => ({
    table: 'crmjira_monitor_project',
    row: {
      crmjira_monitor_projectid: monitorProjectRowId(connectionId, id),
      crmjira_system: 'sentry',
      crmjira_external_id: `${new URL(url).host}/${id}`,
      crmjira_name: name,
      crmjira_is_active: true,
      'crmjira_product@odata.bind': ref('product', productId),
      'crmjira_integration_id@odata.bind': ref('crmjira_integration', connectionId),
    },
  }));
