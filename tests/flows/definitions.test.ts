import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isContainer, isConnectorCall } from '../../sandbox/src/flows/definition/actions';
import { type Action, type Actions, triggerOf } from '../../sandbox/src/flows';
import { readFolder } from '../../solution/tools/package/folder-files';
import { flowFiles, flowNamed, flowNames, REPOSITORY } from './flow-files';

/** Every action of a flow, however deep, by its name as a person reads it. */
function actionsOf(actions: Actions): ReadonlyMap<string, Action> {
  return new Map(
    Object.entries(actions).flatMap(([name, action]): [string, Action][] => [
      [name.replaceAll('_', ' '), action],
      ...(isContainer(action) ? actionsOf(action.actions) : []),
      ...('else' in action && action.else ? actionsOf(action.else.actions) : []),
    ]),
  );
}

const document = readFileSync(join(REPOSITORY, 'docs', 'flows.md'), 'utf8');
/** Rows `| action | reason |` of the section about a flow. */
const droppedBy = (flow: string): Map<string, string> => {
  const section = document.split(/^## /m).find((one) => one.startsWith(flow)) ?? '';
  return new Map(
    [...section.matchAll(/^\| ([A-Z][^|]+?) +\| ([^|]{20,}?) +\|$/gm)].map(([, name = '', why = '']) => [name, why]),
  );
};

test('the three flows and the approval ship in the solution, under their names in both languages (R-1001, R-1007)', () => {
  expect(flowFiles.map(({ name }) => name).sort()).toEqual(Object.values(flowNames).sort());
  const customizations = readFolder(join(REPOSITORY, 'solution', 'src'));
  const manifest = new TextDecoder().decode(customizations.get('Other/Solution.xml'));
  for (const { record } of flowFiles) {
    const id = /WorkflowId="(\{[^"]+\})"/.exec(record)?.[1];
    expect(manifest).toContain(`<RootComponent type="29" id="${id}" behavior="0" />`);
    expect(record).toMatch(/<LocalizedName languagecode="3084" description="[^"]+" \/>/);
  }
});

describe.each([
  [
    'R-1008',
    flowNames.provision,
    [
      'Initialize Variables',
      'Generate Project Key',
      'Create JIRA Project',
      'Update Opportunity with Project Key',
      'Create Budget in JIRA',
      'Create Budget Mapping Record',
      'Log Integration Success',
      'Handle Integration Error',
    ],
  ],
  [
    'R-1009',
    flowNames.update,
    [
      'Parse JIRA Webhook Data',
      'Find Budget Mapping',
      'Check if Mapping Exists',
      'Update Budget Mapping - True Branch',
      'Get Related Opportunity',
      'Update Opportunity Budget Status',
      'Create Budget Alert - Over Budget',
      'Send Email Alert',
      'Create Follow-up Task',
      'Log Integration Success',
    ],
  ],
  [
    'R-1010',
    flowNames.daily,
    [
      'Get Active Budget Mappings',
      'Process Each Budget Mapping',
      'Get JIRA Budget Details',
      'Get Budget Spending',
      'Calculate Spent Amount',
      'Update Budget Mapping Record',
    ],
  ],
])('%s %s', (id, flow, wanted) => {
  test(`${id} each action is there, or listed as dropped with its reason, never both (R-1011)`, () => {
    const present = actionsOf(flowNamed(flow).definition.actions);
    const dropped = droppedBy(flow);
    expect(wanted.filter((name) => !present.has(name) && !dropped.has(name))).toEqual([]);
    expect([...dropped.keys()].filter((name) => present.has(name) || !wanted.includes(name))).toEqual([]);
  });
});

test('R-1002 flow 1 begins with two empty texts and an amount of 0, and has a handler for what its scope fails with', () => {
  const { actions } = flowNamed(flowNames.provision).definition;
  const initial = Object.values(actions).flatMap((action) =>
    action.type === 'InitializeVariable' ? action.inputs.variables.map(({ name, value }) => [name, value]) : [],
  );
  expect(Object.fromEntries(initial)).toEqual({ ProjectKey: '', BudgetAmount: 0, ErrorMessage: '' });
  for (const { definition } of flowFiles) {
    const handler = definition.actions['Handle_Integration_Error'];
    expect(Object.values(handler?.runAfter ?? {})).toEqual([['Failed', 'TimedOut']]);
  }
});

