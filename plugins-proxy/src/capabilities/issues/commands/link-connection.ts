import { tables } from '@crmjira/domain';
import { z } from 'zod';
import { optionalGuid } from '../../../clients/dataverse/columns';
import type { JiraConnection } from '../../../connections/jira/jira-connection';
import type { LinkRow } from '../link/stored-row';
import type { IssueCommandParts } from './issue-command';

const placeRow = z.object({ _crmjira_integration_id_value: optionalGuid });

/** The site of a link's issue: that of the issue's row, else that of the project it was made in. */
export async function connectionOf(
  { dataverse, jira }: Pick<IssueCommandParts, 'dataverse' | 'jira'>,
  { mirrorRowId, document }: LinkRow,
): Promise<JiraConnection | null> {
  const [table, id] =
    mirrorRowId === null
      ? (['crmjira_jira_project', document?.project ?? null] as const)
      : (['crmjira_jira_issue', mirrorRowId] as const);
  if (id === null) return null;
  const place = await dataverse.one(tables[table].entitySet, id, Object.keys(placeRow.shape), placeRow);
  return place === null ? null : jira.of(place._crmjira_integration_id_value);
}
