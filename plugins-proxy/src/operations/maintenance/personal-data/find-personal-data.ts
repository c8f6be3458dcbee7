import { archivedBefore, purgeableFrom, type RetentionPolicy, tables } from '@crmjira/domain';
import { z } from 'zod';
import { guid, lookupTable, optionalInstant, optionalText } from '../../../clients/dataverse/columns';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { equalsId, quoted } from '../../../clients/dataverse/filter';
import { IntegrationError } from '../../../platform/errors/integration-error';
import type { Archive } from '../../retention/archive/archive';
import { type PersonalColumn, personalColumns } from './personal-columns';

const userRow = z.object({ systemuserid: guid, fullname: optionalText, internalemailaddress: optionalText });
export type Person = z.output<typeof userRow>;

/** One place in which a person stands. */
export interface PersonalItem {
  /** Set of the row, or `archive:<table>`. */
  readonly where: string;
  readonly id: string;
  readonly column: string;
  readonly value: string;
  readonly since: string | null;
  /** Whether it may be erased now; otherwise why not, and until when it is kept. */
  readonly erasable: boolean;
  readonly because: string;
  readonly keptUntil: string | null;
  /** Other columns of a row that cannot be changed, and is made anew without the person. */
  readonly others?: Readonly<Record<string, unknown>>;
}

/** A display name among other words, not as a part of a longer one. */
export const nameIn = (name: string): RegExp =>
  new RegExp(`(?<!\\p{L})${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\p{L})`, 'giu');

/** @throws IntegrationError `no-such-person` */
export async function findPerson(client: Pick<DataverseClient, 'many'>, wanted: string): Promise<Person> {
  const filter = z.guid().safeParse(wanted).success
    ? `systemuserid eq ${wanted.toLowerCase()}`
    : `internalemailaddress eq ${quoted(wanted)}`;
  const [person] = await client.many('systemusers', { select: Object.keys(userRow.shape), filter, top: 1 }, userRow);
  if (person !== undefined) return person;
  throw new IntegrationError('Dynamics has no user of that id or address.', {
    code: 'no-such-person',
    errorClass: 'permanent',
  });
}

/** What retention says of one value. Pure. */
export function judgeErasure(
  { keptAs, column }: Pick<PersonalColumn, 'keptAs' | 'column'>,
  since: Date | null,
  now: Date,
  policy: RetentionPolicy,
): Pick<PersonalItem, 'erasable' | 'because' | 'keptUntil'> {
  if (keptAs === 'none') return { erasable: true, because: 'nobody must keep it', keptUntil: null };
  if (keptAs === 'platform')
    return { erasable: false, because: 'Dynamics keeps who made a row; rename the user there', keptUntil: null };
  if (since === null)
    return { erasable: false, because: 'the record is in use; the next sync would write it again', keptUntil: null };
  if (keptAs === 'contact') {
    const over = since.getTime() < archivedBefore('business', now, policy).getTime();
    return over
      ? { erasable: true, because: 'its active time is over', keptUntil: null }
      : { erasable: false, because: `it is active for ${policy.activeMonths} months`, keptUntil: null };
  }
  const until = purgeableFrom(since, policy);
  // A row past its years is purged as a whole; the columns that Dynamics sets can't be emptied one by one.
  return until.getTime() <= now.getTime() && column !== 'createdby'
    ? { erasable: true, because: 'its years of retention are over', keptUntil: null }
    : {
        erasable: false,
        because: `who did it must be provable for ${policy.retentionYears} years`,
        keptUntil: until.toISOString().slice(0, 10),
      };
}

/** null: the person has nothing that could stand there. */
function filterOf({ holds, column }: PersonalColumn, person: Person, serviceId: string): string | null {
  switch (holds) {
    case 'user':
      return equalsId(`_${column}_value`, person.systemuserid);
    case 'users':
      return `contains(${column},${quoted(person.systemuserid)})`;
    case 'words':
      return `${equalsId('_createdby_value', person.systemuserid)} and ${column} ne null`;
    case 'address':
      return person.internalemailaddress === null ? null : `contains(${column},${quoted(person.internalemailaddress)})`;
    case 'sign-in':
      return person.internalemailaddress === null ? null : `${column} eq ${quoted(person.internalemailaddress)}`;
    case 'name':
      return person.fullname === null ? null : `${column} eq ${quoted(person.fullname)}`;
    case 'post':
      return person.fullname === null
        ? null
        : `${equalsId('_createdby_value', serviceId)} and contains(${column},${quoted(person.fullname)})`;
  }
}

