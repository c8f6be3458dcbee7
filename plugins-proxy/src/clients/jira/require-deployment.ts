import type { JiraCredentials } from '../../platform/config/jira-credentials';
import { z } from 'zod';
import { IntegrationError } from '../../platform/errors/integration-error';
import type { HttpClient } from '../../platform/http-client/http-client';
import { type JiraServer, type Judgement, judgeDeployment, type SaidDeployment } from './judge-deployment';
import type { MetadataCache } from './metadata-cache';
import { asNotJira } from './not-jira';

/** Jira before 7 tells no type. */
const serverInfo = z.object({ version: z.string(), deploymentType: z.string().optional() });

/**
 * Asks the site what it is; the address is the same everywhere, and needs no right.
 * @param setting what names its address
 * @throws NotJira when what answers is not Jira; IntegrationError
 */
export async function askSite(http: HttpClient, setting = 'JIRA_URL'): Promise<JiraServer> {
  const call = { method: 'GET', path: '/rest/api/2/serverInfo', schema: serverInfo } as const;
  const info = await http.call(call).catch((error: unknown) => {
    throw asNotJira(error, setting);
  });
  return { type: info.deploymentType === 'Cloud' ? 'cloud' : 'server', version: info.version };
}

/** A site whose type or version does not go with the configuration. */
export class DeploymentRefusal extends IntegrationError {
  constructor(readonly judgement: Exclude<Judgement, { verdict: 'fits' }>) {
    super(`${judgement.says} ${judgement.remedy}`, { code: 'jira-deployment', errorClass: 'configuration' });
    this.name = 'DeploymentRefusal';
  }
}

/**
 * Makes the check that stands before all work with a site: its type and version, detected, go with the configuration.
 * Asked once in a while, as long as metadata is remembered; what an administrator says of it is compared each time.
 * @param ask `askSite`
 * @returns what it found; throws DeploymentRefusal where they do not go together
 */
export function requireDeployment(
  ask: () => Promise<JiraServer>,
  kind: JiraCredentials['kind'],
  metadata: MetadataCache,
  said: () => SaidDeployment | null = () => null,
): () => Promise<Judgement> {
  return async () => {
    const judgement = judgeDeployment(await metadata.get('deployment', ask), kind, said());
    if (judgement.verdict === 'refused') throw new DeploymentRefusal(judgement);
    return judgement;
  };
}
