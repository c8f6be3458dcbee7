import { z } from 'zod';
import { eventually } from '../../eventually';
import { basic, signingKey } from '../../relay-world';
import { startWorld, stopWorlds, type World } from '../../world';

afterEach(stopWorlds);

/** A service whose connector takes tokens of the sandbox's Entra alone, as the variant with OAuth sends them. */
const world = (over: Record<string, string> = {}): Promise<World> =>
  startWorld(new Date().toISOString(), ({ DATAVERSE_URL: dataverse = '', DATAVERSE_TENANT_ID: tenant = '' }) => ({
    CONNECTOR_ENABLED: 'true',
    CONNECTOR_AUDIENCE: dataverse,
    RELAY_ISSUER: `${dataverse}/${tenant}/`,
    RELAY_KEYS_URL: `${dataverse}/${tenant}/discovery/v2.0/keys`,
    ...over,
  }));

async function tokenOf({ standIns: { environment } }: World): Promise<string> {
  const response = await fetch(environment['TOKEN_URL'] ?? '', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'password',
      client_id: environment['REGISTRATION_CLIENT_ID'] ?? '',
      client_secret: environment['REGISTRATION_CLIENT_SECRET'] ?? '',
      username: 'opportunity.owner@company.com',
      password: 'sandbox',
      scope: `${environment['DATAVERSE_URL']}/.default`,
    }),
  });
  return z.object({ access_token: z.string() }).parse(await response.json()).access_token;
}

const budgets = '/rest/tempo-budgets/1/budget?projectKey=NONE';
async function ask({ proxyUrl }: World, authorization: string): Promise<[number, unknown]> {
  const response = await fetch(proxyUrl + budgets, { headers: { authorization } });
  return [response.status, await response.json()];
}

describe('Entra tokens at the connector API (R-903, R-1219)', () => {
  test('R-1230 a person’s token of the tenant with the app role is let in; forged and foreign ones are not; who came is on record', async () => {
    const service = await world();
    const token = await tokenOf(service);
    expect(await ask(service, `Bearer ${token}`)).toEqual([200, { budgets: [] }]);
    const forged = await (await signingKey('key-1')).sign();
    const [head, payload] = token.split('.');
    for (const wrong of [forged, `${head}.${payload}.`, `${token}x`, `${head}.${payload}`, 'a.b.c', ''])
      expect(await ask(service, `Bearer ${wrong}`)).toMatchObject([401, { code: 'not-authenticated' }]);
    expect(await ask(service, basic)).toMatchObject([401, {}]);
    expect(service.lines.join('')).not.toContain(token);
    const { oid } = z.object({ oid: z.guid() }).parse(JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()));
    await eventually(async () => {
      const accessed = service.lines.filter((line) => line.includes('"msg":"access"'));
      const callers = accessed.map(
        (line) => z.object({ caller: z.string().nullable() }).parse(JSON.parse(line)).caller,
      );
      expect(callers).toEqual([oid, ...Array<null>(7).fill(null)]);
    });
  });

  test.each([
    ['for another audience', { CONNECTOR_AUDIENCE: 'api://another' }, 401, 'not-authenticated'],
    ['of another issuer', { RELAY_ISSUER: 'https://sts.windows.net/another/' }, 401, 'not-authenticated'],
    ['without the app role, whatever its scope (F-309)', { CONNECTOR_ROLES: 'Connector.Admin' }, 403, 'role-missing'],
    ['whose keys cannot be had', { RELAY_KEYS_URL: 'http://127.0.0.1:9/keys' }, 503, 'keys-unavailable'],
  ])(
    'a token %s is turned away',
    async (_what, over, status, code) => {
      const service = await world(over);
      expect(await ask(service, `Bearer ${await tokenOf(service)}`)).toMatchObject([status, { code }]);
    },
    60_000,
  );
});
