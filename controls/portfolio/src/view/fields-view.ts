import type { PortfolioRow } from '../rows/portfolio-row';
import type { StringKey } from '../generated/string-keys';
import type { FieldView } from './portfolio-view';
import { jiraAmount } from './row-view';
import type { Formatter } from './formatter';

/**
 * Fields with what Dynamics says, and the side that can be taken: what the other masters is never refused in small print, as it is not
 * offered (F-112). Where nothing differs Jira said the same when last read (R-1506).
 */
const FIELDS = [
  ['approved', 'field.approved', ({ approved }) => approved, 'crm'],
  ['spent', 'field.spent', ({ spent }) => spent, 'jira'],
  ['status', 'field.status', ({ statusText }) => statusText, 'crm'],
  ['key', 'field.key', ({ key }) => key, 'jira'],
] as const satisfies readonly (readonly [string, StringKey, (row: PortfolioRow) => string | null, 'crm' | 'jira'])[];

/** @param mayTake whether this person may ask for a side now */
export function fieldViews(row: PortfolioRow, { say, formatting }: Formatter, mayTake: boolean): FieldView[] {
  return FIELDS.map(([field, name, ofCrm, master]) => {
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
      // An amount that nobody has approved may come from either side.
      takes:
        differs && mayTake
          ? takes.filter(({ side }) => side === master || (row.isDraft && field === 'approved'))
          : null,
    };
  });
}
