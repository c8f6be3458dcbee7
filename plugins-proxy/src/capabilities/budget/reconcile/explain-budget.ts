import {
  drift,
  type DriftLine,
  failureSentence,
  JIRA_STATUS_LABEL,
  type Language,
  type MappingFacts,
  moneyText,
} from '@crmjira/domain';
import type { Explained, ReadField } from '../../../reconciler/sync-module';
import type { BudgetSides } from './budget-sides';

/** Secured columns of the opportunity that say the same. */
const columns = { key: 'crmjira_jira_project_key', status: 'crmjira_budget_status' } as const;
const securedBy = (field: string): Pick<ReadField, 'column'> =>
  field === 'key' || field === 'status' ? { column: columns[field] } : {};

const words: ReadonlyMap<string, string> = new Map([
  ['exists', 'exists'],
  ['opportunity deleted', 'deleted'],
  ['no budget', 'no-budget'],
  ['not created yet', 'not-created'],
]);

/** What stands of the project, as a word. */
const existenceOf = (text: string | null): string | null => text && (words.get(text) ?? 'no-project');

function fieldOf({ field, crm, jira, amounts, differs }: DriftLine, language: Language): ReadField {
  if (field === 'existence') return { field, dynamics: existenceOf(crm), jira: existenceOf(jira), differs, as: 'word' };
  const texts =
    amounts === undefined
      ? { dynamics: crm, jira }
      : { dynamics: moneyText(amounts.crm, language), jira: amounts.jira && moneyText(amounts.jira, language) };
  return { field, ...texts, differs, ...securedBy(field) };
}

/** Dynamics' side alone, as long as Jira has not answered. */
function alone({ projectKey, approved, spent, remaining, status }: MappingFacts, language: Language): ReadField[] {
  const values = {
    key: projectKey,
    approved: moneyText(approved, language),
    spent: moneyText(spent, language),
    remaining: moneyText(remaining, language),
    status: JIRA_STATUS_LABEL[status],
  };
  return Object.entries(values).map(([field, dynamics]) => ({
    field,
    dynamics,
    jira: null,
    differs: false,
    ...securedBy(field),
  }));
}

/** What both sides say of an opportunity's budget, and what its mapping keeps of the last failure. Pure. */
export function explainBudget({ crm, jira }: BudgetSides, hasPlan: boolean, language: Language): Explained {
  const { mapping, opportunity } = crm;
  const isKnown = opportunity !== null || mapping !== null;
  if (mapping === null) return { isKnown, fields: [], lastFailure: null, partOf: [] };
  const { lastError, lastErrorCode: code = null, failingSince: since = null, nextRetryOn = null } = mapping;
  return {
    isKnown,
    fields: jira === null ? alone(mapping, language) : drift(crm, jira, hasPlan).map((line) => fieldOf(line, language)),
    lastFailure:
      lastError == null ? null : { code, says: failureSentence(code, lastError, language), since, nextRetryOn },
    partOf: [{ table: 'crmjira_budget_mapping', id: mapping.id }],
  };
}
