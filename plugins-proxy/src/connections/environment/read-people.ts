import type { Language } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseReader } from '../../clients/dataverse/reader';
import { equalsId, quoted } from '../../clients/dataverse/filter';
import { roleTemplates } from '../../clients/dataverse/role-templates';
import { guid, optionalGuid, optionalText, text } from '../../clients/dataverse/columns';

const userRow = z.object({ internalemailaddress: optionalText, isdisabled: z.boolean().nullish() });
const memberRow = userRow.extend({ systemuserid: guid });
const roleRow = z.object({ name: text, _roletemplateid_value: optionalGuid });
const teamRow = z.object({ teamid: guid, name: text });
const settingsRow = z.object({ uilanguageid: z.number().nullish(), localeid: z.number().nullish() });
const queueRow = z.object({ queueid: guid });

const mailColumns = ['internalemailaddress', 'isdisabled'] as const;

/** Address of a user that can still read mail. */
export async function readEmail(client: DataverseReader, userId: string): Promise<string | null> {
  const user = await client.one('systemusers', userId, mailColumns, userRow);
  return user === null || user.isdisabled === true ? null : user.internalemailaddress;
}

const namesRow = z.object({ internalemailaddress: optionalText, domainname: optionalText });

/** E-mail and name of sign-in of a user, by which other products may know them. */
export async function readNames(client: DataverseReader, userId: string): Promise<readonly string[]> {
  const user = await client.one('systemusers', userId, Object.keys(namesRow.shape), namesRow);
  return [user?.internalemailaddress, user?.domainname].flatMap((name) => name || []);
}

/** Whether a user can still sign in; Dataverse gives no row to one who cannot. */
export async function isEnabled(client: DataverseReader, userId: string): Promise<boolean> {
  const user = await client.one('systemusers', userId, mailColumns, userRow);
  return user !== null && user.isdisabled !== true;
}

const objectRow = z.object({ azureactivedirectoryobjectid: optionalGuid, isdisabled: z.boolean().nullish() });

/** By which Entra knows a user who can still sign in; null = there is none. */
export async function readObjectId(client: DataverseReader, userId: string): Promise<string | null> {
  const user = await client.one('systemusers', userId, Object.keys(objectRow.shape), objectRow);
  return user === null || user.isdisabled === true ? null : user.azureactivedirectoryobjectid;
}

const nameRow = z.object({ fullname: optionalText });

/** What a user is called; empty for one who is gone. */
export async function readFullName(client: DataverseReader, userId: string): Promise<string> {
  return (await client.one('systemusers', userId, ['fullname'], nameRow))?.fullname ?? '';
}

const idRow = z.object({ systemuserid: guid });

/** The user that mail to this address reaches and who can still sign in; null = none, as for a shared mailbox. */
export async function readUserOf(client: DataverseReader, address: string): Promise<string | null> {
  const filter = `internalemailaddress eq ${quoted(address)} and isdisabled eq false`;
  const users = await client.many('systemusers', { select: ['systemuserid'], filter, top: 1 }, idRow);
  return users[0]?.systemuserid ?? null;
}

/** The user of an account in Entra who can still sign in; null = none. */
export async function readUserOfAccount(client: DataverseReader, objectId: string): Promise<string | null> {
  const filter = `${equalsId('azureactivedirectoryobjectid', objectId)} and isdisabled eq false`;
  const users = await client.many('systemusers', { select: ['systemuserid'], filter, top: 1 }, idRow);
  return users[0]?.systemuserid ?? null;
}

/** Somebody who can read mail. */
export interface Reader {
  readonly id: string;
  readonly email: string;
}

/** The owner, or the members of an owner team, as far as they have an address. */
export async function readOwners(
  client: DataverseReader,
  owner: { readonly id: string; readonly type: 'systemuser' | 'team' },
): Promise<readonly Reader[]> {
  if (owner.type === 'systemuser') {
    const email = await readEmail(client, owner.id);
    return email === null ? [] : [{ id: owner.id, email }];
  }
  const members = await client.many(
    `teams(${owner.id})/teammembership_association`,
    { select: ['systemuserid', ...mailColumns] },
    memberRow,
  );
  return members.flatMap(({ internalemailaddress: email, isdisabled, systemuserid: id }) =>
    isdisabled === true || email === null ? [] : [{ id, email }],
  );
}

/** A role that a user holds, directly or through a team. */
export interface HeldRole {
  /** in the language of the environment where it is Microsoft's */
  readonly name: string;
  /** one of `roleTemplates` and others of Microsoft's; null for a role of a solution or a copy */
  readonly templateId: string | null;
}

/** What a user may do by roles and teams. */
export interface Standing {
  readonly roles: readonly HeldRole[];
  readonly teams: readonly { readonly id: string; readonly name: string }[];
}

export async function readStanding(client: DataverseReader, userId: string): Promise<Standing> {
  const rolesAt = (collection: string) => client.many(collection, { select: Object.keys(roleRow.shape) }, roleRow);
  const [direct, teams] = await Promise.all([
    rolesAt(`systemusers(${userId})/systemuserroles_association`),
    client.many(`systemusers(${userId})/teammembership_association`, { select: ['teamid', 'name'] }, teamRow),
  ]);
  const through = await Promise.all(teams.map((team) => rolesAt(`teams(${team.teamid})/teamroles_association`)));
  return {
    roles: [...direct, ...through.flat()].map(({ name, _roletemplateid_value: templateId }) => ({ name, templateId })),
    teams: teams.map((team) => ({ id: team.teamid, name: team.name })),
  };
}

/** The roles that a user holds now, directly or through a team. */
export async function readHeldRoles(client: DataverseReader, userId: string): Promise<readonly HeldRole[]> {
  return (await readStanding(client, userId)).roles;
}

/** French (Canada), and the French of Microsoft's language pack, which Canadians get as well. */
const french: readonly number[] = [3084, 1036];

/** Language of a user's Dynamics; that of the formats where none is chosen (0); English for any that we have no texts in. */
export async function readLanguage(client: DataverseReader, userId: string): Promise<Language> {
  const settings = await client.one('usersettingscollection', userId, ['uilanguageid', 'localeid'], settingsRow);
  return french.includes(settings?.uilanguageid || (settings?.localeid ?? 0)) ? 3084 : 1033;
}

/** The queue that mails come from, given by id, name or address. */
export async function readQueueId(client: DataverseReader, wanted: string): Promise<string | null> {
  if (z.guid().safeParse(wanted).success) return wanted.toLowerCase();
  const filter = `name eq ${quoted(wanted)} or emailaddress eq ${quoted(wanted)}`;
  const queues = await client.many('queues', { select: ['queueid'], filter, top: 1 }, queueRow);
  return queues[0]?.queueid ?? null;
}

/** With Microsoft's own administrator the role whose holders may reopen a completed project and release a held one (R-309, R-2305). */
export const administratorRole = 'CRM-JIRA Integration Administrator';

/** Whether somebody administers the integration. */
export async function isAdministrator(client: DataverseReader, userId: string): Promise<boolean> {
  const roles = await readHeldRoles(client, userId);
  return roles.some(
    ({ name, templateId }) => name === administratorRole || templateId === roleTemplates.systemAdministrator,
  );
}
