import {
  type Language,
  postText,
  type RecordFacts,
  type ResolutionNotice,
  resolutionText,
  type RowWrite,
  type TimelinePost,
  timelineText,
} from '@crmjira/domain';

/** A record on whose timeline something is told. */
export type ToldRecord = Pick<RecordFacts, 'table' | 'id'>;

/** What is told: of an issue, of the resolution of a case, or words of its own. */
export type Told = TimelinePost | ResolutionNotice | { readonly id: string; readonly text: string };

const textOf = (told: Told, language: Language, table: ToldRecord['table']): string =>
  'event' in told ? timelineText(told, language, table) : 'code' in told ? resolutionText(told, language) : told.text;

/** Dynamics has posts of these tables switched on; a product has no timeline. */
function regarding({ table, id }: ToldRecord): Extract<RowWrite, { table: 'post' }>['columns'] | null {
  switch (table) {
    case 'incident':
      return { 'regardingobjectid_incident@odata.bind': `/incidents(${id})` };
    case 'opportunity':
      return { 'regardingobjectid_opportunity@odata.bind': `/opportunities(${id})` };
    case 'account':
      return { 'regardingobjectid_account@odata.bind': `/accounts(${id})` };
    case 'product':
      return null;
  }
}

/**
 * Posts for a record's timeline, to be created in the change set of what they tell of. Their ids are derived, so that a repeat meets its
 * own row. None for a record without a timeline. Pure.
 */
export function timelineRows(record: ToldRecord, told: readonly Told[], language: Language): readonly RowWrite[] {
  const about = regarding(record);
  if (about === null) return [];
  return told.map((one): RowWrite => ({
    op: 'create',
    table: 'post',
    id: one.id,
    columns: { text: postText(textOf(one, language, record.table)), source: 1, type: 7, ...about },
  }));
}
