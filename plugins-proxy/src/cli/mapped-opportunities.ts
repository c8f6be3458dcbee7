import { equalsOneOf } from '../clients/dataverse/filter';
import { readMappedOpportunities } from '../capabilities/budget/read/read-mapping';
import { readUnprovisioned } from '../inbound/polling/left-behind';
import type { Session } from './session';

/** Opportunities with a mapping of one of the connections, whatever its status. */
export async function mappedOpportunities(session: Session): Promise<readonly string[]> {
  await session.jira.refresh();
  const filter = equalsOneOf('_crmjira_integration_id_value', session.jira.ids());
  return [...new Set(await readMappedOpportunities(session.dataverse, filter))].sort();
}

/** Those with a mapping, and those that should have one and that nobody has begun to provision (F-202). */
export async function qualifyingOpportunities(session: Session): Promise<readonly string[]> {
  const { policy } = await session.environmentSettings.settings();
  const unprovisioned = await readUnprovisioned(session.dataverse, policy.budgetThreshold);
  return [...new Set([...(await mappedOpportunities(session)), ...unprovisioned])].sort();
}

/** The one that was named, or all. */
export async function wantedOpportunities(
  session: Session,
  options: { readonly opportunity?: string },
): Promise<readonly string[]> {
  return options.opportunity === undefined ? mappedOpportunities(session) : [options.opportunity];
}
