import { z } from 'zod';

const httpUrl = z
  .url({ protocol: /^https?$/, error: 'an http or https address' })
  .transform((value) => value.replace(/\/+$/, ''));
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
const perMinute = 'a whole number of at least 1';
const workers = 'a whole number between 1 and 64';
const connections = 'a whole number between 1 and 100';
const milliseconds = 'milliseconds, a whole number of at least 100';

/**
 * Shortest secret accepted for verifying what comes in, in characters. Shorter ones can be guessed from one recorded delivery.
 */
const leastSecretLength = 16;
const secret = z.string('a secret').min(1, 'a secret');
const sharedSecret = z
  .string(`a secret of at least ${leastSecretLength} characters`)
  .min(leastSecretLength, `a secret of at least ${leastSecretLength} characters`);

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
  JIRA_DEPLOYMENT: z.enum(['cloud', 'dc'], 'cloud or dc').default('cloud'),
  JIRA_EMAIL: z.email('an e-mail address').optional(),
  JIRA_API_TOKEN: secret.optional(),
  JIRA_PAT: secret.optional(),
  /** Forward gateway before Jira, and what makes it known to us and us to it (PEM). */
  JIRA_GATEWAY_URL: httpUrl.optional(),
  JIRA_GATEWAY_CA: secret.optional(),
  JIRA_GATEWAY_CERTIFICATE: secret.optional(),
  JIRA_GATEWAY_KEY: secret.optional(),
  JIRA_CONNECTIONS: z.coerce.number(connections).int(connections).min(1, connections).max(100, connections).default(16),
  JIRA_WEBHOOK_SECRET: sharedSecret,
  JIRA_WEBHOOK_SECRET_PREVIOUS: sharedSecret.optional(),
  /** Tempo Cloud 4, where crmjira_BudgetSource is tempo4. */
  TEMPO_URL: httpUrl.default('https://api.tempo.io'),
  TEMPO_TOKEN: secret.optional(),
  /** none: neither Jira nor Dataverse can reach the service; both are polled (DESIGN decision 13 c). */
  INBOUND: z.enum(['direct', 'none'], 'direct or none').default('direct'),
  CONNECTION_ID: guid,
  /** Address of the Opportunity form up to its id, for links in mails, where it is not the environment's own. */
  RECORD_URL: z.url({ protocol: /^https?$/, error: 'an http or https address' }).optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'an address that starts with postgres://' }).optional(),
  STORE_FILE: z.string().min(1).default('proxy.sqlite'),
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
  REGISTER_STEPS: flag.default(false),
  LOG_LEVEL: z
    .enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      'trace, debug, info, warn, error, fatal or silent',
    )
    .default('info'),
  /** 20 in parallel; divide it among replicas. */
  WORKERS: z.coerce.number(workers).int(workers).min(1, workers).max(64, workers).default(20),
  POLL_INTERVAL_MS: z.coerce.number(milliseconds).int(milliseconds).min(100, milliseconds).default(60_000),
  /** The relay for the custom connector: off unless switched on, and never open without a check. */
  RELAY_ENABLED: flag.default(false),
  /** Audiences of its tokens: application ID URI and client id of its app registration. */
  RELAY_AUDIENCE: list.optional(),
  RELAY_ISSUER: z.string().min(1).optional(),
  RELAY_KEYS_URL: httpUrl.optional(),
  RELAY_ROLES: list.default(['Relay.Use']),
  RELAY_SCOPES: list.default(['user_impersonation']),
  RELAY_BASIC_USER: z
    .string()
    .regex(/^[^:]+$/, 'a name without a colon')
    .optional(),
  RELAY_BASIC_PASSWORD: sharedSecret.optional(),
  RELAY_BASIC_PASSWORD_PREVIOUS: sharedSecret.optional(),
  RELAY_PER_MINUTE: z.coerce.number(perMinute).int(perMinute).min(1, perMinute).default(500),
  /** Bearer token of `/metrics`; without one only this machine may read it. */
  METRICS_TOKEN: sharedSecret.optional(),
  /** Days on which credentials end that no interface tells us of, e.g. `2027-01-31` (R-1106). */
  JIRA_TOKEN_EXPIRES_ON: z.iso.date('a day such as 2027-01-31').optional(),
  DATAVERSE_SECRET_EXPIRES_ON: z.iso.date('a day such as 2027-01-31').optional(),
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
  'TEMPO_TOKEN',
  'JIRA_WEBHOOK_SECRET',
  'JIRA_WEBHOOK_SECRET_PREVIOUS',
  'CONNECTOR_PASSWORD',
  'CONNECTOR_PASSWORD_PREVIOUS',
  'CONNECTOR_API_KEY',
  'CONNECTOR_API_KEY_PREVIOUS',
  'DATABASE_URL',
  'JIRA_GATEWAY_CA',
  'JIRA_GATEWAY_CERTIFICATE',
  'JIRA_GATEWAY_KEY',
  'RELAY_BASIC_PASSWORD',
  'RELAY_BASIC_PASSWORD_PREVIOUS',
  'METRICS_TOKEN',
] as const;
