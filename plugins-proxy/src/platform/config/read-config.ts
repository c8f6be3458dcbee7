import type { z } from 'zod';
import { type AtlassianConfig, atlassianConfig } from './atlassian-config';
import type { ConnectorAccess } from './connector-access';
import { configSchema, secretNames } from './config-schema';
import { type JiraCredentials, jiraFallback, jiraSignIn, signInVariables } from './jira-credentials';
import { type ApiAccess, apiAccess } from './api-access';
import { connectorAccess } from './connector-access';
import { type JiraGateway, jiraGateway } from './jira-gateway';
import { type JiraTls, jiraTls, type ServerTls, serverTls } from '../tls/tls-config';
import { type RelayConfig, relayConfig } from './relay-config';
import { type TracingConfig, tracingConfig } from '../tracing/tracing-config';
import { type ConfigurationProblem, InvalidConfiguration } from './invalid-configuration';
import { withoutUser } from './http-url';
import { type OutgoingAddress, regionOf, type Residency, residencyProblems, toldProblems } from './residency';
import { type Environment, readSecret, UnreadableSecretFile } from './read-secret';

type Variables = z.output<typeof configSchema>;

/** The validated configuration, read once at start and passed on from there. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Null = plain HTTP, behind a reverse proxy or on this machine alone. */
  readonly tls: ServerTls | null;
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
    /** What the credentials say; what the site itself says is checked against it. */
    readonly deployment: 'cloud' | 'dc';
    readonly credentials: JiraCredentials;
    /** Follows a refused credential that cannot be renewed; null = nothing does, the default (R-1404). */
    readonly fallback: JiraCredentials | null;
    /** Null = Jira is reached directly. */
    readonly gateway: JiraGateway | null;
    readonly tls: JiraTls;
    readonly webhookSecrets: readonly [string, ...string[]];
    readonly webhookVerification: Variables['JIRA_WEBHOOK_VERIFICATION'];
    /** Connections to the site, and so requests at one time. */
    readonly connections: number;
    /** null: as many as come */
    readonly callsPerMinute: number | null;
  };
  /** null: not configured */
  readonly tempo: { readonly url: string; readonly token: string } | null;
  /** null: people cannot sign in with Atlassian */
  readonly atlassian: AtlassianConfig | null;
  readonly inbound: 'direct' | 'none';
  readonly connectionId: string;
  /** Address of the Opportunity form up to its id; mails link to it. */
  readonly recordUrl: string;
  readonly store:
    | { readonly kind: 'postgres'; readonly databaseUrl: string }
    | {
        readonly kind: 'sqlite';
        readonly file: string;
        /** Null = as large as the disk. */
        readonly maximumBytes: number | null;
      };
  /** Where archived rows and the records of maintenance lie for years. */
  readonly archive:
    | { readonly kind: 'postgres'; readonly databaseUrl: string }
    | { readonly kind: 'sqlite'; readonly file: string };
  readonly environment: Variables['ENVIRONMENT'];
  /** Whether the service runs the maintenance plan by itself. */
  readonly runsMaintenance: boolean;
  /** Who may call the connector API; null = it is off. */
  readonly connector: ConnectorAccess | null;
  /** Who may call the API for other clients; null = it is off. */
  readonly api: ApiAccess | null;
  /** Null = the relay is off. */
  readonly relay: RelayConfig | null;
  /** null: no on-premises data gateway is looked at */
  readonly gatewaySettingsFile: string | null;
  /** Ids of the doctor's checks that do not apply here. */
  readonly doctorSkips: readonly string[];
  /** Null = no traces are made. */
  readonly tracing: TracingConfig | null;
  readonly residency: Residency;
  readonly registerSteps: boolean;
  readonly logLevel: Variables['LOG_LEVEL'];
  readonly workers: number;
  /** Most memory for what is remembered of Jira, about. */
  readonly cacheBytes: number;
  /** How often files and vault are looked at for other secrets. */
  readonly secretsIntervalMs: number;
  readonly pollIntervalMs: number;
  readonly requestTimeoutMs: number;
  /** Variables that somebody has set here and that Dynamics has a setting for as well: they win over it. */
  readonly setHere: ReadonlySet<SharedVariable>;
  /** Keys of stored secrets: the current one first, then the one it replaces; none: there can be no stored secrets. */
  readonly secretsKeys: readonly string[];
  /** Where secrets of connections lie besides rows; null = nowhere. */
  readonly connectionSecrets: { readonly directory: string | null; readonly vault: string | null };
  /** The current token first, then the one it replaces; none: `/metrics` answers this machine only. */
  readonly metricsTokens: readonly string[];
  /** Last days of credentials, `YYYY-MM-DD`; null where nobody said. */
  readonly expiries: { readonly jiraToken: string | null; readonly dataverseSecret: string | null };
}

