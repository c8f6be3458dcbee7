import type { z } from 'zod';
import type { configSchema } from './config-schema';
import type { ConfigurationProblem } from './invalid-configuration';

/** How people sign in with Atlassian (OAuth 2.0, 3LO), and in Entra before that, so that nobody connects another person. */
export interface AtlassianConfig {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Of the authorization server, and of the gateway before the sites' REST API. */
  readonly authUrl: string;
  readonly apiUrl: string;
}

/** Where people of a tenant sign in. */
export interface EntraTenant {
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly keysUrl: string;
  /** `iss` of its id tokens. */
  readonly issuer: string;
}

const tokenPath = /\/oauth2\/v2\.0\/token$/;

/** The endpoints that stand beside a token endpoint of Entra. Pure. */
export function entraTenant(tokenUrl: string): EntraTenant {
  const tenant = tokenUrl.replace(tokenPath, '');
  return {
    authorizeUrl: `${tenant}/oauth2/v2.0/authorize`,
    tokenUrl,
    keysUrl: `${tenant}/discovery/v2.0/keys`,
    issuer: `${tenant}/v2.0`,
  };
}

/** What the variables say about signing in with Atlassian; null = nobody can. */
export function atlassianConfig(
  values: z.output<typeof configSchema>,
  problems: ConfigurationProblem[],
): AtlassianConfig | null {
  const { ATLASSIAN_CLIENT_ID: clientId, ATLASSIAN_CLIENT_SECRET: clientSecret } = values;
  if (clientId === undefined && clientSecret === undefined) return null;
  const received = 'nothing';
  if (clientId === undefined)
    problems.push({ variable: 'ATLASSIAN_CLIENT_ID', expected: 'the id that ATLASSIAN_CLIENT_SECRET is of', received });
  if (clientSecret === undefined)
    problems.push({ variable: 'ATLASSIAN_CLIENT_SECRET', expected: 'the secret of ATLASSIAN_CLIENT_ID', received });
  if (values.TOKEN_URL !== undefined && !tokenPath.test(values.TOKEN_URL))
    problems.push({
      variable: 'TOKEN_URL',
      expected: 'an address that ends in /oauth2/v2.0/token, as people sign in beside it (ATLASSIAN_CLIENT_ID)',
      received: `"${values.TOKEN_URL}"`,
    });
  const { ATLASSIAN_AUTH_URL: authUrl, ATLASSIAN_API_URL: apiUrl } = values;
  return { clientId: clientId ?? '', clientSecret: clientSecret ?? '', authUrl, apiUrl };
}
