import { readColumns } from '../row/columns';
import { formattedField } from '../row/row-fields';
import type { Part } from '../store/part';
import { TIME_COLUMNS, TIME_SELECT, type TimeRecord } from './time-record';

export interface OwnedTime extends TimeRecord {
  readonly ownerName: string;
}

/** The time record on the form itself. */
export const timeRecordPart: Part<'time', OwnedTime> = {
  name: 'time',
  select: TIME_SELECT,
  async read({ webApi, table, id }) {
    const row: Readonly<Record<string, unknown>> = await webApi.retrieveRecord(table, id, TIME_SELECT);
    return { ...readColumns(row, TIME_COLUMNS), ownerName: formattedField(row, '_ownerid_value') ?? '' };
  },
};
