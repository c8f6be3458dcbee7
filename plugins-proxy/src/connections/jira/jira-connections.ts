import type { ConnectionAddress } from '@crmjira/domain';
import type { Logger } from 'pino';
import type { DataverseReader } from '../../clients/dataverse/reader';
import { IntegrationError } from '../../platform/errors/integration-error';
import type { JiraFound } from '../providers/jira-provider';
import type { TestResult } from '../providers/provider';
import type { ConnectionSecrets } from '../credentials/connection-secret';
import { connectionSignIn } from '../credentials/connection-sign-in';
import { openedConnections } from '../opened-connections';
import { testOnce } from '../providers/test-once';
import { isServedElsewhere, type JiraConnectionRow, readJiraConnectionRows } from './connection-rows';
import { settingsOfRow } from './connection-settings';
import type { JiraConnection } from './jira-connection';
import { type JiraSiteSettings, openJiraConnection, type SharedParts } from './open-jira-connection';
import { lookAgain } from './look-again';
import { siteWebhookSecrets } from './site-webhook-secrets';

/** A connection that is active and cannot be used, and why. */
export interface BrokenConnection {
  readonly id: string;
  readonly name: string;
  readonly error: IntegrationError;
}

/** The Jira sites that a service works with at the same time. */
export interface JiraConnections {
  /** The one that the environment variables describe. */
  readonly first: JiraConnection;
  /** Those that can be used, the first one first, as the rows were last read. */
  all(): readonly JiraConnection[];
  /** Ids of the rows that this service is responsible for: of those that can be used and of those that cannot just now. */
  ids(): readonly string[];
  /** Of every active row, the first one first: also of those that cannot be used, and of sites that another service works with. */
  addresses(): readonly ConnectionAddress[];
  /** Active ones that cannot be used, as the rows were last read. */
  broken(): readonly BrokenConnection[];
  /** Whether the rows were read at least once; before that only the first connection is known. */
  isRead(): boolean;
  /** As last read; undefined where there is none, or it cannot be used. */
  known(id: string): JiraConnection | undefined;
  /**
   * The connection of a record; one that was not known a moment ago is looked for first.
   * @param id '' or null: the record names none, so that the first one is meant
   * @returns null: another service works with that site
   * @throws IntegrationError `jira-connection`
   */
  of(id: string | null): Promise<JiraConnection | null>;
  /**
   * Tests a connection with its row and its secret as they are now, whether it is active or not.
   * @returns null: there is no such Jira connection
   * @throws IntegrationError where Dataverse cannot be read
   */
  test(id: string): Promise<TestedConnection | null>;
  /** What the webhook of a further connection is signed with, as long as it has no secret of its own. */
  derivedWebhookSecrets(id: string): readonly string[];
  /** Reads the rows again: opens what is new, opens anew what has changed, closes what is gone. @throws IntegrationError */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/** What a test of a connection came to. */
export interface TestedConnection {
  readonly id: string;
  /** Of its address; empty where it has none. */
  readonly host: string;
  readonly result: TestResult<JiraFound>;
}

export interface JiraConnectionsOptions {
  readonly shared: SharedParts;
  readonly first: Omit<JiraSiteSettings, 'name'>;
  readonly dataverse: DataverseReader;
  readonly secretOf: Pick<ConnectionSecrets, 'forget'> & ((connectionId: string, name: string) => Promise<string>);
  /** Secrets of the first connection's webhook, from which those of the others are derived. */
  readonly webhookSecrets: () => readonly string[];
  readonly logger: Pick<Logger, 'warn'>;
}

/** Why a connection cannot be used; trouble that passes stays as it is. */
function brokenBy(row: JiraConnectionRow, error: IntegrationError): IntegrationError {
  if (error.errorClass === 'transient' || error.code === 'jira-connection') return error;
  return new IntegrationError(`The Jira connection "${row.name}" cannot be used: ${error.message}`, {
    code: 'jira-connection',
    errorClass: 'configuration',
    connectionId: row.id,
    cause: error,
  });
}

/** Opens the first connection; the others are known after the first `refresh`. */
export function createJiraConnections(options: JiraConnectionsOptions): JiraConnections {
  const { shared, dataverse, secretOf, logger } = options;
  const webhookSecrets = siteWebhookSecrets({ ...options, now: shared.now });
  let firstName = 'Jira';
  const first = openJiraConnection(shared, { ...options.first, name: () => firstName });
  let all: readonly JiraConnection[] = [first];
  let elsewhere: ReadonlyMap<string, JiraConnectionRow> = new Map();
  let reading: Promise<void> | null = null;
  let isRead = false;
  async function connectionOf(row: JiraConnectionRow): Promise<JiraConnection> {
    const settings = settingsOfRow(row);
    const { secretName } = settings;
    const credentials = await connectionSignIn(
      async () => settings.credentialsOf(await secretOf(row.id, secretName)),
      () => secretOf.forget(row.id, secretName),
      () => shared.now().getTime(),
    );
    return openJiraConnection(shared, {
      id: row.id,
      name: () => row.name,
      url: settings.url,
      urlSetting: `the Jira connection "${row.name}"`,
      deployment: settings.deployment,
      said: () => settings.said,
      credentials,
      transport: () => ({}),
      config: settings.config,
      webhook: {
        secrets: () => webhookSecrets.accepted(row.id),
        own: () => webhookSecrets.own(row.id),
        lookAgain: readAgain,
        verification: 'signature',
      },
    });
  }

  const others = openedConnections(connectionOf, brokenBy, logger);

  async function read(): Promise<void> {
    const rows = await readJiraConnectionRows(dataverse);
    firstName = rows.find(({ id }) => id === first.id)?.name ?? firstName;
    const active = rows.filter(({ id, isActive }) => isActive && id !== first.id);
    elsewhere = new Map(active.filter(isServedElsewhere).map((row) => [row.id, row]));
    await others.replace(active.filter((row) => !isServedElsewhere(row)));
    await webhookSecrets.read(others.all().map(({ row }) => row.id));
    all = [first, ...others.all().flatMap(({ connection }) => connection ?? [])];
    isRead = true;
  }

  const refresh = (): Promise<void> => (reading ??= read().finally(() => (reading = null)));
  // What is being read may have begun before the secret came.
  const readAgain = lookAgain(async () => {
    await reading?.catch(() => undefined);
    await refresh();
  }, logger);
  const known = (id: string): JiraConnection | undefined =>
    id.toLowerCase() === first.id ? first : (others.get(id.toLowerCase())?.connection ?? undefined);

  async function testRow(row: JiraConnectionRow): Promise<TestResult<JiraFound>> {
    if (row.secretName !== null) secretOf.forget(row.id, row.secretName);
    return testOnce<JiraFound, JiraConnection>(() => connectionOf(row), others.retire);
  }

  return {
    first,
    test: async (id) => {
      const hostOf = (url: string | null): string => URL.parse(url ?? '')?.host ?? '';
      if (id.toLowerCase() === first.id)
        return { id: first.id, host: hostOf(first.site.url), result: await first.provider.test() };
      const row = (await readJiraConnectionRows(dataverse)).find((one) => one.id === id.toLowerCase());
      return row === undefined ? null : { id: row.id, host: hostOf(row.url), result: await testRow(row) };
    },
    all: () => all,
    ids: () => [first.id, ...others.all().map(({ row }) => row.id)],
    addresses: () => [
      { id: first.id, url: first.site.url },
      ...[...others.all().map(({ row }) => row), ...elsewhere.values()].map(({ id, url }) => ({ id, url })),
    ],
    broken: () =>
      others.all().flatMap(({ row, error }) => (error === null ? [] : [{ id: row.id, name: row.name, error }])),
    isRead: () => isRead,
    known,
    of: async (id) => {
      if (id === null || id === '') return first;
      const found = known(id);
      if (found !== undefined) return found;
      if (elsewhere.has(id.toLowerCase())) return null;
      await refresh();
      const after = known(id);
      if (after !== undefined) return after;
      if (elsewhere.has(id.toLowerCase())) return null;
      throw (
        others.get(id.toLowerCase())?.error ??
        new IntegrationError(
          'The Jira connection of this record is not active or was deleted. Activate it, or link the record through another one.',
          { code: 'jira-connection', errorClass: 'configuration', connectionId: id.toLowerCase() },
        )
      );
    },
    derivedWebhookSecrets: webhookSecrets.derived,
    refresh,
    close: async () => {
      await Promise.all([first.close(), others.close()]);
    },
  };
}
