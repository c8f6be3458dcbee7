import { signBody } from '../../plugins-proxy/src/inbound/webhooks/verify-signature';
import { connectionId, monitorId, secrets, tokens } from './whole-app';

/** How the routes of one kind are attacked. */
export interface RouteGroup {
  readonly name: string;
  readonly matches: (url: string) => boolean;
  /** Documents that the group's routes take, to be spoiled. */
  readonly samples: readonly unknown[];
  /** The headers of somebody who may; null where everybody may. */
  readonly credentials: ((body: Buffer) => Record<string, string>) | null;
  /** Share of the cases that others get, for routes that read nothing of what is sent; 1 when left out. */
  readonly share?: number;
  /** Placeholder → value with which the route does something. */
  readonly parameters?: Readonly<Record<string, string>>;
}

const guid = 'A1B2C3D4-E5F6-7890-ABCD-EF1234567890';
const step = {
  MessageName: 'Update',
  PrimaryEntityName: 'opportunity',
  PrimaryEntityId: guid,
  Mode: 1,
  Stage: 40,
  Depth: 1,
  InitiatingUserId: guid,
  UserId: guid,
  OperationId: guid,
  CorrelationId: guid,
  InputParameters: [
    {
      key: 'Target',
      value: { LogicalName: 'opportunity', Id: guid, Attributes: [{ key: 'budgetamount', value: { Value: 1 } }] },
    },
  ],
};

const is =
  (...urls: readonly string[]) =>
  (url: string): boolean =>
    urls.includes(url);
const below =
  (...prefixes: readonly string[]) =>
  (url: string): boolean =>
    prefixes.some((prefix) => url.startsWith(prefix));

/** Every route belongs to exactly one of these; the test fails for one that belongs to none. */
export const routeGroups: readonly RouteGroup[] = [
  {
    name: 'for everybody',
    matches: is('/health', '/ready', '/openapi.json', '/openapi/jira.json', '/api'),
    samples: [{}],
    credentials: null,
    share: 0.5,
  },
  {
    // Nobody has a ticket or a cookie of this service here: nothing that is brought may begin or end a sign-in.
    name: 'sign-in with Atlassian',
    matches: below('/oauth/'),
    samples: [{}],
    credentials: null,
    share: 0.3,
  },
  {
    name: 'metrics',
    matches: is('/metrics'),
    samples: [{}],
    credentials: () => ({ authorization: `Bearer ${secrets.metrics}` }),
    share: 0.1,
  },
  {
    name: 'webhooks of Jira',
    matches: below('/webhooks/jira/'),
    samples: [
      { webhookEvent: 'worklog_created', timestamp: 1_737_392_400_000, worklog: { issueId: '10014', id: '1' } },
      {
        webhookEvent: 'jira:issue_updated',
        timestamp: 1_737_392_400_000,
        user: { accountId: '712020:x' },
        issue: { id: '10014', key: 'A-1', fields: { project: { id: '10150', key: 'A' } } },
        changelog: { items: [{ field: 'project', fieldId: 'project', from: '1', to: '2' }] },
      },
      {
        event: 'budget:budget_updated',
        timestamp: '2025-01-20T17:30:15Z',
        project_key: 'A',
        budget: { projectKey: 'A' },
      },
      { event: 'project_closed', timestamp: '2025-06-15T16:00:00Z', project_key: 'A', final_budget: { spent: 1 } },
      { webhookEvent: 'jira:version_released', timestamp: 1_737_392_400_000, version: { projectId: 10150 } },
    ],
    credentials: (body) => ({ 'x-hub-signature': signBody(body, secrets.jira) }),
    parameters: { connection: connectionId },
  },
  {
    name: 'webhooks of Sentry',
    matches: below('/webhooks/sentry/'),
    samples: [
      { action: 'resolved', actor: { type: 'user', id: 1 }, data: { issue: { id: '5900000001', status: 'resolved' } } },
      { action: 'triggered', data: { event: { issue_id: '5900000001', title: 'x' }, triggered_rule: 'x' } },
      { action: 'created', data: { error: { issue_id: 5900000001 } }, installation: { uuid: guid } },
    ],
    credentials: (body) => ({ 'sentry-hook-signature': signBody(body, secrets.sentry).slice('sha256='.length) }),
    parameters: { connection: monitorId },
  },
  {
    name: 'steps of Dataverse',
    matches: below('/webhooks/dataverse/'),
    samples: [step, { ...step, Mode: 0, Stage: 20 }],
    credentials: () => ({ 'x-crmjira-key': secrets.step }),
  },
  {
    name: 'connector',
    matches: below('/rest/', '/connector/'),
    samples: [
      { timeSpentSeconds: 60, started: '2025-01-15T09:00:00Z', comment: 'x' },
      { fields: { project: { key: 'A' }, issuetype: { name: 'Story' }, summary: 'x', description: 'x' } },
      { kind: 'reconcile', opportunityId: guid.toLowerCase(), requestId: guid.toLowerCase() },
      { projectKey: 'A', amount: 1, currency: 'CAD', name: 'x', period: { from: '2025-01-01', to: '2025-12-31' } },
    ],
    credentials: () => ({ authorization: `Bearer ${secrets.apiKey}` }),
  },
  {
    name: 'API for other clients',
    matches: below('/api/jira/'),
    samples: [
      { record_ids: [guid, guid.toLowerCase()] },
      { jira_url: 'https://jira.example.com', auth_type: 'api_token', email: 'a@company.com', token: 'x' },
      { is_active: true },
    ],
    credentials: () => ({ authorization: `Bearer ${tokens.api}` }),
  },
  {
    name: 'relay',
    matches: below('/relay/jira/'),
    samples: [{ timeSpentSeconds: 60, started: '2025-01-15T09:00:00.000+0000' }, { fields: { summary: 'x' } }],
    credentials: () => ({ authorization: `Basic ${Buffer.from(`jira-gateway:${secrets.relay}`).toString('base64')}` }),
  },
];