test('R-1004 no address, id, password or HTTP action: connections are references, settings are environment variables', () => {
  const allowed = ['shared_commondataserviceforapps', 'shared_crmjira-5fjirabudget', 'shared_approvals'];
  for (const { name, text, definition } of flowFiles) {
    const values = text.replaceAll(/"operationMetadataId": "[^"]+"/g, '').replace(definition.$schema, '');
    expect([name, values.match(/https?:\/\/[^"]*/g)]).toEqual([name, null]);
    expect([name, values.match(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}/gi)]).toEqual([name, null]);
    expect(values).not.toMatch(/password|JIRA_Username|api[_-]?token|"Http"/i);
    const apis = [...values.matchAll(/"apiId": "\/providers\/Microsoft\.PowerApps\/apis\/([^"]+)"/g)].map(
      ([, api]) => api,
    );
    expect(apis.filter((api) => !allowed.includes(api ?? ''))).toEqual([]);
    const own = Object.entries(definition.parameters).filter(([key]) => !key.startsWith('$'));
    expect(own.filter(([, { metadata }]) => !metadata?.schemaName.startsWith('crmjira_'))).toEqual([]);
  }
});

test('R-1005 loops run 20 at a time, calls of the service give up after PT10M, every call repeats what is transient', () => {
  const all = flowFiles.flatMap(({ definition }) => [...actionsOf(definition.actions).entries()]);
  const loops = all.flatMap(([, action]) => (action.type === 'Foreach' ? [action.runtimeConfiguration] : []));
  expect(loops).toEqual([{ concurrency: { repetitions: 20 } }]);
  const waits = all.flatMap(([, action]) => (action.type === 'Until' ? [action.limit.timeout] : []));
  expect(waits).toEqual(['PT10M']);
  const calls = all.flatMap(([name, action]) => (isConnectorCall(action) ? [{ name, action }] : []));
  expect(calls.length).toBeGreaterThan(10);
  for (const { name, action } of calls) {
    const { host, retryPolicy } = action.inputs;
    // Who waits weeks for an answer does not ask again by itself.
    const waitsForPerson = action.type === 'OpenApiConnectionWebhook';
    expect([name, retryPolicy?.type]).toEqual([name, waitsForPerson ? undefined : 'exponential']);
    const startsSomething = host.operationId === 'StartOperation';
    // Location of its 202 is relative: followed, it would fail the action.
    expect([name, action.operationOptions]).toEqual([name, startsSomething ? 'DisableAsyncPattern' : undefined]);
    if (startsSomething) expect([name, action.limit]).toEqual([name, { timeout: 'PT10M' }]);
  }
});

test('R-609 R-601 the daily flow runs every day at the time of the settings, and its query reads no more than it compares', () => {
  const { definition } = flowNamed(flowNames.daily);
  const trigger = triggerOf(definition);
  const setting = (name: string): string => {
    const file = join(
      REPOSITORY,
      'solution/src/environmentvariabledefinitions',
      name,
      'environmentvariabledefinition.xml',
    );
    return /<defaultvalue>([^<]*)</.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
  };
  expect(trigger).toMatchObject({
    type: 'Recurrence',
    recurrence: { frequency: 'Day', interval: 1, timeZone: setting('crmjira_DailySyncTimeZone') },
  });
  const { hours, minutes } = trigger.type === 'Recurrence' ? trigger.recurrence.schedule : { hours: [], minutes: [] };
  const two = (value: string | number | undefined): string => String(value).padStart(2, '0');
  expect(`${two(hours[0])}:${two(minutes[0])}`).toBe(setting('crmjira_DailySyncTime'));
  const query = actionsOf(definition.actions).get('Get Active Budget Mappings');
  const columns = query && isConnectorCall(query) ? String(query.inputs.parameters['$select']).split(',') : [];
  expect(columns).toEqual([
    'crmjira_budget_mappingid',
    'crmjira_jira_project_key',
    'crmjira_jira_budget_id',
    '_crmjira_opportunity_id_value',
    'crmjira_approved_budget',
    'crmjira_spent_amount',
    'crmjira_remaining_budget',
    'crmjira_budget_status',
  ]);
});
