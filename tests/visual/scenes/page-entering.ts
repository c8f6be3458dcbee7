import {
  CommandState,
  CommandType,
  Deployment,
  Direction,
  Health,
  Verification,
  integrationTemplates,
} from '@crmjira/domain';
import { idOf } from '../../webresources/pages/jira-rows';
import { type PageConditions, type PageScene, pageScene } from '../page-scene';

const NEXT = /^(Next|Suivant)/;
/** Any record: the rows are answered to whatever id is asked for. */
const ON = 'Digital Transformation';
const done = (answer: unknown) => ({ state: CommandState.Done, result: '', answer });
const buttons = (...names: readonly string[]): readonly string[] =>
  names.map((name) => `button ${JSON.stringify(name)}`);

const boxes = (...names: readonly string[]): readonly string[] =>
  names.map((name) => `textbox ${JSON.stringify(name)}`);
const mappingBoxes = (no: number): readonly string[] =>
  boxes(...['Table', 'Field in Dynamics', 'JSONata, from a record'].map((name) => `${name} of mapping ${no}`));

const draft = {
  crmjira_integrationid: idOf('Draft'),
  crmjira_is_active: false,
  crmjira_secret_name: 'row:draft',
  crmjira_sync_interval_minutes: 15,
  crmjira_batch_size: 100,
  crmjira_tested_hash: null,
  modifiedon: '2025-05-16T16:54:00Z',
};
const jira = {
  ...draft,
  crmjira_name: 'Prairie Power Jira',
  crmjira_base_url: 'https://prairiepower.atlassian.net',
  crmjira_deployment: Deployment.JiraCloud,
  crmjira_username: 'integration@rideaulogic.example',
  crmjira_default_project_key: 'OPS',
  crmjira_default_issue_type: 'Task',
  crmjira_issue_limit_per_project: 2_000,
  crmjira_provider: { crmjira_code: 'JIRA' },
};
const projects = [
  { key: 'SUPPORT', name: 'Support', mayCreate: true, issueTypes: ['Bug', 'Task', 'Story'] },
  { key: 'OPS', name: 'Operations', mayCreate: false, issueTypes: [] },
];
const jiraAnswers: PageConditions['answers'] = {
  [CommandType.TestConnection]: done({
    ...{ ok: true, fault: null, says: null, remedy: null },
    found: { deployment: 'cloud', displayName: 'CRM Integration', projectCount: 2, issues: 1_100, projects },
    steps: ['reach', 'product', 'sign-in', 'permissions'].map((name) => ({ name, ok: true, ms: 420 })),
  }),
  [CommandType.SaveIntegration]: done({ integration: idOf('Draft'), isSaved: true, problems: [], test: null }),
};

const { inventory, workOrders } = integrationTemplates;
const rest = {
  ...draft,
  crmjira_name: inventory.name,
  crmjira_config: JSON.stringify({ ...inventory.settings, url: 'https://stock.example', path: '/items?page={page}' }),
  crmjira_provider: { crmjira_code: 'REST' },
};
const soap = {
  ...draft,
  crmjira_name: workOrders.name,
  crmjira_config: JSON.stringify({ ...workOrders.settings, url: 'https://orders.example', action: 'urn:orders/List' }),
  crmjira_provider: { crmjira_code: 'SOAP' },
};
const mapping = (sourceField: string, targetField: string, transform: string | null = null) => ({
  crmjira_direction: Direction.Inbound,
  crmjira_source_table: 'product',
  crmjira_source_field: sourceField,
  crmjira_target_object: 'Item',
  crmjira_target_field: targetField,
  crmjira_transform: transform,
  crmjira_is_key: sourceField === 'productnumber',
});
const restAnswers: PageConditions['answers'] = {
  [CommandType.TryMapping]: done({
    sample: { id: 'SCN-200', name: 'SCN-200' },
    rows: [
      { index: 0, before: 'SCN-200', after: 'SCN-200', says: null },
      { index: 1, before: null, after: null, says: '–' },
    ],
    response: {
      ...{ status: 200, bytes: 41_984 },
      text: JSON.stringify({ total: 1_284, items: [{ code: 'SCN-200', price: { amount: '418.50' } }] }),
    },
  }),
};
const soapAnswers: PageConditions['answers'] = {
  [CommandType.TryMapping]: {
    state: CommandState.Failed,
    result: {
      1033: 'The service answered with a fault: Client.Authentication. Its words: “Unknown login”. Nothing was changed.',
      3084: 'Le service a répondu par une erreur : Client.Authentication. Ses mots : « Unknown login ». Rien n’a été modifié.',
    },
    answer: null,
  },
};

