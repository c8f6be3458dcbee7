import { wholeSecond } from '@crmjira/domain';
import { z } from 'zod';
import { guid } from '../../../clients/dataverse/columns';
import { equalsOneOf } from '../../../clients/dataverse/filter';
import { discardSecrets, personalTable, readConnectedPeople } from '../../../connections/personal/personal-rows';
import { type Finding, fine } from '../finding';
import type { MaintenanceContext } from '../maintenance-context';

/** People asked about in one read: their ids stand in its address. */
const askedAtOnce = 50;
const userRow = z.object({ systemuserid: guid });

/** R-1801: tokens of people who can no longer sign in to Dynamics are deleted; the rows of their connections stay and say why. */
export async function departedPeople({
  dataverse,
  now,
}: Pick<MaintenanceContext, 'dataverse' | 'now'>): Promise<Finding> {
  const connected = await readConnectedPeople(dataverse);
  const people = [...new Set(connected.flatMap(({ userId }) => userId ?? []))];
  const working = new Set<string>();
  for (let at = 0; at < people.length; at += askedAtOnce) {
    const asked = equalsOneOf('systemuserid', people.slice(at, at + askedAtOnce));
    const found = await dataverse.many(
      'systemusers',
      { select: Object.keys(userRow.shape), filter: `isdisabled eq false and ${asked}` },
      userRow,
    );
    for (const { systemuserid: id } of found) working.add(id);
  }
  const departed = connected.filter(({ userId }) => userId === null || !working.has(userId));
  for (const { id } of departed) {
    await discardSecrets(dataverse, id);
    const columns = {
      crmjira_is_active: false,
      crmjira_secret_name: null,
      crmjira_last_test_ok: false,
      crmjira_last_test_on: wholeSecond(now().toISOString()),
      crmjira_last_test_reason: 'departed',
    };
    await dataverse.changeSet([{ op: 'update', collection: personalTable, id, columns }]);
  }
  const revoked = departed.length;
  return fine(`${connected.length} personal connections to Jira, ${revoked} of departed people revoked.`, {
    looked: connected.length,
    figures: { revoked },
  });
}
