import { type HostFacts, type Words, formatMoment } from '@crmjira/form-data';
import type { PortfolioRow } from '../rows/portfolio-row';
import type { StringKey } from '../string-keys';
import type { FieldView } from './portfolio-view';
import { jiraAmount } from './row-view';

/** Fields with what Dynamics says; where nothing differs Jira said the same when last read (R-1506). */
const FIELDS = [
  ['approved', 'field.approved', ({ approved }) => approved],
  ['spent', 'field.spent', ({ spent }) => spent],
  ['status', 'field.status', ({ statusText }) => statusText],
  ['key', 'field.key', ({ key }) => key ?? ''],
] as const satisfies readonly (readonly [string, StringKey, (row: PortfolioRow) => string])[];

/** @param mayTake whether this person may ask for a side now */
export function fieldViews(
  row: PortfolioRow,
  host: HostFacts,
  say: Words<StringKey>,
  now: string,
  mayTake: boolean,
): FieldView[] {
  return FIELDS.map(([field, key, ofCrm]) => {
    const found = row.discrepancies.find((line) => line.field === field);
    const amount = field === 'approved' ? jiraAmount(row) : null;
    const differs = found !== undefined || amount !== null;
    const text = say(key);
    const crm = ofCrm(row) || say('unknown');
    const jira = differs ? (amount ?? found?.jira ?? say('unknown')) : crm;
    const since = found?.since ? formatMoment(found.since, now, host.format.dates) : say('unknown');
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
