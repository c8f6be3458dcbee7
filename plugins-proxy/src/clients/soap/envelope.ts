import { createHash, randomBytes } from 'node:crypto';
import { escapeHtml } from '@crmjira/domain';
import { ServiceError } from '../web-service/service-error';

/** Namespace prefixes that an envelope declares, by which its XPaths read. Pure. */
export function namespacesOf(envelope: string): Readonly<Record<string, string>> {
  const found = [...envelope.matchAll(/\bxmlns:([\w.-]{1,100})\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g)];
  return Object.fromEntries(found.map(([, prefix = '', double, single]) => [prefix, double ?? single ?? '']));
}

const security = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-';
const digestType = `${security}username-token-profile-1.0#PasswordDigest`;

/**
 * Header of WS-Security with a name and the digest of a password (UsernameToken profile 1.0): the password itself does not travel.
 * @param now when it is sent; services take it for a few minutes only
 */
export function usernameToken(username: string, password: string, now: Date, nonce = randomBytes(16)): string {
  const created = now.toISOString();
  const digest = createHash('sha1').update(nonce).update(created).update(password).digest('base64');
  return [
    `<wsse:Security xmlns:wsse="${security}wssecurity-secext-1.0.xsd" xmlns:wsu="${security}wssecurity-utility-1.0.xsd">`,
    `<wsse:UsernameToken><wsse:Username>${escapeHtml(username)}</wsse:Username>`,
    `<wsse:Password Type="${digestType}">${digest}</wsse:Password>`,
    `<wsse:Nonce EncodingType="${security}soap-message-security-1.0#Base64Binary">${nonce.toString('base64')}</wsse:Nonce>`,
    `<wsu:Created>${created}</wsu:Created></wsse:UsernameToken></wsse:Security>`,
  ].join('');
}

/**
 * Puts a header into an envelope, beside those that it has. Pure.
 * @throws ServiceError where it is no envelope
 */
export function withHeader(envelope: string, header: string): string {
  const closed = envelope.replace(/<((?:[\w.-]+:)?)Header\s*\/>/, '<$1Header></$1Header>');
  if (/<(?:[\w.-]+:)?Header[\s>]/.test(closed))
    return closed.replace(/<(?:[\w.-]+:)?Header(?:\s[^>]*)?>/, (opened) => opened + header);
  if (!/<(?:[\w.-]+:)?Body[\s>/]/.test(closed)) throw new ServiceError('soap-envelope-broken', { why: 'Body' });
  return closed.replace(
    /<((?:[\w.-]+:)?)Body[\s>/]/,
    (body, prefix: string) => `<${prefix}Header>${header}</${prefix}Header>${body}`,
  );
}

/** Headers that say what a request is, by the version of SOAP. Pure. */
export const soapHeaders = (version: '1.1' | '1.2', action: string): Readonly<Record<string, string>> =>
  version === '1.1'
    ? { accept: 'text/xml', 'content-type': 'text/xml; charset=utf-8', soapaction: `"${action}"` }
    : {
        accept: 'application/soap+xml',
        'content-type': `application/soap+xml; charset=utf-8${action === '' ? '' : `; action="${action}"`}`,
      };
