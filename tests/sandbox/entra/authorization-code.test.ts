import { createHash } from 'node:crypto';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { decodeJwt } from 'jose';
import { createEntra } from '../../../sandbox/src/entra';

const tenantId = '72f988bf-0000-4000-8000-000000000001';
const clientId = '22222222-2222-4222-8222-222222222222';
const redirectUri = 'http://localhost:4030/oauth/entra/callback';
const upn = 'opportunity.owner@company.com';
const verifier = 'a-verifier-of-the-tests-that-is-long-enough-for-pkce';
let now = new Date('2025-01-15T14:00:00Z');

let app: FastifyInstance;
beforeAll(async () => {
  const entra = await createEntra({
    keyFile: ':memory:',
    publicUrl: 'http://localhost:4010',
    tenantId,
    apps: [{ clientId, name: 'CRM-JIRA', clientSecret: 'secret-of-the-tests', redirectUris: [redirectUri] }],
    users: [
      {
        objectId: '87654321-abcd-ef12-3456-7890abcdef12',
        userPrincipalName: upn,
        displayName: 'Olivia',
        password: 'x',
      },
    ],
    clock: () => now,
    signedIn: (cookies) => (cookies === 'signed-in=yes' ? upn : null),
  });
  app = fastify();
  await app.register(entra.plugin);
});
afterAll(() => app.close());

const asked = {
  client_id: clientId,
  response_type: 'code',
  redirect_uri: redirectUri,
  scope: 'openid profile',
  state: 'the state',
  nonce: 'the nonce',
  code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  code_challenge_method: 'S256',
};
const authorize = (over: Record<string, string> = {}, cookie = 'signed-in=yes') =>
  app.inject({
    url: `/${tenantId}/oauth2/v2.0/authorize?${new URLSearchParams({ ...asked, ...over }).toString()}`,
    headers: { cookie },
  });
const codeFrom = async (): Promise<string> =>
  new URL(String((await authorize()).headers.location)).searchParams.get('code') ?? '';
const redeem = async (code: string, over: Record<string, string> = {}) => {
  const form = {
    grant_type: 'authorization_code',
    client_id: clientId,
    client_secret: 'secret-of-the-tests',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
    scope: 'openid profile',
    ...over,
  };
  const answer = await app.inject({
    method: 'POST',
    url: `/${tenantId}/oauth2/v2.0/token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(form).toString(),
  });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
};

test('R-1822 whoever is signed in comes back with a code, for which the client learns who it is', async () => {
  const back = new URL(String((await authorize()).headers.location));
  expect([back.origin + back.pathname, back.searchParams.get('state')]).toEqual([redirectUri, 'the state']);
  const { status, body } = await redeem(back.searchParams.get('code') ?? '');
  expect(status).toBe(200);
  expect(decodeJwt(String(body['id_token']))).toMatchObject({
    iss: `http://localhost:4010/${tenantId}/v2.0`,
    aud: clientId,
    nonce: 'the nonce',
    oid: '87654321-abcd-ef12-3456-7890abcdef12',
    tid: tenantId,
  });
});

test('R-1822 a code is redeemed once, in time, with its verifier and its address', async () => {
  const code = await codeFrom();
  expect((await redeem(code, { code_verifier: 'another-verifier-of-the-tests-of-enough-length' })).body).toMatchObject({
    error: 'invalid_grant',
    error_codes: [501481],
  });
  expect((await redeem(code, { redirect_uri: 'http://localhost:4030/other' })).body).toMatchObject({
    error_codes: [500112],
  });
  expect((await redeem(code, { code_verifier: '' })).body).toMatchObject({ error_codes: [900144] });
  expect((await redeem(code)).status).toBe(200);
  expect((await redeem(code)).body).toMatchObject({ error: 'invalid_grant', error_codes: [54005] });
  expect((await redeem('no-code')).body).toMatchObject({ error_codes: [9002313] });
  const late = await codeFrom();
  now = new Date('2025-01-15T14:10:00Z');
  expect((await redeem(late)).body).toMatchObject({ error_codes: [70008] });
});

test('R-1822 an address that is not registered is told on a page, and not gone to', async () => {
  const refused = await authorize({ redirect_uri: 'https://evil.example.com/' });
  expect([refused.statusCode, refused.headers.location]).toEqual([400, undefined]);
  expect(refused.body).toContain('AADSTS50011');
  expect((await authorize({ client_id: 'unknown' })).body).toContain('AADSTS700016');
});

test('R-1822 whoever is not signed in picks an account', async () => {
  const page = await authorize({}, '');
  expect([page.statusCode, page.body]).toEqual([200, expect.stringContaining('Pick an account')]);
  expect((await authorize({ prompt: 'select_account' })).body).toContain('Pick an account');
});
