import { z } from 'zod';
import { verifications } from './webhook-verification';
import { httpUrl } from './http-url';
import { defaultRegions } from './residency';
import { vaultAddress } from '../secrets/secret-reference';
import { serviceKeyForm, serviceKeyFrom } from './service-key-text';

const guid = z.guid('a GUID').transform((value) => value.toLowerCase());
const port = z.coerce
  .number('a port between 0 and 65535')
  .int('a port between 0 and 65535')
  .min(0, 'a port between 0 and 65535')
  .max(65535, 'a port between 0 and 65535');
const flag = z.enum(['true', 'false'], 'true or false').transform((value) => value === 'true');
const list = z
  .string()
  .transform((value) => value.split(',').map((each) => each.trim()))
  .pipe(z.array(z.string().min(1, 'names separated by commas')).min(1));
const tlsVersion = z.enum(['1.2', '1.3'], '1.3, or 1.2 where the other side offers no more');
const perMinute = 'a whole number of at least 1';
const workers = 'a whole number between 1 and 64';
const calls = 'a whole number of at least 10';
const connections = 'a whole number between 1 and 100';
const share = 'a share between 0 and 1';
const cacheMegabytes = 'megabytes, a whole number between 1 and 4096';
const megabytes = 'megabytes, a whole number of at least 1';
const milliseconds = 'milliseconds, a whole number of at least 100';

/**
 * Shortest secret accepted for verifying what comes in, in characters. Shorter ones can be guessed from one recorded delivery.
 */
const leastSecretLength = 16;
const secret = z.string('a secret').min(1, 'a secret');
const sharedSecret = z
  .string(`a secret of at least ${leastSecretLength} characters`)
  .min(leastSecretLength, `a secret of at least ${leastSecretLength} characters`);

const serviceKey = z.string(serviceKeyForm).refine((text) => serviceKeyFrom(text) !== null, serviceKeyForm);

