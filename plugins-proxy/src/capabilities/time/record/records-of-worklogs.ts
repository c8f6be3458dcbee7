import type { DataverseReader } from '../../../clients/dataverse/reader';
import { quoted } from '../../../clients/dataverse/filter';
import { readTimeRows, type TimeRow } from './time-row';

/** Worklogs of one query. */
const atOnce = 50;

/** Time records that have one of these worklogs of a site; worklogs of several sites may have the same number. */
export async function readRecordsOfWorklogs(
  reader: Pick<DataverseReader, 'many'>,
  integrationId: string,
  worklogIds: readonly string[],
): Promise<readonly TimeRow[]> {
  const found: TimeRow[] = [];
  for (let start = 0; start < worklogIds.length; start += atOnce) {
    const some = worklogIds.slice(start, start + atOnce);
    const filter = some.map((id) => `crmjira_jira_worklog_id eq ${quoted(id)}`).join(' or ');
    found.push(...(await readTimeRows(reader, filter)));
  }
  return found.filter(({ stored }) => stored.integration === integrationId);
}
