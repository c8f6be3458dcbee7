import type { Logger } from 'pino';
import type { DataverseReader } from '../../clients/dataverse/reader';
import { createSentryHttp } from '../../clients/sentry/sentry-http';
import { createSentryOrganization, type SentryOrganization } from '../../clients/sentry/sentry-organization';
import { classifyError } from '../../platform/errors/classify-error';
import { IntegrationError } from '../../platform/errors/integration-error';
import type { ConnectionSecrets } from '../credentials/connection-secret';
import { connectionSignIn } from '../credentials/connection-sign-in';
import type { SharedParts } from '../jira/open-jira-connection';
import { openedConnections } from '../opened-connections';
import { testOnce } from '../providers/test-once';
import type { Provider, TestResult } from '../providers/provider';
import { createSentryProvider, type SentryFound } from '../providers/sentry-provider';
import { readSentryRows, type SentryConnectionRow, sentrySettings } from './sentry-rows';

/** An organization of Sentry as it is connected. */
export interface SentryConnection {
  /** Of the row of `crmjira_integration`, in lower case. */
  readonly id: string;
  readonly name: string;
  /** Host and port of its address. */
  readonly host: string;
  readonly organization: SentryOrganization;
  /** Minutes between two polls, and errors a project that a poll reads; null: as the service is used to. */
  readonly syncIntervalMinutes: number | null;
  readonly issueLimit: number | null;
  readonly provider: Provider<SentryFound>;
  /** Client secrets that sign its webhooks; none: nothing is taken from it. */
  readonly webhookSecrets: () => readonly string[];
  close(): Promise<void>;
}

/** A connection with what is looked up again from time to time. */
interface OpenConnection extends SentryConnection {
  /** Looks up the client secrets, which are exchanged while the service runs. */
  renew(): Promise<void>;
}

/** The organizations of Sentry that a service works with. */
export interface SentryConnections {
  /** Those that can be used, as the rows were last read. */
  all(): readonly SentryConnection[];
  /** Active ones that cannot be used, and why. */
  broken(): readonly { readonly id: string; readonly name: string; readonly error: IntegrationError }[];
  known(id: string): SentryConnection | undefined;
  /** One that was not known a moment ago is looked for first. @throws IntegrationError `sentry-connection` */
  of(id: string): Promise<SentryConnection>;
  /** With its row and its secret as they are now, whether it is active or not; null: there is no such connection. */
  test(id: string): Promise<{
    readonly id: string;
    readonly host: string;
    readonly result: TestResult<SentryFound>;
  } | null>;
  /** Reads the rows again. @throws IntegrationError */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

export interface SentryConnectionsOptions {
  readonly shared: Pick<SharedParts, 'limits' | 'egress' | 'pauses' | 'now' | 'redact'>;
  readonly dataverse: DataverseReader;
  readonly secretOf: Pick<ConnectionSecrets, 'forget'> & ((connectionId: string, name: string) => Promise<string>);
  /** Stands before every write: an environment that may not write to Jira changes nothing in Sentry either (R-2302). */
  readonly guardWrite: () => Promise<void>;
  readonly logger: Pick<Logger, 'warn'>;
}

function brokenBy(row: SentryConnectionRow, error: IntegrationError): IntegrationError {
  if (error.errorClass === 'transient' || error.code === 'sentry-connection') return error;
  return new IntegrationError(`The Sentry connection "${row.name}" cannot be used: ${error.message}`, {
    code: 'sentry-connection',
    errorClass: 'configuration',
    connectionId: row.id,
    cause: error,
  });
}

const notThere = (id: string): IntegrationError =>
  new IntegrationError('The Sentry connection of this error is not active or was deleted. Activate it.', {
    code: 'sentry-connection',
    errorClass: 'configuration',
    connectionId: id,
  });

/** None is known before the first `refresh`. */
export function createSentryConnections(options: SentryConnectionsOptions): SentryConnections {
  const { shared, dataverse, secretOf, guardWrite } = options;
  const clock = (): number => shared.now().getTime();

  async function connectionOf(row: SentryConnectionRow): Promise<OpenConnection> {
    const { url, organization: slug, secretName } = sentrySettings(row);
    const credentials = await connectionSignIn(
      async () => ({ kind: 'bearer' as const, pat: await secretOf(row.id, secretName) }),
      () => secretOf.forget(row.id, secretName),
      clock,
    );
    const http = createSentryHttp({
      connectionId: row.id,
      isOfRow: true,
      url,
      credentials,
      timeoutMs: () => shared.limits().timeoutMs,
      clock: shared.pauses,
      guard: shared.egress.of(url, `the Sentry connection "${row.name}"`),
      guardWrite,
      redact: shared.redact,
      now: clock,
    });
    const organization = createSentryOrganization(http, slug);
    let secrets: readonly string[] = [];
    return {
      id: row.id,
      name: row.name,
      host: new URL(url).host,
      organization,
      syncIntervalMinutes: row.syncIntervalMinutes,
      issueLimit: row.issueLimit,
      provider: createSentryProvider(organization),
      webhookSecrets: () => secrets,
      renew: async () => {
        secrets = await Promise.all(row.webhookSecretNames.map((name) => secretOf(row.id, name)));
      },
      close: () => http.close(),
    };
  }

  const opened = openedConnections(connectionOf, brokenBy, options.logger);
  const usable = (): readonly OpenConnection[] =>
    opened.all().flatMap(({ connection }) => (connection === null ? [] : [connection]));
  let reading: Promise<void> | null = null;

  async function read(): Promise<void> {
    const rows = await readSentryRows(dataverse);
    await opened.replace(rows.filter(({ isActive }) => isActive));
    for (const connection of usable())
      // Without its client secret it is polled all the same.
      await connection.renew().catch((error: unknown) => {
        const reason = classifyError(error).message;
        options.logger.warn({ connection: connection.id, reason }, 'client secret of Sentry not read');
      });
  }
  const refresh = (): Promise<void> => (reading ??= read().finally(() => (reading = null)));
  const known = (id: string): SentryConnection | undefined => opened.get(id.toLowerCase())?.connection ?? undefined;

  async function testRow(row: SentryConnectionRow): Promise<TestResult<SentryFound>> {
    if (row.secretName !== null) secretOf.forget(row.id, row.secretName);
    return testOnce<SentryFound, OpenConnection>(() => connectionOf(row), opened.retire);
  }

  return {
    all: usable,
    broken: () =>
      opened.all().flatMap(({ row, error }) => (error === null ? [] : [{ id: row.id, name: row.name, error }])),
    known,
    of: async (id) => {
      const found = known(id);
      if (found !== undefined) return found;
      await refresh();
      const after = known(id);
      if (after !== undefined) return after;
      throw opened.get(id.toLowerCase())?.error ?? notThere(id.toLowerCase());
    },
    test: async (id) => {
      const row = (await readSentryRows(dataverse)).find((one) => one.id === id.toLowerCase());
      if (row === undefined) return null;
      return { id: row.id, host: URL.parse(row.url ?? '')?.host ?? '', result: await testRow(row) };
    },
    refresh,
    close: opened.close,
  };
}