const about = '_regardingobjectid_value';
const postColumns = ['source', 'type', about];

/** What else a post is made from. */
function othersOfPost(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const table = String(row[about + lookupTable]);
  if (!Object.hasOwn(tables, table)) throw new Error(`A post of the service is about a ${table}.`);
  const { entitySet } = tables[table as keyof typeof tables];
  return {
    source: row['source'],
    type: row['type'],
    [`regardingobjectid_${table}@odata.bind`]: `/${entitySet}(${String(row[about])})`,
  };
}

const foundRow = z.record(z.string(), z.unknown());

async function findInColumn(
  client: Pick<DataverseClient, 'many'>,
  column: PersonalColumn,
  person: Person,
  { now, policy, serviceId }: { readonly now: Date; readonly policy: RetentionPolicy; readonly serviceId: string },
): Promise<readonly PersonalItem[]> {
  const isPost = column.holds === 'post';
  const filter = filterOf(column, person, serviceId);
  if (filter === null) return [];
  const name = column.holds === 'user' ? `_${column.column}_value` : column.column;
  const rows = await client.many(
    column.entitySet,
    { select: [column.primaryId, name, column.since, ...(isPost ? postColumns : [])], filter },
    foundRow,
  );
  const naming = isPost ? rows.filter((row) => String(row[name]).search(nameIn(person.fullname ?? '')) >= 0) : rows;
  return naming.map((row) => {
    const since = optionalInstant.parse(row[column.since]);
    return {
      where: column.entitySet,
      id: guid.parse(row[column.primaryId]),
      column: column.column,
      value: String(row[name]),
      since,
      ...judgeErasure(column, since === null ? null : new Date(since), now, policy),
      ...(isPost ? { others: othersOfPost(row) } : {}),
    };
  });
}

const mostArchived = 1_000_000;

/** Archived rows hold what stood in them, also the display name; they are kept for their years and go as a whole. */
async function findInArchive(
  archive: Archive,
  person: Person,
  policy: RetentionPolicy,
): Promise<readonly PersonalItem[]> {
  const tokens = [person.systemuserid, person.internalemailaddress].flatMap((token) =>
    token === null ? [] : [token.toLowerCase()],
  );
  const rows = await archive.search({ limit: mostArchived });
  return rows.flatMap(({ table, id, since, columns }) =>
    Object.entries(columns).flatMap(([column, value]): PersonalItem[] => {
      const text = typeof value === 'string' ? value : '';
      const isName = person.fullname !== null && text.toLowerCase() === person.fullname.toLowerCase();
      if (!isName && !tokens.some((token) => text.toLowerCase().includes(token))) return [];
      return [
        {
          where: `archive:${table}`,
          id,
          column,
          value: text,
          since: new Date(since).toISOString(),
          erasable: false,
          because: `archived for ${policy.retentionYears} years; goes with the purge`,
          keptUntil: purgeableFrom(new Date(since), policy).toISOString().slice(0, 10),
        },
      ];
    }),
  );
}

/** Everything that names a person in our tables and in the archive (R-1226). */
export async function findPersonalData(
  context: {
    readonly dataverse: Pick<DataverseClient, 'many'>;
    readonly archive: Archive;
    readonly now: () => Date;
    /** User that the service works as: by it its posts are told from others. */
    readonly serviceId: string;
  },
  person: Person,
  policy: RetentionPolicy,
): Promise<readonly PersonalItem[]> {
  const found: PersonalItem[] = [];
  const by = { now: context.now(), policy, serviceId: context.serviceId };
  for (const column of personalColumns) found.push(...(await findInColumn(context.dataverse, column, person, by)));
  return [...found, ...(await findInArchive(context.archive, person, policy))];
}
