import { createHmac } from 'node:crypto';
import { exportSPKI, generateKeyPair, importJWK, SignJWT, UnsecuredJWT } from 'jose';
import { AccessDenied } from '../../../../plugins-proxy/src/inbound/authenticate/access-denied';
import {
  mostChecked,
  type TokenCheck,
  verifyToken,
} from '../../../../plugins-proxy/src/inbound/authenticate/verify-token';
import { audience, frozen, goodClaims, issuer, keyServer, signingKey, tenantId } from '../../relay-world';

type Key = Awaited<ReturnType<typeof signingKey>>;
let keys: Awaited<ReturnType<typeof keyServer>>;
let key: Key;
let other: Key;
const seconds = Math.floor(frozen.getTime() / 1000);

beforeAll(async () => {
  [key, other] = [await signingKey('key-1'), await signingKey('key-1')];
});
beforeEach(async () => {
  keys = await keyServer();
  keys.state.keys = [key.jwk];
});
afterEach(() => keys.close());

function tokenCheck(now = () => frozen, cooldownMs = 0): TokenCheck {
  return verifyToken({
    entra: {
      tenantId,
      audiences: [audience],
      issuers: [issuer],
      keysUrl: keys.url,
      needs: { claim: 'roles', oneOf: ['Relay.Use'] },
    },
    now,
    cooldownMs,
  });
}

function check(now = () => frozen, cooldownMs = 0) {
  const verify = tokenCheck(now, cooldownMs);
  return async (token: string): Promise<string> => {
    try {
      return await verify(token);
    } catch (error) {
      if (error instanceof AccessDenied) return `refused: ${error.denial}`;
      throw error;
    }
  };
}

