import { Deployment } from '@crmjira/domain';
import { setTimeout as sleep } from 'node:timers/promises';
import { createJiraHttp } from '../../../clients/jira/jira-http';
import type { SiteClient } from '../../../platform/http-client/http-client';
import type { JiraCredentials } from '../../../platform/config/jira-credentials';
import type { EgressGuard } from '../../egress-guard';
import type { IntegrationProvider } from '../integration-provider';
import { type JiraSecrets, jiraSecrets, type JiraSettings, jiraSettings, jiraSignIn } from './jira-settings';
import { testJira } from './test-jira';

export interface JiraProviderParts {
  readonly egress: Pick<EgressGuard, 'of'>;
}

/** Somebody waits for a test: a call has that long, and so long between tries; milliseconds. */
const callMs = 10_000;
const longestPauseMs = 1_000;

const orNull = (text: string): string | null => (text === '' ? null : text);

/** A Jira site that administrators connect by pages (R-1606). Rows keep the columns that Jira connections have always had. */
export const createJiraIntegration = ({
  egress,
}: JiraProviderParts): IntegrationProvider<JiraSettings, JiraSecrets> => ({
  code: 'jira',
  supportsWebhooks: true,
  settings: jiraSettings,
  secrets: jiraSecrets,
  columns: (settings) => ({
    crmjira_base_url: orNull(settings.url),
    crmjira_deployment: settings.deployment,
    crmjira_auth_type: settings.deployment === null ? null : jiraSignIn(settings, '').authType,
    crmjira_username: orNull(settings.username),
    crmjira_default_project_key: orNull(settings.projectKey),
    crmjira_default_issue_type: orNull(settings.issueType),
    crmjira_issue_limit_per_project: settings.issueLimit,
  }),
  stored: {
    settingsOf: (row) => ({
      url: row.crmjira_base_url ?? '',
      deployment: row.crmjira_deployment,
      username: row.crmjira_username ?? '',
      projectKey: row.crmjira_default_project_key ?? '',
      issueType: row.crmjira_default_issue_type ?? '',
      issueLimit: row.crmjira_issue_limit_per_project,
    }),
    textOf: ({ token }) => orNull(token),
    secretsOf: (token) => ({ token }),
  },
  lacks: ({ url, deployment, username }, { token }) => {
    if (url === '') return 'settings.url';
    if (deployment === null) return 'settings.deployment';
    if (deployment === Deployment.JiraCloud && username === '') return 'settings.username';
    return token === '' ? 'secrets.token' : null;
  },
  open: async (_id, settings, secrets) => {
    const opened: SiteClient<JiraCredentials>[] = [];
    const open = (credentials: JiraCredentials): SiteClient<JiraCredentials> => {
      const http = createJiraHttp({
        url: settings.url,
        credentials,
        timeoutMs: callMs,
        guard: egress.of(settings.url, 'the address of the site'),
        clock: { sleep: (ms) => sleep(Math.min(ms, longestPauseMs)), random: Math.random },
      });
      opened.push(http);
      return http;
    };
    return {
      test: () => testJira(settings, secrets, open, () => performance.now()),
      close: async () => {
        await Promise.all(opened.map((http) => http.close()));
      },
    };
  },
});
