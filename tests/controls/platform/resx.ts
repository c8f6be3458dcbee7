import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Texts of a resx file by key, in file order. */
export function readResx(control: 'jira-project' | 'budget-burn', language: 1033 | 3084): Map<string, string> {
  const name = control === 'jira-project' ? 'JiraProject' : 'BudgetBurn';
  const file = join(__dirname, `../../../controls/${control}/src/${name}/strings/${name}.${language}.resx`);
  const xml = new DOMParser().parseFromString(readFileSync(file, 'utf8'), 'application/xml');
  return new Map(
    [...xml.querySelectorAll('data')].map((entry) => [
      entry.getAttribute('name') ?? '',
      entry.querySelector('value')?.textContent ?? '',
    ]),
  );
}
