/**
 * Name of a label in code: words capitalised, what is no letter or digit left out, shouted words calmed
 * (`HOURLY_RATE` → `HourlyRate`, `JIRA` → `Jira`, `Tempo Cloud` → `TempoCloud`).
 */
export function pascalCase(label: string): string {
  return label
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => (/[A-Z]{2}/.test(word) && word === word.toUpperCase() ? word.toLowerCase() : word))
    .map((word) => word.replace(/[a-z]/i, (letter) => letter.toUpperCase()))
    .join('');
}

/** `crmjira_budget_mapping` → `BudgetMapping` */
export function typeNameOf(logicalName: string): string {
  return pascalCase(logicalName.replace(/^crmjira_/, ''));
}

/** A string literal in the quotes of the project's style. */
export function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
