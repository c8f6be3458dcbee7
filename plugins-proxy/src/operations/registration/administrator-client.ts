import type { Config } from '../../platform/config/read-config';
import { createDataverseClient, type DataverseClient } from '../../clients/dataverse/dataverse-client';
import { createTokenSource } from '../../clients/dataverse/token-source';

/** A client of the application user that may customize (REGISTRATION_CLIENT_ID); without one, of the service's own. */
export function administratorClient(config: Config, own: DataverseClient): DataverseClient {
  const { registration } = config.dataverse;
  if (registration === null) return own;
  const timeoutMs = config.requestTimeoutMs;
  const tokens = createTokenSource({ ...config.dataverse, ...registration }, timeoutMs);
  return createDataverseClient({ url: config.dataverse.url, tokens, timeoutMs });
}