/** Variables of the service for which the solution has an environment variable too (D-10). */
export const sharedVariables = {
  WORKERS: 'crmjira_DegreeOfParallelism',
  REQUEST_TIMEOUT_MS: 'crmjira_ConnectionTimeoutSeconds',
  JIRA_CONNECTIONS: 'crmjira_MaxConnections',
  JIRA_CALLS_PER_MINUTE: 'crmjira_GatewayRequestsPerMinute',
  JIRA_DEPLOYMENT: 'crmjira_JiraDeployment',
} as const;
export type SharedVariable = keyof typeof sharedVariables;

/** `auto` leaves it open, so that it is as good as not set. */
function setHere(raw: Readonly<Record<string, string | undefined>>): ReadonlySet<SharedVariable> {
  // Object.keys forgets the names that the literal has.
  const names = Object.keys(sharedVariables) as SharedVariable[];
  return new Set(names.filter((name) => raw[name] !== undefined && raw[name] !== 'auto'));
}

const bytesPerMegabyte = 1_048_576;

const isSecret = (name: string): boolean => (secretNames as readonly string[]).includes(name);

function describe(name: string, value: string | undefined): string {
  if (value === undefined || value === '') return 'nothing';
  return isSecret(name) ? 'a value that is not shown' : `"${withoutUser(value)}"`;
}

