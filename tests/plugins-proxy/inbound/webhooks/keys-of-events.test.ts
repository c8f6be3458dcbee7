import { type CapabilityName, CommandState } from '@crmjira/domain';
import { commandTriggers } from '../../../../plugins-proxy/src/reconciler/command-triggers';
import { lastCapabilities, triggersOf } from '../../../../plugins-proxy/src/capabilities/register';
import type { Settings } from '../../../../plugins-proxy/src/connections/environment/to-settings';
import { jiraPayload } from '../../../../plugins-proxy/src/clients/jira/wire/jira-payload';
import { keysOfJiraEvent } from '../../../../plugins-proxy/src/inbound/webhooks/keys-of-events';
import { remoteExecutionContext } from '../../../../plugins-proxy/src/clients/dataverse/remote-execution-context';
import { keysOfDataverseEvent } from '../../../../plugins-proxy/src/inbound/webhooks/keys-of-events';
import { defaultTriggers } from '../../default-triggers';

import { firstConnection, withoutConnection } from '../../site-keys';

/** A set of keys, all of the same connection. */
const keysOf = (body: unknown) => {
  const effect = keysOfJiraEvent(jiraPayload.parse(body), firstConnection, defaultTriggers());
  return { ...effect, keys: withoutConnection(effect.keys) };
};

describe('what a Jira event requests', () => {
  test.each([
    [
      'a worklog of real Jira, which names only its issue',
      { webhookEvent: 'worklog_created', worklog: { issueId: '10014' } },
      ['jira-issue:10014'],
    ],
    [
      'a worklog with a numeric id',
      { webhookEvent: 'worklog_deleted', worklog: { issueId: 10014 } },
      ['jira-issue:10014'],
    ],
    [
      'an issue event',
      { webhookEvent: 'jira:issue_updated', issue: { id: '7', fields: { project: { id: '10150' } } } },
      ['jira-project:10150'],
    ],
    ['an issue event without fields', { webhookEvent: 'jira:issue_deleted', issue: { id: '7' } }, ['jira-issue:7']],
    [
      'an update of an issue that only says that work was logged, under the key of the worklog',
      {
        webhookEvent: 'jira:issue_updated',
        issue: { id: '10014', fields: { project: { id: '10150' } } },
        changelog: { items: [{ field: 'timespent' }, { field: 'timeestimate' }, { field: 'WorklogId' }] },
      },
      ['jira-issue:10014'],
    ],
    [
      'logged work and a change of the issue in one update',
      {
        webhookEvent: 'jira:issue_updated',
        issue: { id: '10014', fields: { project: { id: '10150' } } },
        changelog: { items: [{ field: 'timespent' }, { field: 'status' }] },
      },
      ['jira-project:10150'],
    ],
    [
      'an issue that moved concerns both projects',
      {
        webhookEvent: 'jira:issue_updated',
        issue: { id: '7', fields: { project: { id: '2' } } },
        changelog: { items: [{ field: 'project', from: '1', to: '2' }] },
      },
      ['jira-project:1', 'jira-project:2'],
    ],
    ['a project event', { webhookEvent: 'project_archived', project: { id: 10150 } }, ['jira-project:10150']],
    [
      'a version event',
      { webhookEvent: 'jira:version_released', version: { projectId: 10150 } },
      ['jira-project:10150'],
    ],
    [
      'the budget event of E2-B',
      {
        timestamp: 'x',
        webhookEvent: 'budget:budget_updated',
        budget: { id: 'BUD-12345', projectKey: 'CRM-202501-A1B2C3D4', amount: 1 },
      },
      ['jira-project-key:CRM-202501-A1B2C3D4'],
    ],
    [
      'the worklog event of E2',
      { webhookEvent: 'worklog_created', worklog: { id: '12345', issueKey: 'CRM-1' }, budget: { projectKey: 'CRM' } },
      ['jira-project-key:CRM'],
    ],
    [
      'the closing event of E4',
      { event: 'project_closed', project_key: 'CRM-202501-A1B2C3D4', final_budget: { spent: 238750 } },
      ['project-closed:CRM-202501-A1B2C3D4'],
    ],
    [
      'a closing event that says when (F-305)',
      { event: 'project_closed', timestamp: '2025-06-15T16:00:00Z', project_key: 'CRM-202501-A1B2C3D4' },
      ['project-closed:CRM-202501-A1B2C3D4@1750003200000'],
    ],
    [
      'an issue that left a project whose id is none (F-312)',
      {
        webhookEvent: 'jira:issue_updated',
        issue: { id: '7', fields: { project: { id: '2' } } },
        changelog: { items: [{ field: 'project', from: 'x'.repeat(1_000_000) }] },
      },
      ['jira-project:2'],
    ],
    [
      'the confirmation of E2-D',
      { webhookEvent: 'budget:budget_approved', budget: { projectKey: 'CRMWYVLZZJ' } },
      ['budget-approved:CRMWYVLZZJ'],
    ],
  ])('%s (R-510)', (_name, body, keys) => {
    expect(keysOf(body)).toEqual({ keys, ignoredBecause: null });
  });

  test.each([
    ['an id of an issue', { issue: { id: '1'.repeat(65) } }],
    ['an id of a project', { project: { id: 'x'.repeat(1_000_000) } }],
    ['a control character in an id', { worklog: { issueId: '10014\n' } }],
    ['a key of a project', { project_key: 'C'.repeat(51) }],
    ['another character in a key', { budget: { projectKey: "CRM' or 1 eq 1" } }],
  ])('%s that no Jira gives is no event (F-312)', (_name, body) => {
    expect(jiraPayload.safeParse({ webhookEvent: 'project_updated', ...body }).success).toBe(false);
  });

  test.each([
    ['constructor'],
    ['toString'],
    ['__proto__'],
    ['comment_created'],
    ['board_created'],
    ['user_created'],
    ['worklog_created_by_someone'],
  ])('%s has no effect, and says so', (webhookEvent) => {
    expect(keysOf({ webhookEvent, issue: { id: '7' } })).toEqual({ keys: [], ignoredBecause: 'unknown event' });
  });
});

