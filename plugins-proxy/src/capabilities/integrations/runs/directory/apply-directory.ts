import { derivedId, type DirectoryAction, fitText, tables, wholeSecond } from '@crmjira/domain';
import type { DataverseClient } from '../../../../clients/dataverse/dataverse-client';
import type { PlainWrite } from '../../../../clients/dataverse/plain-write';
import { statesOfRows } from './read-dynamics';
import { pieces } from '../../../../platform/pieces';

/** So many members or rows are written at once. What is cut off in between is planned again by the next run. */
const piece = 100;

/** What actions are applied with. */
export interface ApplyingParts {
  readonly dataverse: Pick<DataverseClient, 'action' | 'changeSet'>;
  readonly integrationId: string;
  readonly now: Date;
  /** Called after each piece with how many actions are done. */
  after(done: number): Promise<void>;
}

type Membership = Extract<DirectoryAction, { kind: 'add-member' | 'remove-member' }>;
type PersonRow = Exclude<DirectoryAction, Membership>;

const isMembership = (action: DirectoryAction): action is Membership =>
  action.kind === 'add-member' || action.kind === 'remove-member';

const person = 'crmjira_directory_person';
const fit = (column: string, text: string | null): string | null =>
  text === null ? null : fitText(person, column, text);

/** The row of a person: of every run the same one, so that a repeat writes it again and never a second. */
function rowOf(
  { directoryId, person: { dn, upn, userId, state } }: PersonRow,
  { integrationId, now }: ApplyingParts,
): PlainWrite {
  const bound = (set: string, id: string | null): string | null => (id === null ? null : `/${set}(${id})`);
  return {
    op: 'upsert',
    collection: tables[person].entitySet,
    id: derivedId(integrationId, 'directory-person', directoryId),
    columns: {
      'crmjira_integration_id@odata.bind': bound(tables.crmjira_integration.entitySet, integrationId),
      crmjira_directory_id: directoryId,
      crmjira_name: fit('crmjira_name', upn ?? dn),
      crmjira_dn: fit('crmjira_dn', dn),
      crmjira_upn: fit('crmjira_upn', upn),
      'crmjira_user@odata.bind': bound(tables.systemuser.entitySet, userId),
      crmjira_state: statesOfRows[state],
      ...(state === 'not-found' ? {} : { crmjira_last_seen_on: wholeSecond(now.toISOString()) }),
    },
  };
}

/** Memberships of one kind and team. */
function byTeam(actions: readonly Membership[]): readonly (readonly Membership[])[] {
  const lists = new Map<string, Membership[]>();
  for (const action of actions) {
    const key = `${action.kind} ${action.teamId}`;
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [action]);
    else list.push(action);
  }
  return [...lists.values()].flatMap((list) => pieces(list, piece));
}

/**
 * Does what was planned. Members of a team come and go by Microsoft's messages for that, which take who is in it already, or is not, for
 * done. The rows of people come last: by them later runs know that there was a first.
 */
export async function applyDirectory(actions: readonly DirectoryAction[], parts: ApplyingParts): Promise<void> {
  let done = 0;
  const after = (some: readonly unknown[]): Promise<void> => parts.after((done += some.length));
  for (const some of byTeam(actions.filter(isMembership))) {
    const [first] = some;
    if (first === undefined) continue;
    const message = first.kind === 'add-member' ? 'AddMembersTeam' : 'RemoveMembersTeam';
    await parts.dataverse.action(tables.team.entitySet, first.teamId, message, {
      Members: some.map(({ userId }) => ({ '@odata.type': 'Microsoft.Dynamics.CRM.systemuser', systemuserid: userId })),
    });
    await after(some);
  }
  const rows = actions.filter((action): action is PersonRow => !isMembership(action));
  for (const some of pieces(rows, piece)) {
    await parts.dataverse.changeSet(some.map((row) => rowOf(row, parts)));
    await after(some);
  }
}
