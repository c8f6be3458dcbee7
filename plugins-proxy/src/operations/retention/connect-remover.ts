import type { Config } from '../../platform/config/read-config';
import { createDataverseClient, type DataverseClient } from '../../clients/dataverse/dataverse-client';
import { createTokenSource } from '../../clients/dataverse/token-source';
import { type LiveConfig, unchangingConfig } from '../../platform/secrets/live-config';
import { retentionSecret } from '../../platform/secrets/sign-ins';

/** A client of the application user that may remove archived rows; null = nobody may, they are left (R-1202: the log has no delete). */
export function connectRemover(
  config: Config,
  live: LiveConfig = unchangingConfig(config),
): Pick<DataverseClient, 'remove'> | null {
  const { retention } = config.dataverse;
  if (retention === null) return null;
  const timeoutMs = config.requestTimeoutMs;
  const tokens = createTokenSource(
    { ...config.dataverse, ...retention },
    timeoutMs,
    Date.now,
    retentionSecret(live, retention),
  );
  return createDataverseClient({ url: config.dataverse.url, tokens, timeoutMs });
}
