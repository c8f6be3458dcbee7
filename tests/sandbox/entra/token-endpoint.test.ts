import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { createEntra } from '../../../sandbox/src/entra';
import type { Entra } from '../../../sandbox/src/entra';

const tenantId = '72f988bf-0000-4000-8000-000000000001';
const clientId = '11111111-1111-4111-8111-111111111111';
const publicUrl = 'http://localhost:4010';
const now = new Date('2025-01-15T14:00:00Z');
const tokenUrl = `/${tenantId}/oauth2/v2.0/token`;
const scope = `${publicUrl}/.default`;

async function build(keyFile = ':memory:'): Promise<{ app: FastifyInstance; entra: Entra }> {
  const entra = await createEntra({
    keyFile,
    publicUrl,
    tenantId,
    apps: [{ clientId, name: 'Sandbox tools', clientSecret: 's3cr%t+/=' }],
    users: [
      {
        objectId: '87654321-abcd-ef12-3456-7890abcdef12',
        userPrincipalName: 'opportunity.owner@company.com',
        displayName: 'Olivia Owens',
        password: 'sandbox',
      },
    ],
    clock: () => now,
  });
  const app = fastify();
  await app.register(entra.plugin);
  return { app, entra };
}

function post(
  app: FastifyInstance,
  form: Record<string, string>,
  url = tokenUrl,
  headers: Record<string, string> = {},
) {
  return app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(form).toString(),
  });
}

const credentials = { grant_type: 'client_credentials', client_id: clientId, client_secret: 's3cr%t+/=', scope };

test('an application gets a signed token with the claims of a v1.0 Dataverse token', async () => {
  const { app, entra } = await build();
  const answer = await post(app, credentials, `${tokenUrl}?api-version=1.0&dc=ESTS`);
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['cache-control']).toContain('no-store');
  const body = answer.json();
  expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599 });
  const { payload } = await jwtVerify(body.access_token, createLocalJWKSet(entra.jwks()), {
    issuer: `${publicUrl}/${tenantId}/`,
    audience: publicUrl,
    currentDate: now,
  });
  const seconds = now.getTime() / 1000;
  expect(payload).toMatchObject({ tid: tenantId, appid: clientId, ver: '1.0', idtyp: 'app', oid: clientId });
  expect(payload.exp).toBe(seconds + 3599);
  expect(payload.nbf).toBe(seconds - 300);
  expect(payload).not.toHaveProperty('scp');
});

test('the secret may come by HTTP Basic, raw or form-encoded', async () => {
  const { app } = await build();
  for (const secret of ['s3cr%t+/=', encodeURIComponent('s3cr%t+/=')]) {
    const authorization = `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`;
    const form = { grant_type: 'client_credentials', scope };
    const answer = await post(app, form, tokenUrl, { authorization });
    expect(answer.statusCode).toBe(200);
  }
});

test('a person signs in with the public sample client and may refresh', async () => {
  const { app, entra } = await build();
  const client_id = '51f81489-12ee-4a9e-aaae-a2591f45987d';
  const answer = await post(app, {
    grant_type: 'password',
    client_id,
    username: 'Opportunity.Owner@company.com',
    password: 'sandbox',
    scope: `${publicUrl}/user_impersonation offline_access`,
  });
  expect(answer.statusCode).toBe(200);
  const refresh_token: string = answer.json().refresh_token;
  const again = await post(app, { grant_type: 'refresh_token', client_id, refresh_token, scope });
  const { payload } = await jwtVerify(again.json().access_token, createLocalJWKSet(entra.jwks()), { currentDate: now });
  expect(payload).toMatchObject({ upn: 'opportunity.owner@company.com', scp: 'user_impersonation' });
  expect(payload['oid']).toBe('87654321-abcd-ef12-3456-7890abcdef12');
});

test.each([
  ['wrong secret', { ...credentials, client_secret: 'x' }, 401, 'invalid_client', 7000215],
  ['no secret', { grant_type: 'client_credentials', client_id: clientId, scope }, 401, 'invalid_client', 7000216],
  ['unknown app', { ...credentials, client_id: 'nobody' }, 400, 'unauthorized_client', 700016],
  ['scope without /.default (F-406)', { ...credentials, scope: publicUrl }, 400, 'invalid_scope', 1002012],
  ['unknown resource', { ...credentials, scope: 'https://x.example/.default' }, 400, 'invalid_resource', 500011],
  ['no grant_type', { client_id: clientId }, 400, 'invalid_request', 900144],
  ['strange grant_type', { ...credentials, grant_type: 'wish' }, 400, 'unsupported_grant_type', 70003],
  [
    'bad password',
    { ...credentials, grant_type: 'password', username: 'opportunity.owner@company.com', password: 'x' },
    400,
    'invalid_grant',
    50126,
  ],
])('%s is refused in Entra words', async (_name, form, status, error, code) => {
  const { app } = await build();
  const answer = await post(app, form, tokenUrl, { 'client-request-id': 'c0ffee' });
  expect(answer.statusCode).toBe(status);
  expect(answer.json()).toMatchObject({
    error,
    error_codes: [code],
    timestamp: '2025-01-15 14:00:00Z',
    correlation_id: 'c0ffee',
    trace_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(answer.json().error_description).toContain(`AADSTS${code}: `);
  expect(answer.body).not.toContain('s3cr');
});

test('another tenant is not found, and a JSON body holds no grant_type', async () => {
  const { app } = await build();
  expect((await post(app, credentials, '/11111111-0000/oauth2/v2.0/token')).json().error_codes).toEqual([90002]);
  const json = await app.inject({ method: 'POST', url: tokenUrl, payload: credentials });
  expect(json.json().error_codes).toEqual([900144]);
});

test('the v1 endpoint takes resource and writes numbers as text', async () => {
  const { app } = await build();
  const { scope: _scope, ...form } = credentials;
  const answer = await post(app, { ...form, resource: `${publicUrl}/` }, `/${tenantId}/oauth2/token`);
  expect(answer.json()).toMatchObject({ expires_in: '3599', resource: `${publicUrl}/` });
});

test('keys survive a restart, and a rotation keeps the old one published', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'entra-'));
  try {
    const first = await build(join(folder, 'keys.json'));
    const token: string = (await post(first.app, credentials)).json().access_token;
    const second = await build(join(folder, 'keys.json'));
    await second.entra.rotateKeys();
    const keys = (await second.app.inject(`/${tenantId}/discovery/v2.0/keys`)).json();
    expect(keys.keys).toHaveLength(2);
    expect(JSON.stringify(keys)).not.toContain('"d"');
    await expect(jwtVerify(token, createLocalJWKSet(keys), { currentDate: now })).resolves.toBeDefined();
    const metadata = (await second.app.inject(`/${tenantId}/v2.0/.well-known/openid-configuration`)).json();
    expect(metadata.token_endpoint).toBe(`${publicUrl}${tokenUrl}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
