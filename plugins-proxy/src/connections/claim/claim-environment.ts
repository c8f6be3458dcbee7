import { environmentVerdict, tables } from '@crmjira/domain';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import { readConnectionOrganization } from '../environment/read-connection';
import { classifyError } from '../../platform/errors/classify-error';
import type { ProbeResult } from '../../platform/errors/probe-result';
import { troubleOf } from '../../platform/errors/probe-result';
import type { JiraSite } from '../../clients/jira/jira-site';
import { lookAtOwners } from './foreign-project';
import { EnvironmentMoved } from './guard-jira-writes';

export interface EnvironmentContext {
  readonly dataverse: DataverseClient;
  readonly site: JiraSite;
  readonly connectionId: string;
}

/**
 * Compares the organization we are signed in to with the one the connection writes to Jira for, and claims a connection that nobody
 * has claimed, unless Jira says that its projects are somebody else's (R-2302).
 */
export async function claimEnvironment(context: EnvironmentContext): Promise<ProbeResult> {
  const { dataverse, connectionId } = context;
  const { organizationId } = await dataverse.whoAmI();
  const claimed = await readConnectionOrganization(dataverse, connectionId);
  const verdict = environmentVerdict(claimed, organizationId);
  if (verdict === 'ours') return { ok: true };
  if (claimed !== null) return troubleOf(new EnvironmentMoved(claimed));
  const { foreign } = await lookAtOwners(context, organizationId);
  if (foreign !== null) return troubleOf(new EnvironmentMoved(foreign.organization));
  try {
    const collection = tables.crmjira_integration.entitySet;
    const columns = { crmjira_organization_id: organizationId };
    await dataverse.changeSet([{ op: 'update', collection, id: connectionId, columns }]);
    return { ok: true };
  } catch (error) {
    const { message } = classifyError(error);
    return { ok: true, says: `The connection row could not be claimed for this organization: ${message}` };
  }
}
