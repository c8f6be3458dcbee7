import { wholeSecond } from '../../calendar/calendar';
import { drift } from '../drift/drift';
import { ProvisioningState } from '../../schema/generated/options';
import type { Action } from './actions';
import type { CrmFacts, Instant, JiraFacts } from './facts';
import type { Policy } from './policy';
import { update } from './write-rows';

/** Length of `crmjira_discrepancies`. */
const MAX_LENGTH = 4000;

/** Fields that "Resolve discrepancy" knows; what is left over follows from them. */
const TOLD = ['approved', 'spent', 'status', 'key'];

/** One line of `crmjira_discrepancies`. */
interface Line {
  readonly field: string;
  readonly crm: string | null;
  readonly jira: string | null;
  readonly since: Instant;
}

/**
 * Tells on the mapping which fields still differ when every other part has nothing left to do, with the run that first saw it
 * (R-1506). Nobody needs to compare again to show it, and it is gone with the run that ends it.
 */
export function planDiscrepancies(crm: CrmFacts, jira: JiraFacts, _policy: Policy, now: Instant): Action[] {
  const { mapping, opportunity } = crm;
  if (!mapping || !opportunity || jira.state !== 'found') return [];
  if (mapping.provisioningState !== ProvisioningState.Linked || mapping.completedOn !== null) return [];
  const stored = mapping.discrepancies ?? null;
  const before = parse(stored);
  const lines = drift(crm, jira, false)
    .filter(({ field, differs }) => differs && TOLD.includes(field))
    .map(({ field, crm: here, jira: there }): Line => {
      const since = before.find((line) => line.field === field)?.since ?? wholeSecond(now);
      return { field, crm: here, jira: there, since };
    });
  const text = lines.length === 0 ? null : JSON.stringify(lines);
  if (text === stored || (text !== null && text.length > MAX_LENGTH)) return [];
  return [
    {
      kind: 'dataverse.change-set',
      because: text === null ? 'Dynamics and Jira agree again' : 'a field differs that no run brings together',
      writes: [update('crmjira_budget_mapping', mapping.id, { crmjira_discrepancies: text }, mapping.version)],
    },
  ];
}

/** What an earlier run wrote; a text that somebody else put there tells nothing. */
function parse(text: string | null): readonly Pick<Line, 'field' | 'since'>[] {
  try {
    const lines: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(lines) ? lines.filter(isLine) : [];
  } catch {
    return [];
  }
}

function isLine(line: unknown): line is Pick<Line, 'field' | 'since'> {
  if (typeof line !== 'object' || line === null) return false;
  return typeof Reflect.get(line, 'field') === 'string' && typeof Reflect.get(line, 'since') === 'string';
}
