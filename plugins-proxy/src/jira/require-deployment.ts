import type { JiraCredentials } from '../config/jira-credentials';
import { z } from 'zod';
import { IntegrationError } from '../errors/integration-error';
import type { JiraHttp } from './jira-http';
import { type Judgement, judgeDeployment } from './judge-deployment';
import type { MetadataCache } from './metadata-cache';

/** Jira before 7 tells no type. */
const serverInfo = z.object({ version: z.string(), deploymentType: z.string().optional() });

/** Asks the site what it is; the address is the same everywhere, and needs no right. @throws IntegrationError */
export async function readDeployment(http: JiraHttp, kind: JiraCredentials['kind']): Promise<Judgement> {
  const info = await http.call({ method: 'GET', path: '/rest/api/2/serverInfo', schema: serverInfo });
  const type = info.deploymentType === 'Cloud' ? 'cloud' : 'server';
  return judgeDeployment({ type, version: info.version }, kind);
}

/**
 * Makes the check that stands before all work with a site: its type and version, detected, go with the configuration.
 * Asked once in a while, as long as metadata is remembered.
 */
export function requireDeployment(
  http: JiraHttp,
  kind: JiraCredentials['kind'],
  metadata: MetadataCache,
): () => Promise<void> {
  return async () => {
    const judgement = await metadata.get('deployment', () => readDeployment(http, kind));
    if (judgement.verdict !== 'refused') return;
    throw new IntegrationError(`${judgement.says} ${judgement.remedy}`, {
      code: 'jira-deployment',
      errorClass: 'configuration',
    });
  };
}
