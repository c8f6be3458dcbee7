import { createTempoProjects } from '../../../../clients/tempo/find-tempo-project';
import { createTempoHttp } from '../../../../clients/tempo/tempo-http';
import type { BearerToken } from '../../../../platform/config/jira-credentials';
import type { Current } from '../../../../platform/http-client/current';
import type { SiteGuard } from '../../../../platform/http-client/site-guard';
import type { Renewable } from '../../../../platform/secrets/renewable';
import { createTempoProvider } from '../../../../connections/providers/tempo-provider';
import type { Tempo } from './tempo-source';

/** A connection of its own: another host, another token, another budget of requests. */
export function connectTempo(
  url: string,
  credentials: Renewable<BearerToken>,
  timeoutMs: Current<number>,
  now: () => Date,
  redact: (text: string) => string,
  guard?: SiteGuard,
): Tempo {
  const http = createTempoHttp({ url, credentials, timeoutMs, redact, guard });
  return { http, projects: createTempoProjects(http), provider: createTempoProvider(http), now };
}
