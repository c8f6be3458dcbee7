import { createHash } from 'node:crypto';
import { ERASED } from '@crmjira/domain';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import type { PlainWrite } from '../../../clients/dataverse/plain-write';
import type { Archive } from '../../retention/archive/archive';
import { nameIn, type Person, type PersonalItem } from './find-personal-data';
import { type PersonalColumn, personalColumns } from './personal-columns';

/** The writes that take a person out of one place. Pure. */
export function erasure(item: PersonalItem, person: Person): readonly PlainWrite[] {
  const place = personalColumns.find(({ entitySet, column }) => entitySet === item.where && column === item.column);
  const along = (place?.along ?? []).map((column) => [column, ERASED] as const);
  const columns = { ...Object.fromEntries(along), ...emptied(item, place?.holds ?? 'words', person) };
  const row = { collection: item.where, id: item.id };
  // Under the same id: what the service has told once it does not tell again.
  return item.others === undefined
    ? [{ op: 'update', ...row, columns }]
    : [
        { op: 'delete', ...row, columns: {} },
        { op: 'create', ...row, columns: { ...item.others, ...columns } },
      ];
}

function emptied(
  { column, value }: PersonalItem,
  holds: PersonalColumn['holds'],
  person: Person,
): PlainWrite['columns'] {
  switch (holds) {
    case 'user':
      return { [`${column}@odata.bind`]: null };
    case 'users':
      return { [column]: withoutUser(value, person.systemuserid) };
    case 'address':
      return { [column]: withoutAddress(value, person.internalemailaddress ?? '') };
    case 'post':
      return { [column]: value.replace(nameIn(person.fullname ?? ''), ERASED) };
    case 'name':
    case 'sign-in':
    case 'words':
      return { [column]: ERASED };
  }
}

/** The lists stay lists of users, as whoever reads them expects; null: nobody is left. */
function withoutUser(lists: string, user: string): string | null {
  const left = lists.split('|').map((list) =>
    list
      .split(',')
      .filter((one) => one.toLowerCase() !== user)
      .join(','),
  );
  return left.filter(Boolean).join('|') || null;
}

/** The other recipients stay. */
function withoutAddress(list: string, address: string): string {
  const one = address.toLowerCase();
  return list
    .split(/(\s*[;,]\s*)/)
    .map((part) => (part.trim().toLowerCase() === one ? ERASED : part))
    .join('');
}

/** Erases what may be erased, all of it or nothing, and keeps a record that names nobody (R-1226). */
export async function erase(
  context: {
    readonly dataverse: Pick<DataverseClient, 'changeSet'>;
    readonly archive: Archive;
    readonly now: () => Date;
  },
  person: Person,
  items: readonly PersonalItem[],
): Promise<number> {
  const due = items.filter(({ erasable }) => erasable);
  if (due.length > 0) await context.dataverse.changeSet(due.flatMap((item) => erasure(item, person)));
  const at = context.now().getTime();
  const personHash = createHash('sha256').update(person.systemuserid).digest('hex');
  const content = { personHash, erased: due.length, kept: items.length - due.length };
  await context.archive.record({
    kind: 'erasure',
    id: `${new Date(at).toISOString()} ${personHash.slice(0, 12)}`,
    at,
    content,
  });
  return due.length;
}
