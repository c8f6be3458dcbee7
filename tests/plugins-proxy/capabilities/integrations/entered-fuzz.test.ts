import fc from 'fast-check';
import { tryPayload } from '../../../../plugins-proxy/src/capabilities/integrations/commands/try-mapping';
import { entered, readSettings } from '../../../../plugins-proxy/src/capabilities/integrations/entered';
import { integrationProviders } from '../../../../plugins-proxy/src/connections/providers/integration-providers';
import { isSamePlace, settingsHash } from '../../../../plugins-proxy/src/connections/providers/saved-integration';

const egress = { of: () => ({ require: async () => undefined, refusalOf: () => null }) };
const providers = integrationProviders({ egress });
const usual = { name: 'x', everyMinutes: null, batchSize: 1, mappings: [] };

test('R-1617: whatever stands in a payload is read or refused, and never thrown over', () => {
  fc.assert(
    fc.property(fc.anything(), fc.jsonValue(), (anything, json) => {
      entered.safeParse(anything);
      tryPayload.safeParse({ entered: anything, sample: json });
      for (const provider of providers) {
        const given = entered.safeParse({ ...usual, provider: provider.code, settings: json });
        if (given.success) expect(Array.isArray(readSettings(provider, given.data, 1033).problems)).toBe(true);
        provider.secrets.safeParse(json);
      }
    }),
  );
});

test('R-1618: stored secrets stay only where host, protection and every address stay', () => {
  const url = 'https://rates.example';
  expect(isSamePlace('rest', { url, path: '/a' }, { url, path: '/b' })).toBe(true);
  for (const other of [
    { url: 'https://evil.example' },
    { url: 'http://rates.example' },
    { url: 'https://rates.example:8443' },
    { url, tokenUrl: 'https://evil.example/token' },
    { url, deep: [{ address: 'https://evil.example' }] },
  ])
    expect(isSamePlace('rest', { url, tokenUrl: `${url}/token` }, other)).toBe(false);
  const directory = { host: 'ldap.example', port: 636, protection: 'ldaps' };
  expect(isSamePlace('ad', directory, { ...directory, baseDn: 'dc=x' })).toBe(true);
  expect(isSamePlace('ad', directory, { ...directory, protection: 'start-tls' })).toBe(false);
  expect(isSamePlace('ad', directory, { ...directory, host: 'ldap.evil.example' })).toBe(false);
});

test('R-1621: the hash of settings is the same in any order, and another for another value or secret', () => {
  expect(settingsHash('rest', { a: 1, b: [{ c: 2, d: 3 }] }, 'row:1')).toBe(
    settingsHash('rest', { b: [{ d: 3, c: 2 }], a: 1 }, 'row:1'),
  );
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), (settings, secretName) => {
      const hash = settingsHash('rest', settings, secretName);
      expect(settingsHash('rest', { ...settings, mark: { one: 1 } }, secretName)).not.toBe(
        settingsHash('rest', { ...settings, mark: { one: 2 } }, secretName),
      );
      expect(settingsHash('rest', settings, `${secretName}2`)).not.toBe(hash);
      expect(settingsHash('soap', settings, secretName)).not.toBe(hash);
    }),
  );
});
