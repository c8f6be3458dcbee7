import { BudgetStatus, resolvedText, utilization } from '@crmjira/domain';
import { commandResult } from '../../../../domain/src/budget/plan/command-texts';
import { refusedDecisionText } from '../../../../domain/src/budget/plan/decision-texts';
import type { ApprovalFacts, CrmFacts, MappingFacts } from '../../../../domain/src/budget/plan/facts';
import { cad, POLICY } from './world';

// Only what the sentences look at.
const mapping = {
  projectKey: 'CRMWYVLZZJ',
  status: BudgetStatus.Active,
  spent: cad(212500),
  approved: cad(250000),
  utilization: utilization(cad(212500), cad(250000)),
} as MappingFacts;
const crm = { mapping, opportunity: null } as CrmFacts;
const approval = { amountInBase: cad(250000), decision: { deciderLimit: cad(100000) } } as ApprovalFacts;

test('F-112 a sync does not say that both sides agree while their amounts differ', () => {
  const differing = { ...crm, mapping: { ...crm.mapping, jiraAmount: cad(300000) } } as CrmFacts;
  expect(commandResult('synced', differing, POLICY, 1033)).toBe(
    'Synced with Jira: $212,500.00 CAD of $250,000.00 CAD spent (85.0%). The budget in Jira is $300,000.00 CAD.',
  );
  expect(commandResult('synced', differing, POLICY, 3084).replace(/\u00a0/g, ' ')).toMatch(
    /^Synchronisé avec Jira : .* Le budget dans Jira est de 300 000,00 \$ CAD\.$/,
  );
});

test('R-2308 what a command answers has amounts and percentages in the format of its language', () => {
  expect(commandResult('synced', crm, POLICY, 1033)).toBe(
    'Up to date with Jira: $212,500.00 CAD of $250,000.00 CAD spent (85.0%).',
  );
  expect(commandResult('synced', crm, POLICY, 3084)).toBe(
    'À jour avec Jira\u00a0: 212\u00a0500,00\u00a0$\u00a0CAD dépensés sur 250\u00a0000,00\u00a0$\u00a0CAD (85,0\u00a0%).',
  );
  expect(commandResult('not-eligible', crm, POLICY, 3084)).toContain('supérieur à 10\u00a0000,00\u00a0$\u00a0CAD.');
  expect(resolvedText({ field: 'spent', side: 'jira' }, mapping, 3084)).toBe(
    'Le montant dépensé est de 212\u00a0500,00\u00a0$\u00a0CAD, comme dans Jira.',
  );
});

test('R-2308 so has the refusal of a decision', () => {
  expect(refusedDecisionText('over-limit', approval, 1033)).toContain(
    '$250,000.00 CAD is over your approval limit of $100,000.00 CAD',
  );
  expect(refusedDecisionText('over-limit', approval, 3084)).toContain(
    '250\u00a0000,00\u00a0$\u00a0CAD dépasse votre limite d’approbation de 100\u00a0000,00\u00a0$\u00a0CAD',
  );
});
