import { columnsOf, solution } from './solution-folder';

const [flow] = solution.processFlows;
const stages = flow?.stages ?? [];
const nameOf = (id: string): string => stages.find((stage) => stage.id === id)?.name[1033] ?? id;

test('the process has the five stages of the data model, in order (R-301)', () => {
  expect(flow).toMatchObject({ uniqueName: 'crmjira_opportunitytojiraproject', primaryTable: 'opportunity' });
  expect(stages.map(({ name }) => name[1033])).toEqual([
    'Opportunity Qualification',
    'JIRA Project Creation',
    'Budget Approval',
    'Project Execution',
    'Budget Review Required',
  ]);
});

test('the stages follow each other; the review stands behind a branch of the execution (R-302)', () => {
  expect(stages.map(({ next }) => next.map(nameOf))).toEqual([
    ['JIRA Project Creation'],
    ['Budget Approval'],
    ['Project Execution'],
    ['Budget Review Required'],
    [],
  ]);
});

test.each([
  [0, 'budgetamount'],
  [1, 'crmjira_jira_project_key'],
  [2, 'crmjira_project_budget'],
  [4, 'crmjira_budget_review_note'],
])('stage %i requires %s', (at, column) => {
  const required = stages[at]?.steps.filter((step) => step.required).map((step) => step.column);
  expect(required).toEqual([column]);
});

test('every checklist column of the opportunity is a step of exactly one stage', () => {
  const checklist = columnsOf('opportunity')
    .map(({ logicalName }) => logicalName)
    .filter((name) => name.startsWith('crmjira_step_'));
  const steps = stages
    .flatMap(({ steps: own }) => own.map(({ column }) => column))
    .filter((name) => name.startsWith('crmjira_step_'));
  expect(checklist).toHaveLength(16);
  expect([...steps].sort()).toEqual([...checklist].sort());
});

test('the branch reads a column that is a step of the stage before it', () => {
  expect(stages[3]?.steps.map(({ column }) => column)).toContain('crmjira_budget_review_required');
});

test('the instance table belongs to the organization and points at stage, process and opportunity', () => {
  const table = solution.tables.find(({ logicalName }) => logicalName === flow?.uniqueName);
  expect(table).toMatchObject({
    isBusinessProcessFlow: true,
    ownership: 'OrganizationOwned',
    primaryId: 'businessprocessflowinstanceid',
    entitySetName: 'crmjira_opportunitytojiraprojects',
  });
  const lookups = table?.columns.filter(({ type }) => type === 'Lookup').map(({ logicalName }) => logicalName);
  expect(lookups).toEqual(expect.arrayContaining(['activestageid', 'processid', 'bpf_opportunityid']));
});

test('stage ids never change: rows of live processes hold them', () => {
  expect(flow?.workflowId).toBe('f1859b08-c2b9-5e31-b6ec-79661e4f170d');
  expect(stages.map(({ id }) => id)).toEqual([
    '39d860d1-34f0-5cec-914f-5d164ed1ab81',
    '0b9060d4-1b3e-59a2-9946-3552e3455ec4',
    '0ef401d5-2291-501d-9d5d-1da5545ee8cc',
    '186386ea-7837-5b28-b400-29b1b743c3ad',
    '37ba0cdd-6ef9-5a91-ae47-8a1f89940e67',
  ]);
});
