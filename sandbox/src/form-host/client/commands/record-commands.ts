import { type Language } from '../language';
import { openLookup } from '../lookup/open-lookup';
import { problemText } from '../web-api/problem-text';
import { entitySetOf } from '../web-api/tables';
import { deleteRow, updateRow } from '../web-api/web-api';
import { word } from '../words';
import { showMessage } from '../xrm/message-dialog';

export interface Records {
  readonly table: string;
  readonly ids: readonly string[];
  readonly language: Language;
}

/** The platform's Delete, which asks first. @returns whether anything was done */
export async function deleteRecords({ table, ids, language }: Records): Promise<boolean> {
  const isConfirmed = await showMessage(language, {
    title: word(language, 'deleteTitle'),
    text: word(language, 'deleteQuestion', { n: ids.length }),
    confirm: word(language, 'delete'),
    cancel: word(language, 'cancel'),
  });
  return isConfirmed && forEach(ids, language, (id) => deleteRow(entitySetOf(table), id));
}

/** The platform's Assign: the new owner is searched as in a lookup. @returns whether anything was done */
export async function assignRecords({ table, ids, language }: Records): Promise<boolean> {
  const [owner] = await openLookup({ language, title: word(language, 'assign'), tables: ['systemuser', 'team'] });
  if (!owner) return false;
  const bound = { 'ownerid@odata.bind': `/${entitySetOf(owner.entityType)}(${owner.id})` };
  return forEach(ids, language, (id) => updateRow(entitySetOf(table), id, bound));
}

/** One row after the other, until Dataverse refuses one. @returns whether anything was done */
async function forEach(ids: readonly string[], language: Language, act: (id: string) => Promise<void>) {
  let done = 0;
  try {
    for (const id of ids) {
      await act(id);
      done += 1;
    }
  } catch (error) {
    const text = problemText(error, language);
    await showMessage(language, { title: word(language, 'errorTitle'), text });
  }
  return done > 0;
}
