/** Ids of the checks that a walk is made of; `doctor` has one of each. */
export type SymptomCheckId =
  | 'gateway'
  | 'jira'
  | 'firewall'
  | 'token'
  | 'credentials'
  | 'permissions'
  | 'token-validity'
  | 'project-keys'
  | 'manual-call'
  | 'webhook'
  | 'steps'
  | 'intake'
  | 'latency'
  | 'run-history'
  | 'slowest-runs'
  | 'dataverse-response'
  | 'calculation'
  | 'number-format'
  | 'currency'
  | 'fields'
  | 'environment-variables'
  | 'discrepancies'
  | 'roles'
  | 'who-am-i'
  | 'service-status'
  | 'clock'
  | 'load-settings';

/** One step of a walk: what to look at, why that would explain the symptom, and what to do then. */
export interface SymptomStep {
  readonly check: SymptomCheckId;
  readonly looks: string;
  readonly cause: string;
  readonly remedy: string;
}

/** A trouble as people describe it, with the order in which to look (R-1402 to R-1405). */
export interface Symptom {
  readonly id: string;
  readonly title: string;
  readonly requirements: readonly string[];
  readonly signs: readonly string[];
  readonly steps: readonly SymptomStep[];
  /** What to do when every step passes, or after the repair. */
  readonly afterwards: readonly string[];
}

