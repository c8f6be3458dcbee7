import { type Action, tables, teamText } from '@crmjira/domain';
import { PlanOutdated } from '../../../platform/errors/plan-outdated';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import type { PlainWrite } from '../../../clients/dataverse/plain-write';
import { readEmail } from '../../../connections/environment/read-people';
import type { JiraSite } from '../../../clients/jira/jira-site';
import { assignTeam } from '../../../clients/jira/project-team';
import { hasChangedMeanwhile } from '../../../platform/errors/has-code';

type AssignTeam = Extract<Action, { kind: 'jira.assign-team' }>;

/**
 * Gives owner and project manager their role and notes whom, and who was not found in Jira. Cut off in between, the next plan does it again, which changes
 * nothing in Jira.
 */
export async function applyTeam(dataverse: DataverseClient, site: JiraSite, action: AssignTeam): Promise<void> {
  const emailsOf = async (users: readonly string[]): Promise<readonly (string | null)[]> =>
    Promise.all(users.map((user) => readEmail(dataverse, user)));
  const [members, leaving] = await Promise.all([emailsOf(action.members), emailsOf(action.leaving)]);
  const known = members.filter((email) => email !== null);
  const unmatched = await assignTeam(site, action.projectId, {
    members: known,
    leaving: leaving.filter((email) => email !== null),
  });
  const without = action.members.filter((_, index) => {
    const email = members[index];
    return email == null || unmatched.includes(email);
  });
  const team: PlainWrite = {
    op: 'update',
    collection: tables.crmjira_budget_mapping.entitySet,
    id: action.mappingId,
    columns: { crmjira_team: teamText(action.members, without) },
    ifMatch: action.mappingVersion,
  };
  try {
    await dataverse.changeSet([team]);
  } catch (error) {
    if (hasChangedMeanwhile(error)) throw new PlanOutdated('a row has changed since it was read', { cause: error });
    throw error;
  }
}
