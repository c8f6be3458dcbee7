import { DomainError } from '../domain-error';
import { utf8 } from '../hash/utf8';
import { fromBase64url, toBase64url } from './base64url';
import { boundBytes } from './bound-bytes';
import { encBytes, sealedPurpose, tagBytes } from './sealed-suite';

/** What a secret that a person typed may be used for, and nothing else (ADR-23). */
export interface SealedContext {
  /** Ids as GUIDs; braces and capitals, as some pages get them, make no difference. */
  readonly organizationId: string;
  readonly userId: string;
  /** The command row that carries the secret. */
  readonly commandId: string;
  /** Where the secret will be shown: host and port as `hostOf` gives them. */
  readonly targetHost: string;
}

/** A sealed secret as it travels. */
export interface SealedSecret {
  /** Which key of the service opens it. */
  readonly keyId: string;
  /** Encapsulated key of HPKE: an uncompressed point of P-256. */
  readonly enc: Uint8Array<ArrayBuffer>;
  readonly ciphertext: Uint8Array<ArrayBuffer>;
}

/** Longest secret, in bytes of UTF-8: tokens have some hundred. Sealed it fits the column with room to spare. */
export const longestSecret = 2_048;
/** Characters that `crmjira_command.crmjira_sealed` holds. */
export const longestSealed = 4_000;

const version = '1';
const keyIdPattern = /^[0-9a-f]{32}$/;
/** Host and port: nothing of a path, a query or a user. */
const hostPattern = /^[^\s/\\?#@]+$/;
const guidPattern = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** Host of an address, with its port where that is not the usual one. @throws DomainError `invalid-address` */
export function hostOf(address: string): string {
  try {
    return plainHost(new URL(address).host);
  } catch (cause) {
    if (cause instanceof DomainError) throw cause;
    throw new DomainError('invalid-address', 'Expected an address such as https://acme.atlassian.net.');
  }
}

function plainHost(text: string): string {
  if (hostPattern.test(text)) return text.toLowerCase();
  throw new DomainError('invalid-address', 'Expected a host such as acme.atlassian.net.');
}

function guid(text: string): string {
  const bare = text.replace(/^\{|\}$/g, '').toLowerCase();
  if (!guidPattern.test(bare)) throw new DomainError('invalid-id', 'Expected a GUID.');
  return bare;
}

/** `info` of HPKE: both sides derive the key from it, so a secret opens only for what it was sealed for. @throws DomainError */
export function sealedInfo({ organizationId, userId, commandId, targetHost }: SealedContext): Uint8Array<ArrayBuffer> {
  const ids = [organizationId, userId, commandId].map(guid);
  return boundBytes(sealedPurpose, version, ...ids, plainHost(targetHost));
}

/** Additional data of HPKE: what stands before the ciphertext. */
export const sealedHeader = (keyId: string): Uint8Array<ArrayBuffer> => boundBytes(version, keyId);

/** UTF-8 of a secret that may be sealed. @throws DomainError `secret-empty`, `secret-too-long` */
export function secretBytes(secret: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(utf8(secret));
  if (bytes.length === 0) throw new DomainError('secret-empty', 'A secret is required.');
  if (bytes.length > longestSecret)
    throw new DomainError('secret-too-long', `A secret has ${longestSecret} bytes at most.`);
  return bytes;
}

/** The text of a sealed secret: version, key id, encapsulated key and ciphertext between dots. */
export function writeSealed({ keyId, enc, ciphertext }: SealedSecret): string {
  return [version, keyId, toBase64url(enc), toBase64url(ciphertext)].join('.');
}

/** What such a text holds; null when it is none. */
export function readSealed(text: string): SealedSecret | null {
  const [stated, keyId = '', encText = '', cipherText = '', ...rest] = text.split('.');
  if (stated !== version || rest.length > 0 || !keyIdPattern.test(keyId)) return null;
  const enc = fromBase64url(encText);
  const ciphertext = fromBase64url(cipherText);
  if (enc === null || enc.length !== encBytes || ciphertext === null || ciphertext.length <= tagBytes) return null;
  return { keyId, enc, ciphertext };
}