describe('Entra tokens at the relay (R-903, R-1219)', () => {
  test('a token of the tenant with the app role is let through under its object id', async () => {
    const verify = check();
    expect(await verify(await key.sign())).toBe('caller-one');
    expect(await verify(await key.sign({ scp: undefined, roles: ['Other', 'Relay.Use'], oid: 'app' }))).toBe('app');
  });

  test.each([
    ['of another tenant', { tid: '72f988bf-0000-4000-8000-000000000002' }],
    ['without a tenant', { tid: undefined }],
    ['without an object id', { oid: undefined }],
    ['of another issuer', { iss: 'https://sts.windows.net/evil/' }],
    ['with an issuer that only starts alike', { iss: `${issuer}x` }],
    ['for another audience', { aud: 'https://graph.microsoft.com' }],
    ['without audience', { aud: undefined }],
    ['that has expired', { exp: seconds - 61 }],
    ['that never expires', { exp: undefined }],
    ['that is not valid yet', { nbf: seconds + 61 }],
  ])('a token %s is refused', async (_what, over) => {
    expect(await check()(await key.sign(over))).toBe('refused: unauthenticated');
  });

  test.each([
    ['neither scope nor role', { scp: undefined, roles: undefined }],
    ['a scope alone, as anybody of the tenant can have it (F-309)', { roles: undefined }],
    ['another role', { roles: ['Relay.Used'] }],
  ])('a token with %s is forbidden', async (_what, over) => {
    expect(await check()(await key.sign(over))).toBe('refused: forbidden');
  });

  test('clocks may differ by a minute', async () => {
    expect(await check()(await key.sign({ exp: seconds - 59 }))).toBe('caller-one');
  });

  test('forged tokens are refused', async () => {
    const verify = check();
    const token = await key.sign();
    const [header = '', payload = '', signature = ''] = token.split('.');
    const changed = Buffer.from(JSON.stringify({ ...goodClaims, oid: 'someone-else' })).toString('base64url');
    const none = new UnsecuredJWT(goodClaims).encode();
    const noneHeader = Buffer.from('{"alg":"none","typ":"JWT","kid":"key-1"}').toString('base64url');
    // The classic: the public key taken as the secret of an HMAC.
    const publicKey = await importJWK(key.jwk, 'RS256');
    if (publicKey instanceof Uint8Array) throw new Error('an RSA key was expected');
    const hmacHeader = Buffer.from('{"alg":"HS256","typ":"JWT","kid":"key-1"}').toString('base64url');
    const mac = createHmac('sha256', await exportSPKI(publicKey))
      .update(`${hmacHeader}.${payload}`)
      .digest('base64url');
    const { privateKey } = await generateKeyPair('RS256');
    const forged = {
      'changed payload': `${header}.${changed}.${signature}`,
      'without signature': `${header}.${payload}.`,
      'alg none': none,
      'alg none with key id': `${noneHeader}.${payload}.`,
      'alg none with signature': `${noneHeader}.${payload}.${signature}`,
      'HS256 by the public key': `${hmacHeader}.${payload}.${mac}`,
      'another key under the same id': await other.sign(),
      'a key of its own in the header': await new SignJWT(goodClaims)
        .setProtectedHeader({ alg: 'RS256', kid: 'key-1', jwk: other.jwk })
        .sign(privateKey),
      'a key address in the header': await key.sign({}, { kid: 'evil', jku: 'http://127.0.0.1:9/keys' }),
      'an unknown critical header': `${Buffer.from('{"alg":"RS256","kid":"key-1","crit":["x"],"x":1}').toString('base64url')}.${payload}.${signature}`,
      'no token at all': 'abc',
      'an encrypted one': 'a.b.c.d.e',
    };
    const answers = Object.fromEntries(
      await Promise.all(Object.entries(forged).map(async ([name, forgery]) => [name, await verify(forgery)] as const)),
    );
    expect(new Set(Object.values(answers))).toEqual(new Set(['refused: unauthenticated']));
    expect(await verify(token)).toBe('caller-one');
  });

  test('keys are fetched once, again for a new key id, and a withdrawn key ends', async () => {
    let now = frozen;
    const verify = check(() => now);
    const old = await key.sign();
    expect(await verify(old)).toBe('caller-one');
    expect(await verify(await key.sign({ oid: 'two' }))).toBe('two');
    expect(keys.state.fetches).toBe(1);

    const next = await signingKey('key-2');
    keys.state.keys = [next.jwk, key.jwk];
    expect(await verify(await next.sign())).toBe('caller-one');
    expect(keys.state.fetches).toBe(2);
    expect(await verify(await key.sign({ oid: 'three' }))).toBe('three');

    keys.state.keys = [(await signingKey('key-3')).jwk];
    // A token of a key nobody knows makes the keys be read again; the withdrawn one is gone with that.
    expect(await verify(await (await signingKey('key-4')).sign())).toBe('refused: unauthenticated');
    expect(await verify(await key.sign({ oid: 'four' }))).toBe('refused: unauthenticated');
    // What was checked before is remembered for five minutes and no longer.
    expect(await verify(old)).toBe('caller-one');
    now = new Date(frozen.getTime() + 300_000);
    expect(await verify(old)).toBe('refused: unauthenticated');
  });

  test('tokens of all callers together take up no more memory than is said: the oldest is checked again', async () => {
    const verify = tokenCheck();
    const long = 'x'.repeat(mostChecked.characters / 10);
    const tokens = await Promise.all(Array.from({ length: 10 }, (_, n) => key.sign({ oid: `caller-${n}`, long })));
    for (const token of tokens) await verify(token);
    const known = tokens.map((token) => verify.checked(token));
    expect(known.filter((caller) => caller === null).length).toBeGreaterThan(0);
    // The newest are those that are left, and what they take up is within the bound.
    const left = tokens.filter((_, n) => known[n] !== null);
    expect(left).toEqual(tokens.slice(-left.length));
    expect(left.length).toBeGreaterThan(5);
    expect(left.join('').length).toBeLessThanOrEqual(mostChecked.characters);
    expect(await verify(tokens[0] ?? '')).toBe('caller-0');
  });

  test('a remembered token ends when it expires', async () => {
    let now = frozen;
    const verify = check(() => now);
    const token = await key.sign({ exp: seconds + 10 });
    expect(await verify(token)).toBe('caller-one');
    now = new Date(frozen.getTime() + 71_000);
    expect(await verify(token)).toBe('refused: unauthenticated');
  });

  test('unknown key ids do not make the keys be fetched over and over', async () => {
    const verify = check(() => frozen, 30_000);
    await verify(await key.sign());
    const stranger = await signingKey('key-9');
    for (const oid of ['a', 'b', 'c'])
      expect(await verify(await stranger.sign({ oid }))).toBe('refused: unauthenticated');
    expect(keys.state.fetches).toBe(1);
  });

  test('F-306 keys in an answer that has no end to speak of are not read', async () => {
    keys.state.keys = [key.jwk, { ...key.jwk, kid: 'x'.repeat(2 * 1024 * 1024) }];
    expect(await check()(await key.sign())).toBe('refused: keysUnavailable');
  });

  test('keys that cannot be had are the service’s trouble, and pass', async () => {
    const verify = check();
    keys.state.status = 500;
    expect(await verify(await key.sign())).toBe('refused: keysUnavailable');
    keys.state.status = 200;
    expect(await verify(await key.sign())).toBe('caller-one');
    await keys.close();
    expect(await check()(await key.sign())).toBe('refused: keysUnavailable');
  });
});