/** Every environment variable the service reads, with what it must look like. Messages complete "expected …". */
export const configSchema = z.object({
  PORT: port.default(4030),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: httpUrl,
  DATAVERSE_URL: httpUrl,
  DATAVERSE_TENANT_ID: guid,
  DATAVERSE_CLIENT_ID: guid,
  DATAVERSE_CLIENT_SECRET: secret,
  /** Address of the token endpoint where it is not `login.microsoftonline.com`. */
  TOKEN_URL: httpUrl.optional(),
  /** Application user that may customize, for registering steps; by default the service's own. */
  REGISTRATION_CLIENT_ID: guid.optional(),
  REGISTRATION_CLIENT_SECRET: secret.optional(),
  DATAVERSE_STEP_KEY: sharedSecret,
  DATAVERSE_STEP_KEY_PREVIOUS: sharedSecret.optional(),
  JIRA_URL: httpUrl,
  /** auto: the credentials say, and the site's serverInfo is checked against them. */
  JIRA_DEPLOYMENT: z.enum(['auto', 'cloud', 'dc', 'server'], 'auto, cloud, dc or server').default('auto'),
  JIRA_EMAIL: z.email('an e-mail address').optional(),
  JIRA_API_TOKEN: secret.optional(),
  JIRA_PAT: secret.optional(),
  /** Only for a Server that is too old for personal access tokens. */
  /** Data Center only: user and password that follow a refused personal access token; off unless asked for (R-1404). */
  JIRA_CREDENTIAL_FALLBACK: flag.default(false),
  JIRA_USER: z
    .string()
    .regex(/^[^:]+$/, 'a name without a colon')
    .optional(),
  JIRA_PASSWORD: secret.optional(),
  /** Forward gateway before Jira, and what makes it known to us and us to it (PEM). */
  JIRA_GATEWAY_URL: httpUrl.optional(),
  JIRA_GATEWAY_CA: secret.optional(),
  JIRA_GATEWAY_CERTIFICATE: secret.optional(),
  JIRA_GATEWAY_KEY: secret.optional(),
  /** TLS to Jira itself (R-1215): who signs it, and the client certificate it asks for (PEM). */
  JIRA_CA: secret.optional(),
  JIRA_CERTIFICATE: secret.optional(),
  JIRA_KEY: secret.optional(),
  JIRA_TLS_MIN_VERSION: tlsVersion.default('1.3'),
  JIRA_CONNECTIONS: z.coerce.number(connections).int(connections).min(1, connections).max(100, connections).default(16),
  /** Calls to Jira a minute that something on the way lets through, e.g. 500 of the data gateway. */
  JIRA_CALLS_PER_MINUTE: z.coerce.number(calls).int(calls).min(10, calls).optional(),
  JIRA_WEBHOOK_SECRET: sharedSecret,
  JIRA_WEBHOOK_SECRET_PREVIOUS: sharedSecret.optional(),
  /** How the sender of Jira's events shows that secret; url and bearer are for senders that cannot sign. */
  JIRA_WEBHOOK_VERIFICATION: z.enum(verifications, 'signature, bearer or url').default('signature'),
  /** Tempo Cloud 4, where crmjira_BudgetSource is tempo-cloud. */
  TEMPO_URL: httpUrl.default('https://api.tempo.io'),
  TEMPO_TOKEN: secret.optional(),
  /** The OAuth 2.0 (3LO) app by which people sign in with Atlassian (R-1822); without one they cannot. */
  ATLASSIAN_CLIENT_ID: z.string().min(1).max(200).optional(),
  ATLASSIAN_CLIENT_SECRET: secret.optional(),
  ATLASSIAN_AUTH_URL: httpUrl.default('https://auth.atlassian.com'),
  ATLASSIAN_API_URL: httpUrl.default('https://api.atlassian.com'),
  /** none: neither Jira nor Dataverse can reach the service; both are polled (ADR-13 c). */
  INBOUND: z.enum(['direct', 'none'], 'direct or none').default('direct'),
  CONNECTION_ID: guid,
  /** Address of the Opportunity form up to its id, for links in mails, where it is not the environment's own. */
  RECORD_URL: z
    .url({ protocol: /^https?$/, error: 'an http or https address', abort: true })
    .refine((value) => new URL(value).password === '', 'an address without a password')
    .optional(),
  /** Not on this machine: with `sslmode=verify-full`. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'an address that starts with postgres://' }).optional(),
  STORE_FILE: z.string().min(1).default('proxy.sqlite'),
  /** Largest size of that file; beyond it deliveries are refused with 503, as on a full disk. */
  STORE_MAX_MB: z.coerce.number(megabytes).int(megabytes).min(1, megabytes).optional(),
  /** Long-term storage where there is no DATABASE_URL; by default beside STORE_FILE. */
  ARCHIVE_FILE: z.string().min(1).optional(),
  /** What the environment is for: test records are never removed from production (R-1503). */
  ENVIRONMENT: z.enum(['production', 'qa', 'dev'], 'production, qa or dev').default('production'),
  /** Whether the service runs the maintenance plan by itself; false where a scheduler of yours runs the commands. */
  MAINTENANCE: flag.default(true),
  /** Application user that alone may remove archived log rows from Dataverse; without it they are archived and left. */
  RETENTION_CLIENT_ID: guid.optional(),
  RETENTION_CLIENT_SECRET: secret.optional(),
  /** The connector API for cloud flows; off unless asked for. */
  CONNECTOR_ENABLED: flag.default(false),
  CONNECTOR_USER: z
    .string()
    .regex(/^[^:]+$/, 'a name without a colon')
    .default('crm-jira-gateway'),
  CONNECTOR_PASSWORD: sharedSecret.optional(),
  CONNECTOR_PASSWORD_PREVIOUS: sharedSecret.optional(),
  CONNECTOR_API_KEY: sharedSecret.optional(),
  CONNECTOR_API_KEY_PREVIOUS: sharedSecret.optional(),
  /** Entra tokens at the connector API; issuer and keys are those of the relay. */
  CONNECTOR_AUDIENCE: list.optional(),
  /** App roles of which a token needs one: whoever has any token of the tenant must not act with the service's rights (F-309). */
  CONNECTOR_ROLES: list.default(['Connector.Use']),
  /** Requests per minute and caller. */
  CONNECTOR_PER_MINUTE: z.coerce.number(perMinute).int(perMinute).min(1, perMinute).default(500),
  /** The API for other clients, in a person's name (R-1801); off unless asked for. Issuer and keys of its tokens are those of the relay. */
  API_ENABLED: flag.default(false),
  API_AUDIENCE: list.optional(),
  API_SCOPES: list.default(['access_as_user']),
  /** Requests per minute and person (R-1813). */
  API_PER_MINUTE: z.coerce.number(perMinute).int(perMinute).min(1, perMinute).default(120),
  REGISTER_STEPS: flag.default(false),
  LOG_LEVEL: z
    .enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      'trace, debug, info, warn, error, fatal or silent',
    )
    .default('info'),
  /** 20 in parallel; divide it among replicas. */
  WORKERS: z.coerce.number(workers).int(workers).min(1, workers).max(64, workers).default(20),
  /** Memory for what is remembered of Jira, so that it does not grow with the portfolio. */
  CACHE_MB: z.coerce
    .number(cacheMegabytes)
    .int(cacheMegabytes)
    .min(1, cacheMegabytes)
    .max(4_096, cacheMegabytes)
    .default(32),
  /** Encrypts the secrets of connections at rest and opens what browsers have sealed (ADR-18, ADR-23). */
  SECRETS_KEY: serviceKey.optional(),
  /** Still read while it is exchanged. */
  SECRETS_KEY_PREVIOUS: serviceKey.optional(),
  /** Directory with the secrets that connections name as `file:<connection id>…` (ADR-18). */
  CONNECTION_SECRETS_DIR: z.string().min(1).optional(),
  /** Key vault with the secrets that connections name as `vault:crmjira-<connection id>…` (ADR-18). */
  CONNECTION_SECRETS_VAULT: z
    .string()
    .transform(vaultAddress)
    .refine((vault) => vault !== null, 'the address of a key vault, https://<vault>.vault.azure.net')
    .optional(),
  /** How often files and vault are looked at for other secrets (R-1218). */
  SECRETS_INTERVAL_MS: z.coerce.number(milliseconds).int(milliseconds).min(100, milliseconds).default(60_000),
  POLL_INTERVAL_MS: z.coerce.number(milliseconds).int(milliseconds).min(100, milliseconds).default(60_000),
  /** The relay for the custom connector: off unless switched on, and never open without a check. */
  RELAY_ENABLED: flag.default(false),
  /** Audiences of its tokens: application ID URI and client id of its app registration. */
  RELAY_AUDIENCE: list.optional(),
  RELAY_ISSUER: z.string().min(1).optional(),
  RELAY_KEYS_URL: httpUrl.optional(),
  RELAY_ROLES: list.default(['Relay.Use']),
  RELAY_BASIC_USER: z
    .string()
    .regex(/^[^:]+$/, 'a name without a colon')
    .optional(),
  RELAY_BASIC_PASSWORD: sharedSecret.optional(),
  RELAY_BASIC_PASSWORD_PREVIOUS: sharedSecret.optional(),
  RELAY_PER_MINUTE: z.coerce.number(perMinute).int(perMinute).min(1, perMinute).default(500),
  /** Names in client certificates that may use the relay; signed by TLS_CLIENT_CA. */
  RELAY_CERTIFICATE_NAMES: list.optional(),
  /** TLS served by this service itself, where no reverse proxy does it (PEM). */
  TLS_CERTIFICATE: secret.optional(),
  TLS_KEY: secret.optional(),
  TLS_CLIENT_CA: secret.optional(),
  TLS_CLIENT_REQUIRED: flag.default(false),
  TLS_MIN_VERSION: tlsVersion.default('1.3'),
  /** Registration of the on-premises data gateway, for `crmjira doctor`. */
  GATEWAY_SETTINGS_FILE: z.string().min(1).optional(),
  /** Checks of `crmjira doctor` that do not apply here, by their ids, e.g. `connection-references` where no flow is used. */
  DOCTOR_SKIPS: list.optional(),
  /** Bearer token of `/metrics`; without one only this machine may read it. */
  METRICS_TOKEN: sharedSecret.optional(),
  METRICS_TOKEN_PREVIOUS: sharedSecret.optional(),
  /** Days on which credentials end that no interface tells us of, e.g. `2027-01-31` (R-1106). */
  JIRA_TOKEN_EXPIRES_ON: z.iso.date('a day such as 2027-01-31').optional(),
  DATAVERSE_SECRET_EXPIRES_ON: z.iso.date('a day such as 2027-01-31').optional(),
  /** OpenTelemetry: address of an OTLP collector; no traces without it (R-1109). */
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  OTEL_EXPORTER_OTLP_HEADERS: secret.optional(),
  OTEL_SERVICE_NAME: z.string().min(1).default('crmjira-proxy'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number(share).min(0, share).max(1, share).default(1),
  /** User-assigned managed identity that reads the key vault. */
  AZURE_CLIENT_ID: guid.optional(),
  /** Hosts that may be called besides Dataverse in Canada and its sign-in, e.g. `acme.atlassian.net`; no others then; a port other than 443 with it (R-1212). */
  APPROVED_HOSTS: list.optional(),
  /** Hosts on private networks that may be called besides those of the variables above, e.g. `soap.acme.local:8443`. */
  ALLOWED_PRIVATE_HOSTS: list.optional(),
  /** Azure regions that the service may run in (R-1221). */
  ALLOWED_REGIONS: list.default([...defaultRegions]),
  /** Set by Azure: where the service runs. */
  CONTAINER_APP_ENV_DNS_SUFFIX: z.string().optional(),
  REGION_NAME: z.string().optional(),
  REQUEST_TIMEOUT_MS: z.coerce.number(milliseconds).int(milliseconds).min(100, milliseconds).default(30_000),
});