const steps: Readonly<Record<SymptomCheckId, Omit<SymptomStep, 'check'>>> = {
  gateway: {
    looks: 'status of the gateway',
    cause: 'Nothing reaches Jira while the gateway is down.',
    remedy:
      'Restart the service "On-premises data gateway" on its host. A restart that cures nothing: the network team.',
  },
  jira: {
    looks: 'API endpoint of Jira answers',
    cause: 'A wrong address, a proxy or a sign-in page before Jira.',
    remedy: 'Check JIRA_URL and JIRA_DEPLOYMENT, and open the address from this machine.',
  },
  firewall: {
    looks: 'a connection can be opened to Jira, Dataverse and the token endpoint',
    cause: 'A firewall or a name that is not resolved.',
    remedy: 'Let port 443 out to the hosts that are named; give the network team host, port and time.',
  },
  token: {
    looks: 'credentials for Dataverse as the vault holds them',
    cause: 'The client secret has ended or was changed.',
    remedy: 'Make a new client secret, store it in the vault as DATAVERSE_CLIENT_SECRET, and look again.',
  },
  credentials: {
    looks: 'credentials for Jira as the vault holds them',
    cause: 'The API token has ended, was revoked, or belongs to somebody else.',
    remedy: 'Rotate it: new token in Jira, JIRA_API_TOKEN or JIRA_PAT in the vault, and look again.',
  },
  permissions: {
    looks: 'permissions of the integration account in Jira',
    cause: 'The account may not create projects or issues.',
    remedy: 'Put it into the group jira-administrators, or grant what is missing in the permission schemes.',
  },
  'token-validity': {
    looks: 'days until tokens and secrets end',
    cause: 'A token that ends stops everything at once.',
    remedy:
      'Rotate what ends within seven days; set JIRA_TOKEN_EXPIRES_ON and DATAVERSE_SECRET_EXPIRES_ON, which no interface tells.',
  },
  'project-keys': {
    looks: 'projects in Jira whose key has the configured prefix',
    cause: 'A key that is taken by a project that is not ours; the next candidate is tried, twenty in all.',
    remedy: 'Rename or delete the projects that are named, or choose another crmjira_ProjectKeyPattern.',
  },
  'manual-call': {
    looks: 'one call by hand with the credentials in use',
    cause: 'A rotation is proven by a call, not by the vault.',
    remedy: 'Restart the service so that it takes the new token, and look again.',
  },
  webhook: {
    looks: 'webhook registered in Jira, and its events arriving',
    cause: 'Jira does not report changes: they wait for the next look, every five minutes.',
    remedy: 'Run "crmjira register-steps"; where the webhook exists, check that Jira reaches PUBLIC_URL.',
  },
  steps: {
    looks: 'webhook steps registered in Dataverse',
    cause: 'Dataverse does not tell of changes: they wait for the next poll.',
    remedy: 'Run "crmjira register-steps".',
  },
  intake: {
    looks: 'when deliveries came in, and what waits',
    cause: 'Deliveries come late, or jobs wait for longer than five minutes.',
    remedy:
      'Many pending jobs: more WORKERS or replicas. No deliveries: the way from Jira to PUBLIC_URL. LOG_LEVEL=debug logs each.',
  },
  latency: {
    looks: 'time that one call to each side takes',
    cause: 'The network between the service and a side is slow.',
    remedy: 'Compare with another machine in the same network; give the network team the figures.',
  },
  'run-history': {
    looks: 'runs of the last 24 hours in the integration log',
    cause: 'Runs fail, or there are no rows where there should be some.',
    remedy: 'Read the newest failed rows; then "crmjira dead-letters list" and "crmjira dead-letters retry --all".',
  },
  'slowest-runs': {
    looks: 'the slowest runs of the last 24 hours',
    cause: 'One project with very many worklogs, or retries within a run.',
    remedy: 'Follow the correlation id of the slowest run through the log of the service.',
  },
  'dataverse-response': {
    looks: 'response time of Dataverse',
    cause: 'Service protection or a slow environment.',
    remedy: 'Fewer WORKERS; look for other programs under the same application user.',
  },
  calculation: {
    looks: 'remaining = approved − spent in every mapping',
    cause: 'Figures that somebody else has written.',
    remedy: 'Run "crmjira sync --all", then "crmjira drift" to compare.',
  },
  'number-format': {
    looks: 'amounts have two decimals and utilization fits them',
    cause: 'A conversion between number types.',
    remedy: 'Run "crmjira sync --all", then "crmjira drift"; tell the development team of what remains.',
  },
  currency: {
    looks: 'every mapping has a currency that is active here',
    cause: 'An amount without currency, or in one without an exchange rate.',
    remedy: 'Activate the currency in Dynamics with its rate.',
  },
  fields: {
    looks: 'custom fields of the root issue',
    cause: 'A field was renamed, removed, or is not on the screen.',
    remedy: 'Create it, or name its id in crmjira_FieldIds.',
  },
  'environment-variables': {
    looks: 'environment variables are readable and valid',
    cause: 'A value in a form that cannot be read.',
    remedy: 'Correct it in the solution "CRM-JIRA Integration".',
  },
  discrepancies: {
    looks: 'mappings whose amount in Jira is another than the approved one',
    cause: 'The budget was changed in Jira by hand.',
    remedy: 'Decide which is right: the view Discrepancies, "take CRM" or "take Jira".',
  },
  roles: {
    looks: 'role of the application user in Dataverse',
    cause: 'A role was taken away, or lost with an import.',
    remedy: 'Give it the role "CRM-JIRA Integration Service" and the column security profile.',
  },
  'who-am-i': {
    looks: 'Dataverse knows the application user',
    cause: 'Wrong environment, or the user is disabled.',
    remedy: 'Check DATAVERSE_URL and the application user for DATAVERSE_CLIENT_ID.',
  },
  'service-status': {
    looks: 'status that Jira gives of itself',
    cause: 'Jira is starting, in maintenance, or out of order.',
    remedy: 'Wait, or ask whoever runs it; Cloud: status.atlassian.com. Nothing is lost meanwhile.',
  },
  clock: {
    looks: 'clock of this machine against both sides',
    cause: 'Timestamps and signatures are only good for minutes.',
    remedy: 'Let this machine keep its time by NTP.',
  },
  'load-settings': {
    looks: 'frequency of syncs, batch size and workers',
    cause: 'More requests than the two sides allow.',
    remedy: 'Raise POLL_INTERVAL_MS, lower WORKERS, leave crmjira_BatchSize at 50.',
  },
};

const walk = (...ids: readonly SymptomCheckId[]): readonly SymptomStep[] =>
  ids.map((check) => ({ check, ...steps[check] }));

