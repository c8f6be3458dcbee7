import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { attributeOf, descendantsOf, parseXml } from '../../solution/tools/read/xml-element';
import { columnsOf, solution, SOLUTION_SOURCE } from './solution-folder';

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

test('each stage has its own steps, in order and in the words of D-8 (R-301)', () => {
  const wording = stages.map(({ steps }) =>
    steps.filter(({ column }) => column.startsWith('crmjira_step_')).map(({ column, label }) => [column, label[1033]]),
  );
  expect(wording).toEqual([
    [
      ['crmjira_step_qualify', 'Qualify opportunity'],
      ['crmjira_step_scope', 'Estimate project scope'],
      ['crmjira_step_requirements', 'Define budget requirements'],
      ['crmjira_step_estimate', 'Create initial budget estimate'],
    ],
    [
      ['crmjira_step_project', 'Create JIRA project'],
      ['crmjira_step_budget', 'Set up budget module'],
      ['crmjira_step_permissions', 'Configure team permissions'],
      ['crmjira_step_link', 'Link to CRM opportunity'],
    ],
    [
      ['crmjira_step_review', 'Review budget estimates'],
      ['crmjira_step_approve', 'Approve budget allocation'],
      ['crmjira_step_activate', 'Activate JIRA budget'],
      ['crmjira_step_notify', 'Notify project team'],
    ],
    [
      ['crmjira_step_monitor', 'Monitor budget utilization'],
      ['crmjira_step_track', 'Track project progress'],
      ['crmjira_step_changes', 'Manage scope changes'],
      ['crmjira_step_forecast', 'Update budget forecasts'],
    ],
    [],
  ]);
  expect(stages[3]?.steps.map(({ column }) => column)).toContain('crmjira_budget_status');
  for (const { label } of stages.flatMap(({ steps }) => steps)) expect(label[3084]).toBeTruthy();
});

test('the branch is taken when the review is required, and by nothing else (R-302)', () => {
  const folder = join(SOLUTION_SOURCE, 'Workflows');
  const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.xaml'));
  const root = parseXml(file, readFileSync(join(folder, file), 'utf8'));
  const keyed = (key: string): string[] =>
    descendantsOf(root, 'InArgument').flatMap(({ attributes, text }) => (attributes['x:Key'] === key ? [text] : []));
  expect(descendantsOf(root, 'mxswa:GetEntityProperty').map((read) => attributeOf(read, 'Attribute'))).toEqual([
    'crmjira_budget_review_required',
  ]);
  expect(keyed('ConditionOperator')).toEqual(['Equal']);
  expect(keyed('Parameters')[0]).toContain('WorkflowPropertyType.Boolean, "True"');
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
