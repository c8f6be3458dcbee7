import {
  type CrmFacts,
  integrationReference,
  judgeCommands,
  type Money,
  type OpportunityFacts,
  tables,
  snoozeLogId,
} from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseReader } from '../../../clients/dataverse/reader';
import { equalsId, quoted } from '../../../clients/dataverse/filter';
import type { EnvironmentSettings } from '../../../connections/environment/environment-settings';
import { guid } from '../../../clients/dataverse/columns';
import { readAllocations } from './read-allocations';
import { readAlerts } from './read-alerts';
import { judgeRequests } from './judge-requests';
import { approvalRequests, readApprovalRows } from './read-approval';
import { readAskers } from './read-askers';
import { readCommandRows, readCommands } from './read-commands';
import { readCompletion } from './read-completion';
import { isDeletionLogged } from './read-deletion';
import { readHourlyRate } from './read-hourly-rate';
import { readMapping } from './read-mapping';
import { readOpportunity } from './read-opportunity';
import { readEmail, readOwners } from '../../../connections/environment/read-people';
import { readChosenConnection } from './read-placement';
import { readProcess } from './read-process';
import { readRealities } from './read-realities';
import { readSnapshots } from './read-snapshots';

const idRow = z.object({ opportunityid: guid });

const logIdRow = z.object({ crmjira_integration_logid: guid });

async function isLogged(client: DataverseReader, id: string): Promise<boolean> {
  const { entitySet, primaryId } = tables.crmjira_integration_log;
  return (await client.one(entitySet, id, [primaryId], logIdRow)) !== null;
}

/** Whether another opportunity carries the reference that this one would get now. */
async function isReferenceTaken(client: DataverseReader, opportunityId: string, now: string): Promise<boolean> {
  const reference = integrationReference(opportunityId, now);
  const rows = await client.many(
    tables.opportunity.entitySet,
    {
      select: ['opportunityid'],
      filter: `crmjira_integration_reference eq ${quoted(reference)} and not (${equalsId('opportunityid', opportunityId)})`,
      top: 1,
    },
    idRow,
  );
  return rows.length > 0;
}

async function readRecipients(
  client: DataverseReader,
  opportunity: OpportunityFacts | null,
): Promise<Pick<CrmFacts, 'ownerEmails' | 'ownerUserId' | 'projectManagerEmail'>> {
  if (opportunity === null) return { ownerEmails: [], ownerUserId: null, projectManagerEmail: null };
  const { ownerId, ownerType, projectManagerId } = opportunity;
  const [owners, projectManagerEmail] = await Promise.all([
    readOwners(client, { id: ownerId, type: ownerType }),
    projectManagerId === null ? null : readEmail(client, projectManagerId),
  ]);
  const ownerEmails = owners.map(({ email }) => email);
  return { ownerEmails, ownerUserId: ownerType === 'systemuser' ? ownerId : null, projectManagerEmail };
}

/** What Dataverse says about one opportunity. */
export interface CrmReading {
  readonly facts: CrmFacts;
  /** Of the mapping; without one, where its project is to be created. */
  readonly connectionId: string;
  /** Rate of worklogs that carry none. */
  readonly hourlyRate: Money;
}

/**
 * Reads everything that Dataverse says about one opportunity, fresh for each plan, in two steps: what its id leads to, and what those
 * rows lead to. With a batched reader each step is one request.
 * @param now ISO instant of the plan
 */
export async function readCrmFacts(
  client: DataverseReader,
  environmentSettings: EnvironmentSettings,
  opportunityId: string,
  now: string,
): Promise<CrmReading> {
  const [{ organizationId, userId }, { policy, connectionRules }, currencies, senderQueueId] = await Promise.all([
    environmentSettings.whoAmI(),
    environmentSettings.settings(),
    environmentSettings.currencies(),
    environmentSettings.senderQueueId(),
  ]);
  const { defaultCurrency } = policy;
  const askerOf = readAskers(client, opportunityId, userId);
  const [opportunity, mapping, process, commandRows, approvalRows] = await Promise.all([
    readOpportunity(client, opportunityId, currencies, defaultCurrency),
    readMapping(client, opportunityId, currencies, defaultCurrency),
    readProcess(client, opportunityId, userId),
    readCommandRows(client, opportunityId),
    readApprovalRows(client, opportunityId),
  ]);
  const chosen =
    mapping?.connectionId ||
    (mapping !== null || opportunity === null
      ? null
      : await readChosenConnection(client, connectionRules, opportunity));
  const connectionId = chosen ?? policy.connectionId;
  const snoozeLog = opportunity && snoozeLogId(opportunity);
  const requests = approvalRequests(approvalRows, userId);
  const [
    { approval, earlierGrant, refusedRequests },
    asked,
    alerts,
    snapshots,
    recipients,
    referenceTakenByOther,
    completion,
    hourlyRate,
    realities,
    allocations,
    deletionLogged,
    administratorId,
    snoozeNoted,
  ] = await Promise.all([
    opportunity === null || requests === null
      ? { approval: null, earlierGrant: null, refusedRequests: [] }
      : judgeRequests(client, environmentSettings, requests, { opportunity, mapping, askerOf, serviceId: userId, now }),
    readCommands(client, environmentSettings, commandRows, askerOf),
    mapping === null ? [] : readAlerts(client, mapping.id),
    mapping === null ? [] : readSnapshots(client, mapping.id, mapping.approved.currency),
    readRecipients(client, opportunity),
    mapping === null && opportunity !== null ? isReferenceTaken(client, opportunityId, now) : false,
    readCompletion(client, mapping),
    readHourlyRate(client, mapping?.id ?? null, currencies, policy),
    readRealities(client, environmentSettings, mapping, connectionId),
    readAllocations(client, mapping),
    mapping === null && opportunity?.state === 'open' && opportunity.jiraProjectKey !== null
      ? isDeletionLogged(client, opportunityId)
      : false,
    // Only late work asks something of the administrator.
    mapping?.completedOn ? environmentSettings.administratorId() : null,
    snoozeLog === null ? undefined : isLogged(client, snoozeLog),
  ]);
  return {
    connectionId,
    hourlyRate,
    facts: {
      organizationId,
      opportunityId,
      opportunity,
      mapping,
      process,
      alerts,
      approval,
      earlierGrant,
      ...judgeCommands(asked, { mapping, approval, earlierGrant }),
      refusedRequests,
      snapshots,
      ...recipients,
      ...completion,
      ...realities,
      ...(allocations === null ? {} : { allocations }),
      ...(snoozeNoted === undefined ? {} : { snoozeNoted }),
      deletionLogged,
      administratorId,
      referenceTakenByOther,
      senderQueueId,
    },
  };
}
