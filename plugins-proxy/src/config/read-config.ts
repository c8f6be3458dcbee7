import type { z } from 'zod';
import type { ConnectorAccess } from '../connector/authenticate-caller';
import { configSchema, secretNames } from './config-schema';
import { connectorAccess } from './connector-access';
import type { JiraGateway } from '../jira/jira-dispatcher';
import { type RelayConfig, relayConfig } from '../relay/relay-config';
import { type ConfigurationProblem, InvalidConfiguration } from './invalid-configuration';
import { type Environment, readSecret, UnreadableSecretFile } from './read-secret';

type Variables = z.output<typeof configSchema>;

/** How the service signs in to Jira: Cloud by e-mail and API token, Data Center by personal access token (DESIGN 7). */
export type JiraCredentials =
  | { readonly kind: 'basic'; readonly email: string; readonly apiToken: string }
  | { readonly kind: 'bearer'; readonly pat: string };

/** The validated configuration, read once at start and passed on from there. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Address under which Jira and Dataverse reach this service, without a slash at its end. */
  readonly publicUrl: string;
  readonly dataverse: {
    readonly url: string;
    readonly tenantId: string;
    readonly clientId: string;
    readonly clientSecret: string;
    readonly tokenUrl: string;
    /** Another application user for registering steps; null = the service's own. */
    readonly registration: { readonly clientId: string; readonly clientSecret: string } | null;
    /** Another application user for removing archived rows; null = they are left where they are. */
    readonly retention: { readonly clientId: string; readonly clientSecret: string } | null;
    /** The current key first, then the one it replaces while a rotation is under way. */
    readonly stepKeys: readonly [string, ...string[]];
  };
  readonly jira: {
    readonly url: string;
    readonly deployment: 'cloud' | 'dc';
    readonly credentials: JiraCredentials;
    /** Null = Jira is reached directly. */
    readonly gateway: JiraGateway | null;
    readonly webhookSecrets: readonly [string, ...string[]];
    /** Connections to the site, and so requests at one time. */
    readonly connections: number;
  };
  /** null: not configured */
  readonly tempo: { readonly url: string; readonly token: string } | null;
  readonly inbound: 'direct' | 'none';
  readonly connectionId: string;
  /** Address of the Opportunity form up to its id; mails link to it. */
  readonly recordUrl: string;
  readonly store:
    { readonly kind: 'postgres'; readonly databaseUrl: string } | { readonly kind: 'sqlite'; readonly file: string };
  /** Where archived rows and the records of maintenance lie for years. */
  readonly archive: Config['store'];
  readonly environment: Variables['ENVIRONMENT'];
  /** Whether the service runs the maintenance plan by itself. */
  readonly runsMaintenance: boolean;
  /** Who may call the connector API; null = it is off. */
  readonly connector: ConnectorAccess | null;
  /** Null = the relay is off. */
  readonly relay: RelayConfig | null;
  readonly registerSteps: boolean;
  readonly logLevel: Variables['LOG_LEVEL'];
  readonly workers: number;
  readonly pollIntervalMs: number;
  readonly requestTimeoutMs: number;
  /** null: `/metrics` answers this machine only. */
  readonly metricsToken: string | null;
  /** Last days of credentials, `YYYY-MM-DD`; null where nobody said. */
  readonly expiries: { readonly jiraToken: string | null; readonly dataverseSecret: string | null };
}

const isSecret = (name: string): boolean => (secretNames as readonly string[]).includes(name);

function describe(name: string, value: string | undefined): string {
  if (value === undefined || value === '') return 'nothing';
  return isSecret(name) ? 'a value that is not shown' : `"${value}"`;
}

function gather(environment: Environment, problems: ConfigurationProblem[]): Record<string, string | undefined> {
  const values: Record<string, string | undefined> = {};
  for (const name of Object.keys(configSchema.shape)) {
    const value = environment[name];
    if (value !== undefined && value !== '') values[name] = value;
  }
  for (const name of secretNames) {
    try {
      values[name] = readSecret(environment, name);
    } catch (error) {
      if (!(error instanceof UnreadableSecretFile)) throw error;
      problems.push({
        variable: `${name}_FILE`,
        expected: 'a readable file',
        received: describe('', environment[`${name}_FILE`]),
      });
    }
  }
  return values;
}

function jiraCredentials(values: Variables, problems: ConfigurationProblem[]): JiraCredentials {
  if (values.JIRA_DEPLOYMENT === 'dc') {
    if (values.JIRA_PAT === undefined)
      problems.push({
        variable: 'JIRA_PAT',
        expected: 'a personal access token, as JIRA_DEPLOYMENT is dc',
        received: 'nothing',
      });
    return { kind: 'bearer', pat: values.JIRA_PAT ?? '' };
  }
  if (values.JIRA_EMAIL === undefined)
    problems.push({
      variable: 'JIRA_EMAIL',
      expected: 'the e-mail address of the service account',
      received: 'nothing',
    });
  if (values.JIRA_API_TOKEN === undefined)
    problems.push({
      variable: 'JIRA_API_TOKEN',
      expected: 'an API token, as JIRA_DEPLOYMENT is cloud',
      received: 'nothing',
    });
  return { kind: 'basic', email: values.JIRA_EMAIL ?? '', apiToken: values.JIRA_API_TOKEN ?? '' };
}