const plant = {
  ...jira,
  crmjira_name: 'Rideau Logic Data Center',
  crmjira_base_url: 'https://jira.corp.example',
  crmjira_deployment: Deployment.JiraDataCenter,
  crmjira_username: '',
  crmjira_is_active: true,
  crmjira_tested_hash: 'hash',
  crmjira_health: Health.Degraded,
  crmjira_last_test_on: '2025-05-16T16:00:00Z',
  crmjira_last_test_ok: true,
  crmjira_last_sync_on: '2025-05-16T16:00:00Z',
};
const webhook = (name: string, received: string) => ({
  crmjira_integration_webhookid: idOf(`webhook ${name}`),
  crmjira_name: name,
  crmjira_url: `https://hooks.rideaulogic.example/jira/dc-${name.toLowerCase()}`,
  crmjira_events: 'issue created, issue updated, issue deleted',
  crmjira_verification: Verification.HmacSignature,
  crmjira_is_active: true,
  crmjira_last_received_on: received,
  crmjira_secret_rotated_on: '2025-04-07T15:52:00Z',
});
const DETAIL_BAR = buttons(
  ...['Integrations', 'Save', 'Test connection', 'Sync now', 'Deactivate', 'Delete', 'Export configuration'],
);
const FORM_BAR = [
  ...buttons('Integrations', 'Save', 'Test connection', 'Sync now', 'Activate', 'Add header', 'Add mapping'),
  ...buttons('Sync every (minutes)', 'Records a batch'),
  ...boxes('Name', 'Records are at', 'Identifier of a record'),
];
const detail: PageConditions['rows'] = {
  crmjira_integrations: [plant],
  crmjira_integration_mappings: [],
  crmjira_integration_webhooks: [
    webhook('Issues', '2025-05-16T15:52:00Z'),
    webhook('Worklogs', '2025-05-09T15:44:00Z'),
  ],
};

/** Pages on which integrations are entered and looked after (R-1602, R-1606, R-1608, R-1612, R-1614). */
export const entering: readonly PageScene[] = [
  pageScene(
    'integration-jira',
    'what the account can do',
    [
      ...['Step 3 of 5', 'Signed in as CRM Integration', 'May not create issues in OPS'],
      'Cases cannot be sent there. Give it Create issues in OPS, or leave it.',
      ...buttons('Integrations', 'Back', 'Test again', 'Save and close', 'Next: Defaults'),
    ],
    {
      on: ON,
      rows: { crmjira_integrations: [jira], crmjira_integration_mappings: [] },
      answers: jiraAnswers,
      acts: [{ press: NEXT }, { sees: /(Step|Étape) 2/ }, { press: NEXT }, { sees: /OPS/ }],
    },
  ),
  pageScene(
    'integration-rest',
    'response and mappings',
    [
      '1 path finds nothing',
      '200',
      '41.0 KB',
      ...FORM_BAR,
      ...buttons('Send again', 'Records a page', 'Remove mapping 1', 'Remove mapping 2'),
      ...boxes('Address', 'Path', 'Token'),
      ...mappingBoxes(1),
      ...mappingBoxes(2),
    ],
    {
      on: ON,
      rows: {
        crmjira_integrations: [rest],
        crmjira_integration_mappings: [mapping('productnumber', 'code'), mapping('name', 'label.en', 'shorten')],
      },
      answers: restAnswers,
      acts: [{ press: /^(Send|Envoyer)$/ }, { sees: /"total"/ }],
    },
  ),
  pageScene(
    'integration-soap',
    'refused by the service',
    [
      'Its words: “Unknown login”.',
      ...FORM_BAR,
      ...buttons('Send'),
      ...boxes('Endpoint', 'Action', 'Envelope template', 'Username', 'Password'),
    ],
    {
      on: ON,
      rows: { crmjira_integrations: [soap], crmjira_integration_mappings: [] },
      answers: soapAnswers,
      acts: [{ press: /^(Send|Envoyer)$/ }, { sees: /Unknown login/ }],
    },
  ),
  pageScene(
    'integration-detail',
    'settings',
    [
      '12:00, passed',
      'Attention',
      ...DETAIL_BAR,
      ...boxes('Name', 'Base URL', 'Personal access token', 'Project key', 'Issue type'),
    ],
    { on: ON, rows: detail },
  ),
  pageScene(
    'integration-detail',
    'webhooks',
    [
      ...['Webhooks (2)', 'Receiving', 'Nothing for 7 days', ...DETAIL_BAR],
      ...buttons('Rotate secret: Issues', 'Copy the address: Issues'),
      ...buttons('Rotate secret: Worklogs', 'Copy the address: Worklogs'),
    ],
    {
      on: ON,
      rows: detail,
      acts: [{ press: /^Webhooks$/ }, { sees: /Webhooks \(2\)/ }],
    },
  ),
];
