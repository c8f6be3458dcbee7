import { createJiraHttp } from '../../jira/jira-http';
import { createTempoProjects } from './find-tempo-project';
import type { Tempo } from './tempo-source';

/** A connection of its own: another host, another token, another budget of requests. */
export function connectTempo(
  tempo: { readonly url: string; readonly token: string },
  timeoutMs: number,
  now: () => Date,
): Tempo {
  const credentials = { kind: 'bearer', pat: tempo.token } as const;
  const http = createJiraHttp({ url: tempo.url, credentials, timeoutMs, product: 'Tempo' });
  return { http, projects: createTempoProjects(http), now };
}