/** Another application user, for work that the service's own role must not do. */
function otherUser(
  name: 'REGISTRATION' | 'RETENTION',
  values: Variables,
  problems: ConfigurationProblem[],
): Config['dataverse']['registration'] {
  const { [`${name}_CLIENT_ID` as const]: clientId, [`${name}_CLIENT_SECRET` as const]: clientSecret } = values;
  if (clientId !== undefined && clientSecret !== undefined) return { clientId, clientSecret };
  if (clientId !== undefined)
    problems.push({
      variable: `${name}_CLIENT_SECRET`,
      expected: `the secret of ${name}_CLIENT_ID`,
      received: 'nothing',
    });
  return null;
}

/** Beside the file of the queue, unless told otherwise: `proxy.sqlite` has `proxy-archive.sqlite`. */
function archiveOf(values: Variables): Config['archive'] {
  if (values.DATABASE_URL !== undefined) return { kind: 'postgres', databaseUrl: values.DATABASE_URL };
  const beside =
    values.STORE_FILE === ':memory:' ? ':memory:' : values.STORE_FILE.replace(/(\.[^./\\]*)?$/, '-archive$1');
  return { kind: 'sqlite', file: values.ARCHIVE_FILE ?? beside };
}

function jiraGateway(values: Variables, problems: ConfigurationProblem[]): JiraGateway | null {
  const { JIRA_GATEWAY_URL: url, JIRA_GATEWAY_CERTIFICATE: certificate, JIRA_GATEWAY_KEY: key } = values;
  if (url === undefined) return null;
  const ca = values.JIRA_GATEWAY_CA ?? null;
  if (certificate !== undefined && key !== undefined) return { url, ca, client: { certificate, key } };
  const [given, variable] =
    certificate === undefined ? [key, 'JIRA_GATEWAY_CERTIFICATE'] : [certificate, 'JIRA_GATEWAY_KEY'];
  if (given !== undefined)
    problems.push({ variable, expected: 'the other half of the client certificate', received: 'nothing' });
  return { url, ca, client: null };
}

function currentAndPrevious(current: string, previous: string | undefined): readonly [string, ...string[]] {
  return previous === undefined ? [current] : [current, previous];
}

/**
 * Reads the configuration from the environment, once.
 * @throws InvalidConfiguration with every variable that is wrong, what was expected and what came; secrets are never shown
 */
export function readConfig(environment: Environment): Config {
  const problems: ConfigurationProblem[] = [];
  const raw = gather(environment, problems);
  const parsed = configSchema.safeParse(raw);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const variable = String(issue.path[0]);
      if (problems.some((problem) => problem.variable === `${variable}_FILE`)) continue;
      const expected = raw[variable] === undefined ? `${issue.message} (it is required)` : issue.message;
      problems.push({ variable, expected, received: describe(variable, raw[variable]) });
    }
    throw new InvalidConfiguration(problems);
  }
  const values = parsed.data;
  const credentials = jiraCredentials(values, problems);
  const registration = otherUser('REGISTRATION', values, problems);
  const retention = otherUser('RETENTION', values, problems);
  const connector = connectorAccess(values, problems);
  const gateway = jiraGateway(values, problems);
  const relay = relayConfig(values, problems);
  if (problems.length > 0) throw new InvalidConfiguration(problems);
  return {
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.PUBLIC_URL,
    dataverse: {
      url: values.DATAVERSE_URL,
      tenantId: values.DATAVERSE_TENANT_ID,
      clientId: values.DATAVERSE_CLIENT_ID,
      clientSecret: values.DATAVERSE_CLIENT_SECRET,
      tokenUrl: values.TOKEN_URL ?? `https://login.microsoftonline.com/${values.DATAVERSE_TENANT_ID}/oauth2/v2.0/token`,
      registration,
      retention,
      stepKeys: currentAndPrevious(values.DATAVERSE_STEP_KEY, values.DATAVERSE_STEP_KEY_PREVIOUS),
    },
    jira: {
      url: values.JIRA_URL,
      deployment: values.JIRA_DEPLOYMENT,
      credentials,
      gateway,
      webhookSecrets: currentAndPrevious(values.JIRA_WEBHOOK_SECRET, values.JIRA_WEBHOOK_SECRET_PREVIOUS),
      connections: values.JIRA_CONNECTIONS,
    },
    tempo: values.TEMPO_TOKEN === undefined ? null : { url: values.TEMPO_URL, token: values.TEMPO_TOKEN },
    inbound: values.INBOUND,
    connectionId: values.CONNECTION_ID,
    recordUrl: values.RECORD_URL ?? `${values.DATAVERSE_URL}/main.aspx?etn=opportunity&pagetype=entityrecord&id=`,
    store:
      values.DATABASE_URL === undefined
        ? { kind: 'sqlite', file: values.STORE_FILE }
        : { kind: 'postgres', databaseUrl: values.DATABASE_URL },
    archive: archiveOf(values),
    environment: values.ENVIRONMENT,
    runsMaintenance: values.MAINTENANCE,
    connector,
    relay,
    registerSteps: values.REGISTER_STEPS,
    logLevel: values.LOG_LEVEL,
    workers: values.WORKERS,
    pollIntervalMs: values.POLL_INTERVAL_MS,
    requestTimeoutMs: values.REQUEST_TIMEOUT_MS,
    metricsToken: values.METRICS_TOKEN ?? null,
    expiries: {
      jiraToken: values.JIRA_TOKEN_EXPIRES_ON ?? null,
      dataverseSecret: values.DATAVERSE_SECRET_EXPIRES_ON ?? null,
    },
  };
}
