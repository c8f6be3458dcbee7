import { AuthType, CommandState, CommandType } from '@crmjira/domain';
import { idOf } from '../../webresources/pages/jira-rows';
import { type PageConditions, pageScene } from '../page-scene';
import type { PageScene } from '../page-scene';
import type { Row } from '../scene';

const PAGE = 'my-connection';
const ADD = /^(Add connection|Ajouter une connexion)$/;

const connection = (host: string, more: Row): Row => ({
  crmjira_jira_connectionid: idOf(host),
  _crmjira_integration_id_value: idOf('Jira'),
  crmjira_jira_url: `https://${host}`,
  crmjira_auth_type: AuthType.ApiToken,
  crmjira_email: 'ines.beaulieu@company.com',
  crmjira_display_name: 'Inès Beaulieu',
  crmjira_is_active: false,
  crmjira_inbound: false,
  crmjira_last_test_on: '2025-05-09T20:02:00Z',
  crmjira_last_test_ok: true,
  crmjira_last_test_ms: 412,
  crmjira_last_test_reason: null,
  ...more,
});
const active = connection('company.atlassian.net', { crmjira_is_active: true, crmjira_inbound: true });
const time = (start: string, end: string, more: Row = {}): Row => ({
  crmjira_time_in: `2025-05-16T${start}:00Z`,
  crmjira_time_out: `2025-05-16T${end}:00Z`,
  ...more,
});
const withConnections = (...connections: readonly Row[]): PageConditions['rows'] => ({
  crmjira_jira_connections: connections,
  crmjira_time_records: [
    time('12:00', '19:00', { crmjira_jira_worklog_id: '7', crmjira_jira_seconds: 25_200 }),
    time('19:00', '21:30'),
  ],
});
/** Offered in every state. */
const always = [
  'button "Add connection"',
  'button "Sync history"',
  'button "Refresh"',
  'button "Open my week"',
  'link "id.atlassian.com (opens in a new window)"',
];
const form = ['textbox "E-mail"', 'textbox "API token"', 'button "Test & Save"', 'button "Cancel"'];
const ofActive = ['Test', 'Edit', 'Delete'].map((what) => `button "${what}: company.atlassian.net"`);
const answers: PageConditions['answers'] = {
  [CommandType.FindJiraSites]: {
    state: CommandState.Done,
    result: '',
    answer: {
      sites: [
        {
          integration: idOf('Jira'),
          name: 'Jira',
          url: 'https://company.atlassian.net',
          deployment: 'cloud',
          oauth: true,
        },
        {
          integration: idOf('Plant'),
          name: 'Plant',
          url: 'https://jira.lakehead-health.example',
          deployment: 'dc',
          oauth: false,
        },
      ],
    },
  },
  [CommandType.SaveMyConnection]: {
    state: CommandState.Failed,
    result: '',
    answer: { ok: false, reason: 'refused' },
  },
};

/** States of a person's own connections (R-1802, R-1816, R-1823). */
export const myConnection: readonly PageScene[] = [
  pageScene(
    PAGE,
    'three connections',
    [
      'Jira: company.atlassian.net',
      'API token (Cloud) · ines.beaulieu@company.com',
      'Sign in again',
      'button "Use this one: hydro-boreal.atlassian.net"',
      'button "Sign in again: jira.lakehead-health.example"',
      'button "Test: hydro-boreal.atlassian.net"',
      'button "Delete: hydro-boreal.atlassian.net"',
      'button "Delete: jira.lakehead-health.example"',
      'Sync and search use the active one. Time already synced stays where it is.',
      ...ofActive,
      ...always,
    ],
    {
      rows: withConnections(
        active,
        connection('hydro-boreal.atlassian.net', { crmjira_auth_type: AuthType.OAuth203Lo }),
        connection('jira.lakehead-health.example', {
          crmjira_auth_type: AuthType.PatBearer,
          crmjira_last_test_ok: false,
          crmjira_last_test_reason: 'refused',
        }),
      ),
    },
  ),
  pageScene(PAGE, 'none yet', ['Jira: not connected', 'No connection yet.', 'Get an API token', ...always], {
    rows: withConnections(),
  }),
  pageScene(
    PAGE,
    'adding one',
    ['Atlassian account (OAuth 2.0)', 'Kept in the vault, never shown again.', ...form, ...always],
    { rows: withConnections(), answers, acts: [{ press: ADD }, { sees: /OAuth 2\.0/ }] },
  ),
  pageScene(
    PAGE,
    'refused',
    [
      'Edit: company.atlassian.net',
      'The sign-in is accepted (failed)',
      'Jira refused the sign-in (401).',
      ...ofActive,
      ...form,
      ...always,
    ],
    {
      rows: withConnections(active),
      answers,
      acts: [
        { press: /^(Edit|Modifier)\s?: / },
        { press: /^(Test & Save|Tester et enregistrer)$/ },
        { sees: /\(401\)/ },
      ],
    },
  ),
];
