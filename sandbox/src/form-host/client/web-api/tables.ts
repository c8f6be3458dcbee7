import { tables } from '@crmjira/domain';

/** Entity sets of Microsoft's tables that the page or a control may ask for. Source: Web API entity type reference. */
const platformSets: Readonly<Record<string, string>> = {
  account: 'accounts',
  contact: 'contacts',
  opportunity: 'opportunities',
  systemuser: 'systemusers',
  team: 'teams',
  transactioncurrency: 'transactioncurrencies',
  task: 'tasks',
  email: 'emails',
  environmentvariabledefinition: 'environmentvariabledefinitions',
  environmentvariablevalue: 'environmentvariablevalues',
};

/** Name of a table in Web API addresses. */
export function entitySetOf(logicalName: string): string {
  const known: Readonly<Record<string, { readonly entitySet: string }>> = tables;
  return known[logicalName]?.entitySet ?? platformSets[logicalName] ?? plural(logicalName);
}

/** The platform's own rule for tables that nobody named: `-y` → `-ies`, `-s` → `-ses`, else `-s`. */
function plural(logicalName: string): string {
  if (logicalName.endsWith('y')) return `${logicalName.slice(0, -1)}ies`;
  return logicalName.endsWith('s') ? `${logicalName}es` : `${logicalName}s`;
}

/** Microsoft's tables that the solution brings a form of. */
const withForm = ['opportunity', 'incident', 'account', 'product'];

/** Whether this page opens rows of the table: those of Microsoft's with a form of the solution, and the solution's own. */
export function hasPages(logicalName: string): boolean {
  return withForm.includes(logicalName) || isOurs(logicalName);
}

/** A table of the solution, whose views come with it. */
export function isOurs(logicalName: string): boolean {
  return logicalName.startsWith('crmjira_') && logicalName in tables;
}