function collect(environment: Environment, problems: ConfigurationProblem[]): Record<string, string | undefined> {
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

/** Every address that this configuration makes the service call, the key vault apart, whose host is fixed. */
function outgoingAddresses(values: Variables): readonly OutgoingAddress[] {
  const named = {
    DATAVERSE_URL: values.DATAVERSE_URL,
    TOKEN_URL: values.TOKEN_URL,
    JIRA_URL: values.JIRA_URL,
    TEMPO_URL: values.TEMPO_TOKEN === undefined ? undefined : values.TEMPO_URL,
    ATLASSIAN_AUTH_URL: values.ATLASSIAN_CLIENT_ID === undefined ? undefined : values.ATLASSIAN_AUTH_URL,
    ATLASSIAN_API_URL: values.ATLASSIAN_CLIENT_ID === undefined ? undefined : values.ATLASSIAN_API_URL,
    RELAY_KEYS_URL: values.RELAY_KEYS_URL,
    JIRA_GATEWAY_URL: values.JIRA_GATEWAY_URL,
    DATABASE_URL: values.DATABASE_URL,
    OTEL_EXPORTER_OTLP_ENDPOINT: values.OTEL_EXPORTER_OTLP_ENDPOINT,
  };
  return Object.entries(named).flatMap(([variable, url]) =>
    url === undefined ? [] : [{ variable, url, isTunnel: variable === 'JIRA_GATEWAY_URL' }],
  );
}

/** Addresses that are told to others: to Jira and Dataverse, and to the readers of mails. */
function toldAddresses({ PUBLIC_URL, RECORD_URL }: Variables): readonly OutgoingAddress[] {
  const told = [{ variable: 'PUBLIC_URL', url: PUBLIC_URL }];
  return RECORD_URL === undefined ? told : [...told, { variable: 'RECORD_URL', url: RECORD_URL }];
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
  const raw = collect(environment, problems);
  const parsed = configSchema.safeParse(raw);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const variable = String(issue.path[0]);
      if (problems.some((problem) => problem.variable === `${variable}_FILE`)) continue;
      const expected = raw[variable] === undefined ? `${issue.message} (it is required)` : issue.message;
      problems.push({ variable, expected, received: describe(variable, raw[variable]) });
    }
    // Told at once with the others, not after the next try.
    const signIn = configSchema.pick(signInVariables).safeParse(raw);
    if (signIn.success) jiraSignIn(signIn.data, problems);
    throw new InvalidConfiguration(problems);
  }
  const values = parsed.data;
  const { credentials, deployment } = jiraSignIn(values, problems);
  const fallback = jiraFallback(values, deployment, problems);
  const registration = otherUser('REGISTRATION', values, problems);
  const retention = otherUser('RETENTION', values, problems);
  const connector = connectorAccess(values, problems);
  const api = apiAccess(values, problems);
  const gateway = jiraGateway(values, problems);
  const relay = relayConfig(values, problems);
  const tls = serverTls(values, problems);
  const tlsToJira = jiraTls(values, problems);
  const tracing = tracingConfig(values, problems);
  const atlassian = atlassianConfig(values, problems);
  const residency = {
    region: regionOf(values),
    approvedHosts: values.APPROVED_HOSTS ?? null,
    privateHosts: values.ALLOWED_PRIVATE_HOSTS ?? [],
  };
  const named = new Set(problems.map(({ variable }) => variable));
  problems.push(...toldProblems(toldAddresses(values)).filter(({ variable }) => !named.has(variable)));
  problems.push(...residencyProblems(residency, values.ALLOWED_REGIONS, outgoingAddresses(values)));
  if (problems.length > 0) throw new InvalidConfiguration(problems);
  return {
    port: values.PORT,
    host: values.HOST,
    tls,
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
      deployment,
      credentials,
      fallback,
      gateway,
      tls: tlsToJira,
      webhookSecrets: currentAndPrevious(values.JIRA_WEBHOOK_SECRET, values.JIRA_WEBHOOK_SECRET_PREVIOUS),
      webhookVerification: values.JIRA_WEBHOOK_VERIFICATION,
      connections: values.JIRA_CONNECTIONS,
      callsPerMinute: values.JIRA_CALLS_PER_MINUTE ?? null,
    },
    tempo: values.TEMPO_TOKEN === undefined ? null : { url: values.TEMPO_URL, token: values.TEMPO_TOKEN },
    atlassian,
    inbound: values.INBOUND,
    connectionId: values.CONNECTION_ID,
    recordUrl: values.RECORD_URL ?? `${values.DATAVERSE_URL}/main.aspx?etn=opportunity&pagetype=entityrecord&id=`,
    store:
      values.DATABASE_URL === undefined
        ? {
            kind: 'sqlite',
            file: values.STORE_FILE,
            maximumBytes: values.STORE_MAX_MB === undefined ? null : values.STORE_MAX_MB * bytesPerMegabyte,
          }
        : { kind: 'postgres', databaseUrl: values.DATABASE_URL },
    archive: archiveOf(values),
    environment: values.ENVIRONMENT,
    runsMaintenance: values.MAINTENANCE,
    connector,
    api,
    relay,
    gatewaySettingsFile: values.GATEWAY_SETTINGS_FILE ?? null,
    doctorSkips: values.DOCTOR_SKIPS ?? [],
    tracing,
    residency,
    registerSteps: values.REGISTER_STEPS,
    logLevel: values.LOG_LEVEL,
    workers: values.WORKERS,
    cacheBytes: values.CACHE_MB * bytesPerMegabyte,
    secretsIntervalMs: values.SECRETS_INTERVAL_MS,
    pollIntervalMs: values.POLL_INTERVAL_MS,
    requestTimeoutMs: values.REQUEST_TIMEOUT_MS,
    setHere: setHere(raw),
    secretsKeys:
      values.SECRETS_KEY === undefined ? [] : currentAndPrevious(values.SECRETS_KEY, values.SECRETS_KEY_PREVIOUS),
    connectionSecrets: {
      directory: values.CONNECTION_SECRETS_DIR ?? null,
      vault: values.CONNECTION_SECRETS_VAULT ?? null,
    },
    metricsTokens:
      values.METRICS_TOKEN === undefined ? [] : currentAndPrevious(values.METRICS_TOKEN, values.METRICS_TOKEN_PREVIOUS),
    expiries: {
      jiraToken: values.JIRA_TOKEN_EXPIRES_ON ?? null,
      dataverseSecret: values.DATAVERSE_SECRET_EXPIRES_ON ?? null,
    },
  };
}
