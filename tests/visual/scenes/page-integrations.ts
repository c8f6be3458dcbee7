import { CommandState, CommandType } from '@crmjira/domain';
import { integrationAnswer } from '../../webresources/pages/integration-rows';
import { type PageScene, pageScene } from '../page-scene';

const buttons = (...names: readonly string[]): readonly string[] =>
  names.map((name) => `button ${JSON.stringify(name)}`);

const JIRAS = ['Maple Ridge partner Jira', 'Rideau Logic Data Center', 'Rideau Logic Jira'];
const OTHERS = ['Active Directory', 'ERP item master', 'Sentry'];
const KINDS = ['Active Directory or LDAP', 'Jira', 'REST service', 'SOAP service', 'Notifications'];
const [DASHBOARD, LIST, LOGS, PROVIDERS] = [
  'integrations-dashboard',
  'integrations-list',
  'integrations-logs',
  'integrations-providers',
] as const;
const DASHBOARD_BAR = buttons('Refresh', 'New integration', 'All integrations', 'Audit logs', 'Providers');
const LIST_BAR = buttons(
  ...['New integration', 'Edit', 'Test connection', 'Sync now', 'Delete', 'Export to CSV'],
  ...['All (8)', 'Active (6)', 'Inactive (2)', ...JIRAS, ...OTHERS, 'Carrier rates', 'Customs broker status'],
  ...['Sync now: Active Directory', 'Sync now: ERP item master', 'Sync now: Rideau Logic Data Center'],
  ...['Sync now: Rideau Logic Jira', 'Replace token: Maple Ridge partner Jira', 'Test: Sentry'],
  ...['Activate: Carrier rates', 'Test: Customs broker status'],
);
const LOGS_BAR = buttons('Refresh', 'Export to CSV', 'Clear filters', 'Dashboard', 'Export 5 rows');
const DATES = ['textbox "From"', 'textbox "To"'];

const asked = integrationAnswer();

/** The pages that administrators look at (R-1601 to R-1603, R-1615, R-1616, R-1621). */
export const integrations: readonly PageScene[] = [
  pageScene(
    DASHBOARD,
    'runs',
    [
      ...['Maple Ridge partner Jira is down', '6 active, 2 inactive', 'Check credentials and permissions'],
      ...['15 in the 7 days before', 'Rideau Logic Data Center', 'Ada Singh: Field mapping changed', ...DASHBOARD_BAR],
      ...buttons(...JIRAS, ...OTHERS, 'All 8 integrations', 'Replace token: Maple Ridge partner Jira'),
    ],
    { asked },
  ),
  pageScene(
    DASHBOARD,
    'nothing yet',
    ['No integration yet.', 'stays inactive until', ...DASHBOARD_BAR, ...buttons(...KINDS)],
    { asked: integrationAnswer(true) },
  ),
  pageScene(
    LIST,
    'activation refused',
    [
      'Customs broker status cannot be activated: its saved settings have not passed a test.',
      ...['Answers in 4.6 s, limit 5 s', 'Token refused since May 14 23:10', '8 of 8 shown'],
      ...[...LIST_BAR, ...buttons('Activate', 'Dismiss')],
    ],
    {
      asked,
      acts: [
        { press: /^(Select|Sélectionner) Customs broker status$/ },
        { press: /^(Activate|Activer)$/ },
        { sees: /(cannot be activated|ne peut pas être activée)/ },
      ],
      answers: {
        [CommandType.SetActive]: {
          ...{ state: CommandState.Refused, result: '' },
          answer: { isSaved: false, problems: [{ path: '', code: 'not-tested', says: '' }] },
        },
      },
    },
  ),
  pageScene(LIST, 'not an administrator', ['needs the role CRM-JIRA Integration Administrator'], {
    unreadable: { sets: ['crmjira_integrations'], status: 403, code: '0x80040220' },
  }),
  pageScene(
    LOGS,
    'runs',
    [
      ...[
        '5 runs found',
        'Hint: Check credentials and permissions.',
        'Jira refused the sign-in (401).',
        '5 of 5 shown',
      ],
      ...[...LOGS_BAR, ...DATES],
      ...buttons('Active Directory', ...JIRAS),
      ...buttons(
        'Details: Rideau Logic Jira, 12:45',
        'Details: Rideau Logic Jira, 12:41',
        'Details: Maple Ridge partner Jira, 12:40',
        'Details: Active Directory, 12:00',
        'Details: Rideau Logic Data Center, 11:52',
      ),
    ],
    { asked, acts: [{ press: /^(Details|Détails)\s?: Maple Ridge/ }] },
  ),
  pageScene(
    LOGS,
    'administrative actions',
    [
      ...['5 actions found', 'needs the role Integration Administrator', 'They are kept for 7 years.'],
      ...[...LOGS_BAR, ...DATES],
    ],
    {
      asked,
      acts: [{ press: /^(Administrative actions|Actions administratives)$/ }, { sees: /(kept for|conservées) 7 / }],
    },
  ),
  pageScene(
    PROVIDERS,
    'providers',
    [
      ...['Older XML services', '3 active, 0 inactive', 'Set up with the service'],
      ...buttons('Refresh', 'All integrations', 'Dashboard', ...KINDS.map((name) => `New integration: ${name}`)),
    ],
    { asked },
  ),
];
