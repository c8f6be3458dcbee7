import type { AddressInfo } from 'node:net';
import { createServer } from 'node:https';
import { createLogger } from '../../../plugins-proxy/src/platform/log/create-logger';
import { watchExpiries } from '../../../plugins-proxy/src/operations/metrics/watch-expiries';
import { certificateFolder } from '../certificates';
import { keepLines } from '../log-lines';
import { testConfig } from '../test-config';

const { at, pem, authority, certificate, remove } = certificateFolder();

beforeAll(() => {
  authority('company');
  certificate('gateway', 'company', { days: 90 });
  certificate('crmjira-proxy', 'company', { days: 28 });
});
afterAll(remove);

/** Days left by what ends, as the watch tells them, and the lines that it logs. */
async function watch(variables: Record<string, string>) {
  const days: Record<string, number> = {};
  const { stream, lines } = keepLines();
  await watchExpiries({
    config: testConfig(variables),
    now: () => new Date(),
    logger: createLogger('warn', [], stream),
    set: (kind, of, left) => void (days[`${kind} ${of}`] = left),
  });
  return { days, lines };
}

const client = {
  JIRA_GATEWAY_CERTIFICATE_FILE: at('crmjira-proxy.pem'),
  JIRA_GATEWAY_KEY_FILE: at('crmjira-proxy.key'),
};

test('R-1106 the certificate of the gateway before Jira is watched, and ours that it asks for', async () => {
  const server = createServer({
    key: pem('gateway.key'),
    cert: pem('gateway.pem'),
    ca: pem('company.pem'),
    requestCert: true,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    // listen() on a TCP port always gives an AddressInfo.
    const url = `https://localhost:${(server.address() as AddressInfo).port}`;
    const { days } = await watch({ JIRA_GATEWAY_URL: url, ...client });
    expect(days['certificate gateway']).toBeCloseTo(90, 1);
    expect(days['certificate gateway client']).toBeCloseTo(28, 1);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

test('R-1106 without a gateway there is none to watch; a gateway that is away hides nothing else', async () => {
  expect(Object.keys((await watch({})).days).filter((of) => of.includes('gateway'))).toEqual([]);
  const { days, lines } = await watch({ JIRA_GATEWAY_URL: 'https://localhost:1', ...client });
  expect(days).not.toHaveProperty(['certificate gateway']);
  expect(days['certificate gateway client']).toBeCloseTo(28, 1);
  expect(JSON.stringify(lines)).toContain('certificate not seen');
});