/** What goes wrong, in the order of how often it does. */
export const symptoms: readonly Symptom[] = [
  {
    id: 'project-not-created',
    title: 'A Jira project is not created',
    requirements: ['R-1402', 'R-1408'],
    signs: ['the form says Failed', 'BadRequest or a conflict in the integration log', 'refused credentials'],
    // R-1408: connectivity, then authentication, then key conflicts.
    steps: walk(
      'gateway',
      'jira',
      'firewall',
      'token',
      'credentials',
      'permissions',
      'token-validity',
      'project-keys',
      'manual-call',
    ),
    afterwards: [
      'Connectivity that a restart of the gateway does not cure goes to the network team, with host, port and time.',
      'A BadRequest about a date means the format of a timestamp: the log row names the field.',
      'Then "Create JIRA project" on the form, or "crmjira sync --opportunity <id>".',
    ],
  },
  {
    id: 'budget-late',
    title: 'Budget figures come late or are wrong',
    requirements: ['R-1403', 'R-1409'],
    signs: [
      'more than five minutes after a worklog',
      'figures that differ between the two sides',
      'missing rows in the integration log',
    ],
    // R-1409: webhook, then flow performance, then data.
    steps: walk(
      'webhook',
      'intake',
      'latency',
      'run-history',
      'slowest-runs',
      'dataverse-response',
      'calculation',
      'number-format',
      'currency',
    ),
    afterwards: [
      'Sync by hand, "crmjira sync --opportunity <id>", then compare, "crmjira drift --opportunity <id>".',
      'Many mappings at a time: WORKERS sets how many are worked on in parallel.',
      'LOG_LEVEL=debug logs every delivery; set it back afterwards.',
    ],
  },
  {
    id: 'token-expired',
    title: 'Token expired',
    requirements: ['R-1404'],
    signs: ['401', '"Token expired"', 'the alert seven days before'],
    steps: walk('token', 'credentials', 'token-validity', 'manual-call'),
    afterwards: [
      'Emergency: make a new token, write it into the vault, restart one replica after the other, prove it with one call ("crmjira doctor --symptom token-expired").',
      'Keep a review record: the rotation schedule, why the rotation failed, which alert threshold changes.',
      'A second way to sign in, on Data Center only: with JIRA_CREDENTIAL_FALLBACK, JIRA_USER and JIRA_PASSWORD follow a refused token until another one is there. It is off by default; switch it off again afterwards.',
    ],
  },
  {
    id: 'connection-timeout',
    title: 'Connections time out',
    requirements: ['R-1405', 'R-1411'],
    signs: ['timeouts and refused connections in the log', '/health says a side is out of reach'],
    steps: walk('firewall', 'gateway', 'jira', 'latency', 'clock'),
    afterwards: ['Nothing is lost meanwhile: deliveries are kept, and jobs are tried again by themselves.'],
  },
  {
    id: 'authentication',
    title: 'Authentication fails',
    requirements: ['R-1405', 'R-1411'],
    signs: ['401 or 403', 'Jira answers as to somebody unknown'],
    steps: walk('token', 'who-am-i', 'roles', 'credentials', 'permissions', 'token-validity'),
    afterwards: [
      'A right that is missing is not cured by a new token: 403 is about permissions, 401 about credentials.',
    ],
  },
  {
    id: 'sync-conflict',
    title: 'Records do not come into agreement',
    requirements: ['R-1405', 'R-1411'],
    signs: ['"changed meanwhile" again and again', 'a field that Jira refuses', 'a discrepancy that stays'],
    steps: walk('fields', 'environment-variables', 'discrepancies', 'calculation', 'number-format', 'currency'),
    afterwards: ['"crmjira drift" names both values, since when, and who ends it.'],
  },
  {
    id: 'slow',
    title: 'Everything is slow',
    requirements: ['R-1405', 'R-1411'],
    signs: ['P95 more than 20 % above the week before', 'storms of 429'],
    steps: walk('latency', 'dataverse-response', 'run-history', 'slowest-runs', 'load-settings'),
    afterwards: ['docs/maintenance.md, Baseline, says what is compared.'],
  },
  {
    id: 'other',
    title: 'Anything else',
    requirements: ['R-1405', 'R-1411'],
    signs: ['none of the above'],
    // R-1411: connection test, sync log, status of the external service, rights of the user.
    steps: walk('jira', 'who-am-i', 'run-history', 'service-status', 'permissions', 'roles'),
    afterwards: ['Then the whole of it: "crmjira doctor".'],
  },
];
