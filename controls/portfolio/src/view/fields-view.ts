import type { PortfolioRow } from '../rows/portfolio-row';
import type { StringKey } from '../string-keys';
import type { FieldView } from './portfolio-view';
import { jiraAmount } from './row-view';
import type { Telling } from './telling';

/** Fields with what Dynamics says; where nothing differs Jira said the same when last read (R-1506). */
const FIELDS = [
  ['approved', 'field.approved', ({ approved }) => approved],
  ['spent', 'field.spent', ({ spent }) => spent],
  ['status', 'field.status', ({ statusText }) => statusText],
  ['key', 'field.key', ({ key }) => key],
] as const satisfies readonly (readonly [string, StringKey, (row: PortfolioRow) => string | null])[];

/** @param mayTake whether this person may ask for a side now */
export function fieldViews(row: PortfolioRow, { say, formatting }: Telling, mayTake: boolean): FieldView[] {
  return FIELDS.map(([field, name, ofCrm]) => {
    const found = row.discrepancies.find((line) => line.field === field);
    const amount = field === 'approved' ? jiraAmount(row) : null;
    const differs = found !== undefined || amount !== null;
    const text = say(name);
    const crm = ofCrm(row) || say('unknown');
    const jira = differs ? (amount ?? found?.jira ?? say('unknown')) : crm;
    const since = found?.since ? formatting.formatDateShort(new Date(found.since), true) : say('unknown');
    const takes = [
      { side: 'crm', text: say('side.crm'), label: say('takeCrm', { field: text }) },
      { side: 'jira', text: say('side.jira'), label: say('takeJira', { field: text }) },
    ];
    return {
      field,
      texts: [text, crm, jira, differs ? since : say('same')],
      differs,
      takes: differs && mayTake ? takes : null,
    };
  });
}
