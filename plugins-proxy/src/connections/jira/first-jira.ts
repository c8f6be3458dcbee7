import type { Config } from '../../platform/config/read-config';
import type { LiveConfig } from '../../platform/secrets/live-config';
import { jiraSignIn } from '../../platform/secrets/sign-ins';
import type { Settings } from '../environment/to-settings';
import type { JiraSiteSettings } from './open-jira-connection';

/** The connection that the environment variables describe. */
export function firstJira(
  config: Config,
  live: LiveConfig,
  now: () => Date,
  settings: () => Pick<Settings, 'jiraDeployment'> | null,
): Omit<JiraSiteSettings, 'name'> {
  const { url, deployment, webhookVerification: verification } = config.jira;
  return {
    id: config.connectionId,
    url,
    urlSetting: 'JIRA_URL',
    deployment,
    said: () => (config.setHere.has('JIRA_DEPLOYMENT') ? null : (settings()?.jiraDeployment ?? null)),
    credentials: jiraSignIn(live, () => now().getTime()),
    transport: () => live.current().jira,
    config: null,
    webhook: { secrets: () => live.current().jira.webhookSecrets, verification },
  };
}
