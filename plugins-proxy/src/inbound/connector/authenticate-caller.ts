import type { ConnectorAccess } from '../../platform/config/connector-access';
import { verifyKey } from '../webhooks/verify-key';

/**
 * Whom an `Authorization` header names, for the access log: the user of Basic, or whoever has the API key, with or without `Bearer`
 * before it; null for nobody. Compared in constant time, and every alternative is compared whatever the others said.
 */
export function authenticateCaller(header: string | undefined, access: ConnectorAccess): string | null {
  const [scheme = '', ...rest] = (header ?? '').trim().split(' ');
  const value = rest.join(' ').trim();
  const basic = /^basic$/i.test(scheme) ? Buffer.from(value, 'base64').toString('utf8') : undefined;
  const key = /^bearer$/i.test(scheme) ? value : header;
  const pairs = access.basic?.passwords.map((password) => `${access.basic?.user}:${password}`) ?? [];
  const byBasic = verifyKey(basic, pairs);
  const byKey = verifyKey(key, access.apiKeys);
  if (byBasic) return access.basic?.user ?? null;
  return byKey ? 'api key' : null;
}
