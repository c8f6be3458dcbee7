import { type IssueSource, type RecordFacts, wordOfPriority, type PriorityWord } from '@crmjira/domain';
import { z } from 'zod';
import {
  formattedValue as label,
  optionalGuid,
  optionalNumber,
  optionalText,
} from '../../../clients/dataverse/columns';
import type { DataverseReader } from '../../../clients/dataverse/reader';
import { contactOf, customerColumns, isPersonal, shownText } from '../link/customer-columns';
import { readContact } from '../link/read-contact';
import { recordSet } from '../link/stored-row';

type Table = RecordFacts['table'];

/** A record from which an issue is made. */
export interface Source {
  readonly from: Omit<IssueSource, 'url' | 'askedBy' | 'note'>;
  /** What the record suggests. */
  readonly priority: PriorityWord;
}

const common = { description: optionalText } as const;

const shapes = {
  incident: z.object({
    ...common,
    ...customerColumns,
    title: optionalText,
    ticketnumber: optionalText,
    prioritycode: optionalNumber,
    [`prioritycode${label}`]: shownText,
    _primarycontactid_value: optionalGuid,
    _productid_value: optionalGuid,
    [`_productid_value${label}`]: shownText,
  }),
  opportunity: z.object({ ...common, ...customerColumns, name: optionalText, _parentcontactid_value: optionalGuid }),
  account: z.object({ ...common, name: optionalText, _primarycontactid_value: optionalGuid }),
  product: z.object({ ...common, name: optionalText, productnumber: optionalText }),
} as const satisfies Record<Table, z.ZodObject>;

const kinds = { incident: 'case', opportunity: 'opportunity', account: 'account', product: 'product' } as const;

/** null: there is no such record. */
export async function readSource(reader: DataverseReader, table: Table, id: string): Promise<Source | null> {
  const shape = shapes[table];
  const select = Object.keys(shape.shape).filter((column) => !column.includes('@'));
  // Of whichever table: each column is there or is not.
  const row: Readonly<Record<string, unknown>> | null = await reader.one(
    recordSet[table],
    id,
    select,
    shape as z.ZodObject,
  );
  if (row === null) return null;
  const of = (column: string): string | null => {
    const value = row[column];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const title = of('title') ?? of('name') ?? '';
  const priority = of(`prioritycode${label}`);
  return {
    priority: (priority === null ? null : wordOfPriority([priority])) ?? 'medium',
    from: {
      kind: kinds[table],
      number: of('ticketnumber') ?? of('productnumber'),
      title,
      description: of('description'),
      account: table === 'account' ? title : isPersonal(row) ? null : of(`_customerid_value${label}`),
      product: table === 'product' ? title : of(`_productid_value${label}`),
      priority,
      contact: await readContact(reader, contactOf(row)),
      error: null,
    },
  };
}
