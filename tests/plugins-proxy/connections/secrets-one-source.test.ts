import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../../plugins-proxy/src/capabilities/connect';
import { agesOfSecrets } from '../../../plugins-proxy/src/cli/doctor/ages-of-service';
import { createLogger } from '../../../plugins-proxy/src/platform/log/create-logger';
import { createFirstSeen } from '../../../plugins-proxy/src/connections/credentials/first-seen';
import type { SecretFacts } from '../../../plugins-proxy/src/platform/secrets/collect-secrets';
import { openSqliteStore } from '../../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import { keepLines } from '../log-lines';
import { testConfig } from '../test-config';

const folder = mkdtempSync(join(tmpdir(), 'crmjira-ages-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('every command knows the age that the service remembers of a secret in a variable (F-205)', async () => {
  const nobody = 'http://127.0.0.1:1';
  const config = testConfig({
    STORE_FILE: join(folder, 'proxy.sqlite'),
    DATAVERSE_URL: nobody,
    JIRA_URL: nobody,
    TOKEN_URL: nobody,
    PUBLIC_URL: nobody,
  });
  const facts: readonly SecretFacts[] = (['JIRA_API_TOKEN', 'DATAVERSE_CLIENT_SECRET'] as const).map((name) => ({
    name,
    place: { kind: 'variable' },
    since: null,
    expiresOn: null,
  }));
  const first = new Date('2025-01-01T00:00:00Z');
  const now = new Date('2025-03-02T00:00:00Z');
  const store = openSqliteStore(config.store.kind === 'sqlite' ? config.store.file : ':memory:');
  await createFirstSeen(store, () => first).note(facts, config);
  const connections = connect(config, () => now);
  const logger = createLogger('silent', [], keepLines().stream);
  const { first: connection } = connections.jira;
  const session = { ...connections, connection, isConnectionNamed: false, config, logger, correlationId: 'c' };
  try {
    // Beside the running service, which owns the store.
    const ages = await agesOfSecrets(session, facts, now);
    expect(ages).toMatchObject([
      { name: 'JIRA_API_TOKEN', ageDays: 60, daysLeft: 30, state: 'due' },
      { name: 'DATAVERSE_CLIENT_SECRET', ageDays: 60, daysLeft: 30, state: 'due' },
    ]);
  } finally {
    await connections.close();
    await store.close();
  }
});
