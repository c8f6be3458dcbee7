import type { z } from 'zod';
import type { configSchema } from './config-schema';
import type { ConfigurationProblem } from './invalid-configuration';

/** A forward gateway before Jira, reached by CONNECT, that may ask for a client certificate. All texts are PEM. */
export interface JiraGateway {
  readonly url: string;
  /** Authorities that sign the gateway and Jira behind it; null = those of the platform. */
  readonly ca: string | null;
  /** Certificate and key that prove to the gateway who calls; null = it does not ask. */
  readonly client: { readonly certificate: string; readonly key: string } | null;
}

/** What the variables say about it; null = Jira is reached straight. */
export function jiraGateway(
  values: z.output<typeof configSchema>,
  problems: ConfigurationProblem[],
): JiraGateway | null {
  const { JIRA_GATEWAY_URL: url, JIRA_GATEWAY_CERTIFICATE: certificate, JIRA_GATEWAY_KEY: key } = values;
  if (url === undefined) return null;
  const ca = values.JIRA_GATEWAY_CA ?? null;
  if (certificate !== undefined && key !== undefined) return { url, ca, client: { certificate, key } };
  const [given, variable] =
    certificate === undefined ? [key, 'JIRA_GATEWAY_CERTIFICATE'] : [certificate, 'JIRA_GATEWAY_KEY'];
  if (given !== undefined)
    problems.push({ variable, expected: 'the other half of the client certificate', received: 'nothing' });
  return { url, ca, client: null };
}
