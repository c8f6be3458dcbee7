import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const NAMES = {
  'jira-issues': 'JiraIssues',
  'issue-picker': 'IssuePicker',
  'time-records': 'TimeRecords',
  'worklog-sync': 'WorklogSync',
  'jira-project': 'JiraProject',
  'budget-burn': 'BudgetBurn',
  'budget-status': 'BudgetStatus',
  'budget-approval': 'BudgetApproval',
  portfolio: 'Portfolio',
} as const;

export type ControlFolder = keyof typeof NAMES;

/** Texts of a resx file by key, in file order. */
export function readResx(control: ControlFolder, language: 1033 | 3084): Map<string, string> {
  const name = NAMES[control];
  const file = join(__dirname, `../../../controls/${control}/src/${name}/strings/${name}.${language}.resx`);
  const xml = new DOMParser().parseFromString(readFileSync(file, 'utf8'), 'application/xml');
  return new Map(
    [...xml.querySelectorAll('data')].map((entry) => [
      entry.getAttribute('name') ?? '',
      entry.querySelector('value')?.textContent ?? '',
    ]),
  );
}
