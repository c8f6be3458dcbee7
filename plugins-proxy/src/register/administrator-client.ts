import type { Config } from '../config/read-config';
import { createDataverseClient, type DataverseClient } from '../dataverse/dataverse-client';
import { createTokenSource } from '../dataverse/token-source';

/** A client of the application user that may customize (REGISTRATION_CLIENT_ID); without one, of the service's own. */
export function administratorClient(config: Config, own: DataverseClient): DataverseClient {
  const { registration } = config.dataverse;
  if (registration === null) return own;
  const timeoutMs = config.requestTimeoutMs;
  const tokens = createTokenSource({ ...config.dataverse, ...registration }, timeoutMs);
  return createDataverseClient({ url: config.dataverse.url, tokens, timeoutMs });
}
