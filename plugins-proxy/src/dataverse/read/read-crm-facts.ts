import { type CrmFacts, integrationReference, type OpportunityFacts, tables } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseClient } from '../dataverse-client';
import { equalsId, quoted } from '../filter';
import type { Surroundings } from '../surroundings';
import { guid } from './columns';
import { readAlerts } from './read-alerts';
import { readApproval } from './read-approval';
import { readCommands } from './read-commands';
import { readCompletion } from './read-completion';
import { readMapping } from './read-mapping';
import { readOpportunity } from './read-opportunity';
import { readEmail, readOwnerEmails } from './read-people';
import { readProcess } from './read-process';
import { readRealities } from './read-realities';
import { readSnapshots } from './read-snapshots';

const idRow = z.object({ opportunityid: guid });

/** Whether another opportunity carries the reference that this one would get now. */
async function isReferenceTaken(client: DataverseClient, opportunityId: string, now: string): Promise<boolean> {
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
  client: DataverseClient,
  opportunity: OpportunityFacts | null,
): Promise<Pick<CrmFacts, 'ownerEmails' | 'ownerUserId' | 'projectManagerEmail'>> {
  if (opportunity === null) return { ownerEmails: [], ownerUserId: null, projectManagerEmail: null };
  const { ownerId, ownerType, projectManagerId } = opportunity;
  const [ownerEmails, projectManagerEmail] = await Promise.all([
    readOwnerEmails(client, { id: ownerId, type: ownerType }),
    projectManagerId === null ? null : readEmail(client, projectManagerId),
  ]);
  return { ownerEmails, ownerUserId: ownerType === 'systemuser' ? ownerId : null, projectManagerEmail };
}

/**
 * Reads everything that Dataverse says about one opportunity, fresh for each plan.
 * @param now ISO instant of the plan
 */
export async function readCrmFacts(
  client: DataverseClient,
  surroundings: Surroundings,
  opportunityId: string,
  now: string,
): Promise<CrmFacts> {
  const [{ organizationId }, settings, currencies, senderQueueId] = await Promise.all([
    surroundings.whoAmI(),
    surroundings.settings(),
    surroundings.currencies(),
    surroundings.senderQueueId(),
  ]);
  const { defaultCurrency, connectionId } = settings.policy;
  const [opportunity, mapping, process, commands] = await Promise.all([
    readOpportunity(client, opportunityId, currencies, defaultCurrency),
    readMapping(client, opportunityId, currencies, defaultCurrency),
    readProcess(client, opportunityId),
    readCommands(client, surroundings, opportunityId),
  ]);
  const [approval, alerts, snapshots, recipients, referenceTakenByOther, completion, realities] = await Promise.all([
    opportunity === null ? null : readApproval(client, surroundings, opportunityId, opportunity.currency),
    mapping === null ? [] : readAlerts(client, mapping.id),
    mapping === null ? [] : readSnapshots(client, mapping.id, mapping.approved.currency),
    readRecipients(client, opportunity),
    mapping === null && opportunity !== null ? isReferenceTaken(client, opportunityId, now) : false,
    readCompletion(client, mapping),
    readRealities(client, surroundings, mapping, connectionId),
  ]);
  return {
    organizationId,
    opportunity,
    mapping,
    process,
    alerts,
    approval,
    commands,
    snapshots,
    ...recipients,
    ...completion,
    ...realities,
    referenceTakenByOther,
    senderQueueId,
  };
}
