import { JIRA_STATUS_LABEL } from '../budget-status';
import { remainingBudget } from '../burn';
import { equalMoney, type Money, moneyFromDecimal } from '../../money/money';
import { moneyText } from '../../money/money-text';
import { ProvisioningState } from '../../schema/generated/options';
import type { BudgetFacts, CrmFacts, Instant, JiraFacts, MappingFacts, RootIssueFacts } from '../plan/facts';

/** What is compared per mapping (R-1506). */
export const DRIFT_FIELDS = ['existence', 'key', 'approved', 'spent', 'remaining', 'status'] as const;
export type DriftField = (typeof DRIFT_FIELDS)[number];

/**
 * Who ends a difference: the next run takes Jira's value or Dynamics' one by itself, or a person has to choose, as both sides may
 * be right.
 */
export type DriftEnd = 'takes-jira' | 'takes-crm' | 'person';

/** One field of one mapping on both sides, in words; null = that side says nothing about it. */
export interface DriftLine {
  readonly field: DriftField;
  readonly crm: string | null;
  readonly jira: string | null;
  /** The same of a field that is an amount, for programs. */
  readonly amounts?: { readonly crm: Money; readonly jira: Money | null };
  readonly differs: boolean;
  readonly endedBy: DriftEnd;
  /** When both sides were last brought into agreement: the difference is younger. Null when it does not differ or never was. */
  readonly since: Instant | null;
}

interface Compared {
  readonly field: DriftField;
  readonly crm: string | null;
  readonly jira: string | null;
  readonly amounts?: { readonly crm: Money; readonly jira: Money | null };
  readonly same: boolean;
  readonly endedBy: DriftEnd;
}

const texts = (field: DriftField, crm: string | null, jira: string | null, endedBy: DriftEnd): Compared => ({
  field,
  crm,
  jira,
  same: crm === jira,
  endedBy,
});

function existence(crm: CrmFacts, jira: JiraFacts): Compared | null {
  const { mapping, opportunity } = crm;
  if (mapping === null) return null;
  const here = opportunity === null ? 'opportunity deleted' : 'exists';
  if (jira.state === 'deleted') return texts('existence', here, `no project ${jira.projectId}`, 'person');
  if (jira.state === 'found') {
    // A linked project had its budget: without one, nobody can compare what was spent.
    const isRunning = mapping.provisioningState === ProvisioningState.Linked && mapping.completedOn === null;
    const isLost = jira.budget === null && isRunning;
    return texts('existence', here, isLost ? 'no budget' : 'exists', 'person');
  }
  // Announced and not there yet: the next run creates it.
  return jira.state === 'absent' ? texts('existence', here, 'not created yet', 'takes-crm') : null;
}

/** The amount that Jira shows: the budget source's own, else the root issue's field. */
function jiraAmount(mapping: MappingFacts, budget: BudgetFacts | null, root: RootIssueFacts | null): Compared | null {
  const { approved } = mapping;
  const ofRoot = root?.approvedAmount == null ? null : moneyFromDecimal(root.approvedAmount, approved.currency);
  const amount = budget?.amount ?? ofRoot;
  if (amount === null) return null;
  return {
    field: 'approved',
    crm: moneyText(approved),
    jira: moneyText(amount),
    amounts: { crm: approved, jira: amount },
    same: equalMoney(approved, amount),
    // The root issue only repeats Dynamics' amount; a budget of its own may have been changed on purpose.
    endedBy: budget?.amount == null ? 'takes-crm' : 'person',
  };
}

function figures(mapping: MappingFacts, budget: BudgetFacts): Compared[] {
  // A source without an amount of its own leaves what Dynamics approved minus what Jira says was spent.
  const base = budget.amount?.currency === budget.spent.currency ? budget.amount : mapping.approved;
  const left = base.currency === budget.spent.currency ? remainingBudget(base, budget.spent) : null;
  return [
    {
      field: 'spent',
      crm: moneyText(mapping.spent),
      jira: moneyText(budget.spent),
      amounts: { crm: mapping.spent, jira: budget.spent },
      same: equalMoney(mapping.spent, budget.spent),
      endedBy: 'takes-jira',
    },
    {
      field: 'remaining',
      crm: moneyText(mapping.remaining),
      jira: left === null ? null : moneyText(left),
      amounts: { crm: mapping.remaining, jira: left },
      same: left === null || equalMoney(mapping.remaining, left),
      // It follows from the approved amount: while that is for a person to decide, so is this.
      endedBy: equalMoney(base, mapping.approved) ? 'takes-jira' : 'person',
    },
  ];
}

/**
 * Compares what both sides say about one opportunity, field by field, to the minor unit (R-1506). Pure; nothing is planned or
 * written. Fields about which a side keeps nothing (no root issue, no budget) are left out.
 * @param syncActs whether the plan for these facts has anything to do; where it has not, every difference is a person's
 */
export function drift(crm: CrmFacts, jira: JiraFacts, syncActs = true): DriftLine[] {
  const { mapping } = crm;
  if (mapping === null) return [];
  const compared: (Compared | null)[] = [existence(crm, jira)];
  if (jira.state === 'found') {
    const { project, budget, rootIssue } = jira;
    compared.push(
      texts('key', mapping.projectKey, project.key, 'takes-jira'),
      jiraAmount(mapping, budget, rootIssue),
      ...(budget === null ? [] : figures(mapping, budget)),
      rootIssue?.budgetStatus == null
        ? null
        : texts('status', JIRA_STATUS_LABEL[mapping.status], rootIssue.budgetStatus, 'takes-crm'),
    );
  }
  return compared
    .filter((line) => line !== null)
    .map(({ same, ...line }) => ({
      ...line,
      differs: !same,
      endedBy: syncActs ? line.endedBy : 'person',
      since: same ? null : mapping.lastSyncOn,
    }));
}
