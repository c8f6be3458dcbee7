import { plainId } from '@crmjira/form-data';
import { inWords, say } from '../bar';
import { recordId } from '../record';
import { words } from '../words';

/**
 * "Why is this record not in sync?" on the form of each table that is kept in agreement: the ribbons of those tables bind their button to
 * this function, which gets the form.
 */
export function explainSync(form: Xrm.FormContext): Promise<void> {
  return inWords(async () => {
    const record = await explainedRecord(form);
    if (record === null) return say(words('noOpportunity'));
    await Xrm.Navigation.navigateTo(
      {
        pageType: 'webresource',
        webresourceName: 'crmjira_/pages/explain-sync.html',
        data: `table=${record.table}&id=${record.id}`,
      },
      { target: 2, position: 2, width: { value: 640, unit: 'px' } },
    );
  });
}

/** A mapping is kept in agreement together with its opportunity. null: it names none */
async function explainedRecord(form: Xrm.FormContext): Promise<{ readonly table: string; readonly id: string } | null> {
  const [table, id] = [form.data.entity.getEntityName(), recordId(form)];
  if (table !== 'crmjira_budget_mapping') return { table, id };
  const lookup = '_crmjira_opportunity_id_value';
  const row = await Xrm.WebApi.retrieveRecord(table, id, `?$select=${lookup}`);
  return row[lookup] ? { table: 'opportunity', id: plainId(String(row[lookup])) } : null;
}
