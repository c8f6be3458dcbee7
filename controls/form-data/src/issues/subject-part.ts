import { numberField, textField } from '../row/row-fields';
import type { Part } from '../store/part';

/** Tables that the texts have words for, and the columns that are read of each. */
const COLUMNS = {
  incident: 'title,_productid_value',
  opportunity: 'name',
  account: 'name',
  product: 'name',
} as const;

export type IssueTable = keyof typeof COLUMNS;

/** The record on the form, as far as issues are concerned. */
export interface Subject {
  readonly name: string;
  readonly open: boolean;
  /** product of a case, else the record itself: a project that belongs to it is suggested */
  readonly whose: string;
}

/** The control is placed on these tables alone; of any other one nothing could be read. */
const selectFor = (table: string): string => `?$select=statecode,${COLUMNS[table as IssueTable]}`;

export const subjectPart: Part<'subject', Subject> = {
  name: 'subject',
  select: selectFor('incident'),
  async read({ webApi, table, id }) {
    const row: Readonly<Record<string, unknown>> = await webApi.retrieveRecord(table, id, selectFor(table));
    return {
      name: textField(row, 'title') ?? textField(row, 'name') ?? '',
      // 0 is active, or open, in every table.
      open: !numberField(row, 'statecode'),
      whose: textField(row, '_productid_value') ?? id,
    };
  },
};
