import { z } from 'zod';
import { roleTemplates } from '../../clients/dataverse/role-templates';
import { guid, text } from '../../clients/dataverse/columns';
import { equalsOneOf, quoted } from '../../clients/dataverse/filter';
import type { DataverseReader } from '../../clients/dataverse/reader';
import { readStanding } from './read-people';

const profileRow = z.object({ fieldsecurityprofileid: guid });
const permissionRow = z.object({ attributelogicalname: text });

/** What a column security profile says of a right that it gives (Microsoft, table reference, FieldPermission). */
const allowed = 4;

/**
 * Secured columns of a table that somebody may read, by profiles of their own and of their teams; `all` of a System Administrator, who
 * needs none.
 */
export async function readableColumns(
  client: DataverseReader,
  userId: string,
  table: string,
): Promise<ReadonlySet<string> | 'all'> {
  const profilesAt = (collection: string) =>
    client.many(collection, { select: ['fieldsecurityprofileid'] }, profileRow);
  const [direct, { roles, teams }] = await Promise.all([
    profilesAt(`systemusers(${userId})/systemuserprofiles_association`),
    readStanding(client, userId),
  ]);
  if (roles.some(({ templateId }) => templateId === roleTemplates.systemAdministrator)) return 'all';
  const through = await Promise.all(teams.map(({ id }) => profilesAt(`teams(${id})/teamprofiles_association`)));
  const held = [...new Set([...direct, ...through.flat()].map((one) => one.fieldsecurityprofileid))];
  if (held.length === 0) return new Set();
  const filter = `entityname eq ${quoted(table)} and canread eq ${allowed} and ${equalsOneOf('_fieldsecurityprofileid_value', held)}`;
  const permissions = await client.many(
    'fieldpermissions',
    { select: ['attributelogicalname'], filter },
    permissionRow,
  );
  return new Set(permissions.map((one) => one.attributelogicalname));
}
