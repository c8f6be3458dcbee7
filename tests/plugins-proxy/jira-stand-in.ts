import type { AddressInfo } from 'node:net';
import { createJira, type Jira, type JiraOptions, SERVICE_ACCOUNT } from '../../sandbox/src/jira';
import { createJiraHttp } from '../../plugins-proxy/src/clients/jira/jira-http';
import type { JiraSite } from '../../plugins-proxy/src/clients/jira/jira-site';
import { cloudProfile, dataCenterProfile } from '../../plugins-proxy/src/clients/jira/profile';

export const apiToken = 'api-token-of-the-stand-in';
const pat = 'pat-of-the-stand-in-0001';

export interface JiraStandIn {
  readonly jira: Jira;
  readonly site: JiraSite;
  close(): Promise<void>;
}

/** The Jira stand-in on a free port, reached in one of its two dialects. */
export async function jiraStandIn(
  deployment: 'cloud' | 'dc',
  contractKeys = false,
  over: Partial<JiraOptions> = {},
): Promise<JiraStandIn> {
  const jira = await createJira({
    stateFile: ':memory:',
    publicUrl: 'http://localhost',
    firstProjectId: 10_150,
    defaultHourlyRate: 125,
    contractKeys,
    credentials: [{ email: SERVICE_ACCOUNT.email, apiToken, pat }],
    ...over,
  });
  await jira.app.listen({ port: 0, host: '127.0.0.1' });
  // listen() on a TCP port always gives an AddressInfo.
  const { port } = jira.app.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const credentials =
    deployment === 'cloud'
      ? ({ kind: 'basic', email: SERVICE_ACCOUNT.email, apiToken } as const)
      : ({ kind: 'bearer', pat } as const);
  const http = createJiraHttp({ url, credentials, timeoutMs: 5_000 });
  return {
    jira,
    site: { http, url, profile: deployment === 'cloud' ? cloudProfile : dataCenterProfile },
    close: async () => {
      await http.close();
      await jira.close();
    },
  };
}
