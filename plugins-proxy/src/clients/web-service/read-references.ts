import { createPrivateKey, X509Certificate } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { Vault } from '../../platform/secrets/key-vault';
import { parseReference } from '../../platform/secrets/secret-reference';
import type { ServiceTls } from './service-connection';
import { ServiceError } from './service-error';

/** A chain of certificates is below this, in bytes. */
const longest = 64 * 1024;

async function readFileText(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(longest), 0, longest, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

async function read(reference: string, vault: Pick<Vault, 'read'>): Promise<string> {
  if (reference.startsWith('file:')) return readFileText(reference.slice('file:'.length));
  const secret = parseReference(reference);
  if (secret === null) throw new Error('no secret of a vault');
  return (await vault.read(secret)).value;
}

/**
 * The certificates that settings name. They are used for TLS alone and must be what they are named for, so that no other file leaves the
 * machine, and one fault stands for whatever is wrong, so that nobody learns which files there are.
 * @throws ServiceError
 */
export async function readTls(
  settings: { readonly certificate: string; readonly key: string; readonly authority: string },
  vault: Pick<Vault, 'read'>,
): Promise<ServiceTls> {
  try {
    const authority = settings.authority === '' ? null : await read(settings.authority, vault);
    if (authority !== null) new X509Certificate(authority);
    if (settings.certificate === '') return { authority, client: null };
    const certificate = await read(settings.certificate, vault);
    const key = await read(settings.key, vault);
    if (!new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key))) throw new Error('another key');
    return { authority, client: { certificate, key } };
  } catch {
    throw new ServiceError('service-certificate-unreadable');
  }
}
