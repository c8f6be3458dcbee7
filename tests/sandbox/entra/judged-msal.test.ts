import { ConfidentialClientApplication, PublicClientApplication, type INetworkModule } from '@azure/msal-node';
import fastify, { type FastifyInstance } from 'fastify';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { createEntra, type Entra } from '../../../sandbox/src/entra';

const tenantId = '72f988bf-0000-4000-8000-000000000001';
const clientId = '11111111-1111-4111-8111-111111111111';
const publicClientId = '51f81489-12ee-4a9e-aaae-a2591f45987d';
const publicUrl = 'https://localhost:4010';
const person = {
  objectId: '87654321-abcd-ef12-3456-7890abcdef12',
  userPrincipalName: 'opportunity.owner@company.com',
  displayName: 'Olivia Owens',
  password: 'sandbox',
};

let app: FastifyInstance;
let entra: Entra;

beforeAll(async () => {
  entra = await createEntra({
    keyFile: ':memory:',
    publicUrl,
    tenantId,
    apps: [
      { clientId, name: 'Sandbox tools', clientSecret: 's3cret' },
      { clientId: publicClientId, name: 'Page' },
    ],
    users: [person],
    clock: () => new Date(),
  });
  app = fastify();
  await app.register(entra.plugin);
});
afterAll(() => app.close());

/** MSAL insists on https; its requests go straight into the stand-in. */
const network = (): INetworkModule => {
  const send = async <Body>(
    method: 'GET' | 'POST',
    url: string,
    options?: { headers?: Record<string, string>; body?: string },
  ) => {
    const { pathname, search } = new URL(url);
    const response = await app.inject({
      method,
      url: pathname + search,
      headers: options?.headers ?? {},
      ...(options?.body === undefined ? {} : { payload: options.body }),
    });
    const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
    return { status: response.statusCode, headers, body: response.json<Body>() };
  };
  return {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
  };
};

const authority = { authority: `${publicUrl}/${tenantId}`, knownAuthorities: ['localhost:4010'] };

test('Microsoft’s own library gets a token for an application', async () => {
  const client = new ConfidentialClientApplication({
    auth: { clientId, clientSecret: 's3cret', ...authority },
    system: { networkClient: network() },
  });
  const answer = await client.acquireTokenByClientCredential({ scopes: [`${publicUrl}/.default`] });
  expect(answer?.tokenType).toBe('Bearer');
  const verified = await jwtVerify(answer?.accessToken ?? '', createLocalJWKSet(entra.jwks()), { audience: publicUrl });
  expect(verified.payload).toMatchObject({ appid: clientId, tid: tenantId });
});

test('and reads AADSTS numbers from a refusal', async () => {
  const client = new ConfidentialClientApplication({
    auth: { clientId, clientSecret: 'wrong', ...authority },
    system: { networkClient: network() },
  });
  await expect(client.acquireTokenByClientCredential({ scopes: [`${publicUrl}/.default`] })).rejects.toMatchObject({
    errorCode: 'invalid_client',
    errorMessage: expect.stringContaining('AADSTS7000215'),
  });
});

// Source: learn.microsoft.com "ID token claims reference": `openid`, which MSAL always asks for, brings an id_token
test('a person who signs in is known to it as an account', async () => {
  const client = new PublicClientApplication({
    auth: { clientId: publicClientId, ...authority },
    system: { networkClient: network() },
  });
  const scopes = [`${publicUrl}/user_impersonation`];
  const answer = await client.acquireTokenByUsernamePassword({
    scopes,
    username: person.userPrincipalName,
    password: person.password,
  });
  expect(answer?.account).toMatchObject({
    username: person.userPrincipalName,
    name: person.displayName,
    tenantId,
    homeAccountId: `${person.objectId}.${tenantId}`,
  });
  const idToken = await jwtVerify(answer?.idToken ?? '', createLocalJWKSet(entra.jwks()), {
    audience: publicClientId,
    issuer: `${publicUrl}/${tenantId}/v2.0`,
  });
  expect(idToken.payload).toMatchObject({ oid: person.objectId, preferred_username: person.userPrincipalName });
});
