import type { Config } from '../../platform/config/read-config';

/** What opens the details of `/health`; without a token the service tells them to its own machine only. */
export function healthHeaders({ metricsTokens: [token] }: Pick<Config, 'metricsTokens'>): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}
