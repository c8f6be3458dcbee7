import { tables } from '@crmjira/domain';
import { z } from 'zod';
import { optionalText } from '../../clients/dataverse/columns';
import { type SetUpPart, there } from './finding';

const row = z.object({ crmjira_name: optionalText });
const what = 'Connection row';

/** The row that CONNECTION_ID names: mappings, health and audit hang on it. */
export const connectionRow: SetUpPart = async ({ config, dataverse }) => {
  const { entitySet: collection } = tables.crmjira_integration;
  const id = config.connectionId;
  const found = await dataverse.one(collection, id, Object.keys(row.shape), row);
  if (found !== null) return [there(what, `${found.crmjira_name ?? 'without a name'} (${id})`)];
  const columns = { crmjira_name: 'Jira', crmjira_base_url: config.jira.url, crmjira_is_active: true };
  return [
    {
      what,
      says: `Jira at ${config.jira.url}, under ${id}`,
      state: 'missing',
      make: () => dataverse.changeSet([{ op: 'create', collection, id, columns }]),
    },
  ];
};