const context = {
  BusinessUnitId: 'e2b9dd85-e89e-e711-8122-000d3aa2331c',
  CorrelationId: 'b374239d-4233-41a9-8b17-a86cb4f737b5',
  Depth: 1,
  InitiatingUserId: '75c2dd85-e89e-e711-8122-000d3aa2331c',
  UserId: '75C2DD85-E89E-E711-8122-000D3AA2331C',
  InputParameters: [
    {
      key: 'Target',
      value: {
        __type: 'Entity:http://schemas.microsoft.com/xrm/2011/Contracts',
        Attributes: [
          {
            key: 'activestageid',
            value: {
              __type: 'EntityReference:http://schemas.microsoft.com/xrm/2011/Contracts',
              Id: '0EF401D5-2291-501D-9D5D-1DA5545EE8CC',
              LogicalName: 'processstage',
            },
          },
          { key: 'plain', value: '0ef401d5-2291-501d-9d5d-1da5545ee8cc' },
          { key: 'cleared', value: null },
        ],
        Id: '6d81597f-0f9f-e711-8122-000d3aa2331c',
        LogicalName: 'opportunity',
      },
    },
  ],
  MessageName: 'Update',
  Mode: 1,
  OperationId: '4af10637-4ea2-e711-8122-000d3aa2331c',
  PrimaryEntityId: '6D81597F-0f9f-e711-8122-000d3aa2331c',
  PrimaryEntityName: 'opportunity',
  Stage: 40,
};

describe('what a Dataverse step requests', () => {
  test.each([
    ['opportunity', 'opportunity'],
    ['crmjira_command', 'command'],
    ['crmjira_budget_approval', 'approval'],
    ['crmjira_budget_decision', 'decision'],
  ])('a row of %s: a job of kind %s', (PrimaryEntityName, kind) => {
    const parsed = remoteExecutionContext.parse({ ...context, PrimaryEntityName });
    expect(keysOfDataverseEvent(parsed, defaultTriggers()).keys).toEqual([
      `${kind}:6d81597f-0f9f-e711-8122-000d3aa2331c`,
    ]);
  });

  test('a payload above 256 KB, which has lost its parameters, still does', () => {
    const { InputParameters: _lost, ...short } = context;
    expect(keysOfDataverseEvent(remoteExecutionContext.parse(short), defaultTriggers()).keys).toHaveLength(1);
  });

  test.each([['contact'], ['constructor'], ['toString'], ['__proto__']])(
    'table %s has no effect (F-311)',
    (PrimaryEntityName) => {
      const parsed = remoteExecutionContext.parse({ ...context, PrimaryEntityName });
      expect(keysOfDataverseEvent(parsed, defaultTriggers())).toEqual({
        keys: [],
        ignoredBecause: `no rule for table ${PrimaryEntityName}`,
      });
    },
  );

  test.each([['x'.repeat(129)], ['a table'], ['line\nbreak'], ['']])(
    '%p names no table (F-312)',
    (PrimaryEntityName) => {
      expect(remoteExecutionContext.safeParse({ ...context, PrimaryEntityName }).success).toBe(false);
    },
  );
});

test('ADR-19 a capability that is off names no jobs; commands are looked at all the same', () => {
  const off = triggersOf(new Set());
  const closed = jiraPayload.parse({ event: 'project_closed', project_key: 'CRM' });
  expect(keysOfJiraEvent(closed, firstConnection, off)).toMatchObject({ keys: [], ignoredBecause: 'unknown event' });
  const keysOfTable = (PrimaryEntityName: string) =>
    keysOfDataverseEvent(remoteExecutionContext.parse({ ...context, PrimaryEntityName }), off).keys;
  expect(keysOfTable('opportunity')).toEqual([]);
  expect(keysOfTable('crmjira_command')).toHaveLength(1);
  expect(off.steps.map(({ table }) => table)).toEqual(['crmjira_command']);
  expect(off.tracked('none').map(({ name }) => name)).toEqual(['crmjira_command']);
});

test('ADR-19 what is on is read at each call from the last settings, and is the default before they were read', () => {
  const settings = (on: readonly CapabilityName[]) => ({ capabilities: new Set(on) }) as unknown as Settings;
  expect(lastCapabilities({ lastSettings: () => null })).toEqual(new Set(['budget']));
  expect(lastCapabilities({ lastSettings: () => settings(['time']) })).toEqual(new Set(['time']));
});

test('ADR-16 a command is a job of its own until the service has written its row, whatever state its client gave it', () => {
  const [commands] = commandTriggers.tracked('direct');
  const id = '22222222-0000-4000-8000-000000000002';
  const client = '11111111-0000-4000-8000-000000000001';
  const service = '33333333-0000-4000-8000-000000000003';
  const keysOfCommand = (state: CommandState, modifiedBy: string) =>
    commands?.keysOf({
      crmjira_commandid: id,
      crmjira_command_state: state,
      _createdby_value: client,
      _modifiedby_value: modifiedBy,
    });
  for (const state of Object.values(CommandState)) expect(keysOfCommand(state, client)).toEqual([`command:${id}`]);
  expect(keysOfCommand(CommandState.Requested, service)).toEqual([`command:${id}`]);
  for (const state of [CommandState.Running, CommandState.Done]) expect(keysOfCommand(state, service)).toEqual([]);
});
