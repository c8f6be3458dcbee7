import { createLogger } from '../../../plugins-proxy/src/platform/log/create-logger';
import { secretsOf } from '../../../plugins-proxy/src/platform/config/secrets-of';
import { keepLines } from '../log-lines';
import { testConfig } from '../test-config';

const config = testConfig({
  DATAVERSE_CLIENT_SECRET: 'cl"ent/secret+with=signs',
  DATABASE_URL: 'postgres://crm:hunter2%2Fhunter2@localhost/crm',
  REGISTRATION_CLIENT_ID: '11111111-1111-4111-8111-111111111111',
  REGISTRATION_CLIENT_SECRET: 'registration-client-secret',
});

describe('the log', () => {
  test('shows no configured secret, in whatever form it got into a line (R-1618)', () => {
    const { stream, lines } = keepLines();
    const logger = createLogger('trace', secretsOf(config), stream);
    const secrets = secretsOf(config);
    expect(secrets.length).toBeGreaterThanOrEqual(6);
    // R-1225: the password of the database apart from its address, as it is typed there.
    expect(secrets).toContain('hunter2/hunter2');
    const odd = testConfig({ DATABASE_URL: 'postgres://crm:hunter2%of100%@localhost/crm' });
    expect(secretsOf(odd)).toContain('hunter2%of100%');
    for (const secret of secrets) {
      logger.info({ nested: { deep: secret } }, `message with ${secret}`);
      logger.error(new Error(`failed for https://x/?key=${encodeURIComponent(secret)}`));
      logger.warn({ basic: Buffer.from(secret).toString('base64') }, 'encoded');
    }
    const written = lines.join('');
    expect(lines).toHaveLength(secrets.length * 3);
    for (const secret of secrets) {
      expect(written).not.toContain(secret);
      expect(written).not.toContain(JSON.stringify(secret).slice(1, -1));
      expect(written).not.toContain(encodeURIComponent(secret));
      expect(written).not.toContain(Buffer.from(secret).toString('base64'));
    }
    for (const line of lines) expect(() => JSON.parse(line) as unknown).not.toThrow();
  });

  test('shows no header that carries a key', () => {
    const { stream, lines } = keepLines();
    const logger = createLogger('trace', [], stream);
    logger.info(
      { headers: { authorization: 'Bearer abc', 'x-crmjira-key': 'k', 'x-hub-signature': 'sha256=1' } },
      'in',
    );
    expect(lines.join('')).not.toMatch(/Bearer abc|"k"|sha256=1/);
  });
});