/** Variables that may also be given as `<NAME>_FILE` and are never printed. */
export const secretNames = [
  'DATAVERSE_CLIENT_SECRET',
  'REGISTRATION_CLIENT_SECRET',
  'RETENTION_CLIENT_SECRET',
  'DATAVERSE_STEP_KEY',
  'DATAVERSE_STEP_KEY_PREVIOUS',
  'JIRA_API_TOKEN',
  'JIRA_PAT',
  'JIRA_PASSWORD',
  'TEMPO_TOKEN',
  'ATLASSIAN_CLIENT_SECRET',
  'JIRA_WEBHOOK_SECRET',
  'JIRA_WEBHOOK_SECRET_PREVIOUS',
  'CONNECTOR_PASSWORD',
  'CONNECTOR_PASSWORD_PREVIOUS',
  'CONNECTOR_API_KEY',
  'CONNECTOR_API_KEY_PREVIOUS',
  'SECRETS_KEY',
  'SECRETS_KEY_PREVIOUS',
  'DATABASE_URL',
  'JIRA_GATEWAY_CA',
  'JIRA_GATEWAY_CERTIFICATE',
  'JIRA_GATEWAY_KEY',
  'JIRA_CA',
  'JIRA_CERTIFICATE',
  'JIRA_KEY',
  'TLS_CERTIFICATE',
  'TLS_KEY',
  'TLS_CLIENT_CA',
  'RELAY_BASIC_PASSWORD',
  'RELAY_BASIC_PASSWORD_PREVIOUS',
  'METRICS_TOKEN',
  'METRICS_TOKEN_PREVIOUS',
  'OTEL_EXPORTER_OTLP_HEADERS',
] as const;
