import { tables } from '@crmjira/domain';
import { z } from 'zod';
import { fieldIdOf } from '../../../plugins-proxy/src/clients/jira/resolve-fields';
import { crmjira, jsonOf } from '../cli-terminal';
import { dataCenter, type StandIns, startStandIns, variable } from '../stand-ins';

const row = z.record(z.string(), z.unknown());
const parts = z.object({ parts: z.array(z.object({ what: z.string(), state: z.string(), says: z.string() })) });

test('the ids that the package is shipped with are no choice: on another site they are fields of somebody else (F-222)', () => {
  const shipped = { budgetStatus: 'customfield_10102' };
  const fields = [
    { id: 'customfield_10102', name: 'Sprint' },
    { id: 'customfield_10200', name: 'Budget Status' },
    { id: 'customfield_10300', name: 'State of the budget' },
  ];
  expect(fieldIdOf(fields, shipped, 'budgetStatus')).toBe('customfield_10200');
  expect(fieldIdOf(fields.slice(0, 1), shipped, 'budgetStatus')).toBeNull();
  expect(fieldIdOf(fields, { budgetStatus: 'customfield_10300' }, 'budgetStatus')).toBe('customfield_10300');
  const twice = [...fields, { id: 'customfield_10102', name: 'Budget Status' }];
  expect(fieldIdOf(twice.slice(1), shipped, 'budgetStatus')).toBe('customfield_10102');
});

describe('crmjira set-up (F-222, R-107, R-108)', () => {
  let standIns: StandIns;
  beforeEach(async () => {
    standIns = await startStandIns(() => new Date('2025-01-15T14:00:00Z'));
  }, 60_000);
  afterEach(() => standIns.close(), 30_000);

  const setUp = async (over: Record<string, string>, ...args: string[]) => {
    const run = await crmjira({ ...standIns.environment, ...over }, ['set-up', '--json', ...args]);
    const states = parts.parse(jsonOf(run)).parts.map(({ what, state }) => [what, state]);
    return { code: run.code, says: run.out, states: Object.fromEntries(states) as Record<string, string> };
  };
  const templatesIn = () =>
    standIns.admin.many(
      tables.crmjira_budget_category.entitySet,
      { select: [], filter: '_crmjira_budget_mapping_id_value eq null', orderBy: ['crmjira_category_id asc'] },
      row,
    );
  const fieldsIn = async (): Promise<readonly { name: string }[]> => {
    const headers = {
      authorization: `Basic ${btoa(`${standIns.environment['JIRA_EMAIL']}:${standIns.environment['JIRA_API_TOKEN']}`)}`,
    };
    const answer = await fetch(`${standIns.jiraUrl}/rest/api/3/field`, { headers });
    return z.array(z.object({ name: z.string() })).parse(await answer.json());
  };

  test('makes what is missing, once; a dry run only tells, and what is there is left as it is', async () => {
    await standIns.dataverse.seed([variable('crmjira_SenderQueue', 'Project budgets')]);
    const before = (await fieldsIn()).length;
    const dry = await setUp({}, '--dry-run');
    expect([dry.code, dry.states]).toEqual([
      3,
      {
        'Connection row': 'there',
        'Budget category DEVELOPMENT': 'to be made',
        'Budget category INFRASTRUCTURE': 'to be made',
        'Budget category CONSULTING': 'to be made',
        'Sender queue': 'person',
        'Jira field "CRM Opportunity ID"': 'there',
        'Jira field "Customer Account ID"': 'there',
        'Jira field "Budget Status"': 'there',
        'Jira field "Approved Budget Amount"': 'there',
      },
    ]);
    expect(dry.says).toContain('give --sender-address <address>');
    expect(await templatesIn()).toEqual([]);

    const first = await setUp({}, '--sender-address', 'budgets@company.com');
    expect(first.states).toMatchObject({ 'Budget category DEVELOPMENT': 'made', 'Sender queue': 'person' });
    expect(first.says).toContain("approve the queue's mailbox");
    expect(await templatesIn()).toMatchObject([
      { crmjira_category_id: 'CONSULTING', crmjira_name: 'External Consulting', crmjira_budget_amount: 50_000 },
      { crmjira_category_id: 'DEVELOPMENT', crmjira_default_rate: 150 },
      { crmjira_category_id: 'INFRASTRUCTURE', crmjira_budget_amount: 25_000 },
    ]);
    const again = await setUp({});
    expect([again.code, new Set(Object.values(again.states))]).toEqual([0, new Set(['there'])]);
    expect((await templatesIn()).length).toBe(3);
    expect((await fieldsIn()).length).toBe(before);
  }, 60_000);

  test.each([
    ['Cloud', {}, 'made'],
    // Data Center has no interface for the options of a field.
    ['Data Center', dataCenter, 'person'],
  ])('makes the four fields of a %s that has none, with their kinds and options', async (_, over, ofTheSelect) => {
    const { customFields } = standIns.jira.site;
    const ours = ['CRM Opportunity ID', 'Customer Account ID', 'Budget Status', 'Approved Budget Amount'];
    for (const field of customFields.all())
      if (ours.includes(field.name)) customFields.put({ ...field, name: `Of somebody else: ${field.name}` });

    const connection = '5a8d2c1e-0000-4000-8000-00000000c0de';
    const made = await setUp({ ...over, CONNECTION_ID: connection });
    expect(made.states).toMatchObject({
      'Connection row': 'made',
      'Jira field "CRM Opportunity ID"': 'made',
      'Jira field "Customer Account ID"': 'made',
      'Jira field "Budget Status"': ofTheSelect,
      'Jira field "Approved Budget Amount"': 'made',
    });
    const kinds = customFields.all().filter(({ name }) => ours.includes(name));
    expect(kinds.map(({ name, type, options }) => [name, type, options.length])).toEqual([
      [ours[0], 'textfield', 0],
      [ours[1], 'textfield', 0],
      [ours[2], 'select', ofTheSelect === 'made' ? 5 : 0],
      [ours[3], 'float', 0],
    ]);
    const { entitySet } = tables.crmjira_integration;
    expect(await standIns.admin.one(entitySet, connection, [], row)).toMatchObject({
      crmjira_base_url: standIns.jiraUrl,
      crmjira_is_active: true,
    });
    const again = await setUp({ ...over, CONNECTION_ID: connection });
    expect([again.code, new Set(Object.values(again.states))]).toEqual([0, new Set(['there'])]);
  });
});
