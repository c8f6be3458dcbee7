import { isIP, connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { Client, type Entry } from 'ldapts';
import { type AddressGuard, guardedLookup } from '../../platform/http-client/site-guard';
import { issuerOf, noteIssuer } from '../../platform/tls/shown-issuer';
import { DirectoryError, toDirectoryError } from './directory-error';
import type { DirectorySecrets, DirectorySettings } from './directory-settings';

/** How long the directory may take to connect, and to answer one question, in milliseconds. */
export interface DirectoryLimits {
  readonly connectMs: number;
  readonly answerMs: number;
  /** Bytes of all answers together. */
  readonly bytes: number;
}

/** A search below one entry, or of one entry. */
export interface DirectoryQuestion {
  readonly base: string;
  readonly scope: 'base' | 'sub';
  readonly filter: string;
  readonly attributes: readonly string[];
  /** Attributes whose values are bytes. */
  readonly binary?: readonly string[];
}

/** A page of answers, and where the directory says that more would be found. */
export interface DirectoryPage {
  readonly entries: readonly Entry[];
  readonly referrals: readonly string[];
}

/** One connection to a directory, signed in. It ends with its first failure. */
export interface DirectorySession {
  /** @throws DirectoryError */
  pages(question: DirectoryQuestion): AsyncGenerator<DirectoryPage>;
  close(): Promise<void>;
}

/** What a server shows of itself. */
export interface ShownCertificate {
  readonly issuer: string;
  /** ISO 8601. */
  readonly validTo: string;
}

/** What a session is opened with. */
export interface DirectoryAccess {
  readonly settings: Pick<DirectorySettings, 'host' | 'port' | 'protection'> & Pick<DirectorySecrets, 'bindDn'>;
  /** null: the server is only looked at, and nothing may be asked of it afterwards. */
  readonly password: string | null;
  readonly guard: AddressGuard;
  /** PEM of the authorities that are trusted; left out: those of the machine. */
  readonly authorities?: string;
  /** Called once the server has shown a certificate that is trusted: what fails before is about the server. */
  readonly onProtected?: (certificate: ShownCertificate) => void;
}

const defaultLimits: DirectoryLimits = { connectMs: 10_000, answerMs: 60_000, bytes: 512 * 1024 * 1024 };
const pageSize = 500;
/** Every LDAP message begins with the tag of a sequence. */
const firstByte = 0x30;

/** Watches a connection: what answers is a directory, and does not answer for ever. */
function watch(socket: Socket | TLSSocket, limits: DirectoryLimits, fail: (error: DirectoryError) => void): void {
  let bytes = 0;
  socket.prependListener('data', (data: Buffer) => {
    if (bytes === 0 && data[0] !== firstByte)
      fail(new DirectoryError('not-a-directory', 'The first answer is not one of LDAP.'));
    bytes += data.length;
    if (bytes > limits.bytes) fail(new DirectoryError('answer-too-large', `More than ${limits.bytes} bytes.`));
  });
}

/**
 * Connects to a directory under TLS and signs in.
 * @throws DirectoryError
 */
export async function openDirectory(
  { settings, password, guard, authorities, onProtected }: DirectoryAccess,
  limits: DirectoryLimits = defaultLimits,
): Promise<DirectorySession> {
  const { host, port, protection, bindDn } = settings;
  const literal = isIP(host) === 0 ? null : guard.refusalOf([host]);
  if (literal !== null) throw new DirectoryError('address-refused', literal.message, literal);
  const tls: ConnectionOptions = {
    ...(authorities === undefined ? {} : { ca: authorities }),
    ...(isIP(host) === 0 ? { servername: host } : {}),
    host,
    minVersion: 'TLSv1.2',
  };
  let failure: DirectoryError | null = null;
  let opened: Socket | TLSSocket | null = null;
  const fail = (error: DirectoryError): void => {
    failure ??= error;
    opened?.destroy();
  };
  const lookup = guardedLookup({
    ...guard,
    refusalOf: (addresses) => {
      const refused = guard.refusalOf(addresses);
      if (refused !== null) failure ??= new DirectoryError('address-refused', refused.message, refused);
      return refused;
    },
  });
  /**
   * The library connects anew by itself when a connection has ended, and would go on without protection and without a sign-in: what it
   * then reads is what anybody may read, and looks whole.
   */
  const once = <Opened extends Socket | TLSSocket>(open: () => Opened): Opened => {
    if (opened !== null) throw new DirectoryError('cut-off', 'The connection ended.');
    const socket = open();
    opened = socket;
    watch(socket, limits, fail);
    return socket;
  };
  let isProtected = false;
  const told = (socket: TLSSocket): TLSSocket =>
    socket.prependOnceListener('error', noteIssuer(socket)).once('secureConnect', () => {
      isProtected = true;
      const certificate = socket.getPeerCertificate();
      onProtected?.({ issuer: issuerOf(certificate), validTo: new Date(certificate.valid_to).toISOString() });
    });
  const client = new Client({
    url: `${protection === 'ldaps' ? 'ldaps' : 'ldap'}://${isIP(host) === 6 ? `[${host}]` : host}:${port}`,
    timeout: limits.answerMs,
    connectTimeout: limits.connectMs,
    createConnection: (() => once(() => connectTcp({ host, port, lookup }))) as typeof connectTcp,
    createSecureConnection: ((first: number | ConnectionOptions) =>
      typeof first === 'number'
        ? once(() => told(connectTls({ ...tls, port, lookup })))
        : told(connectTls({ ...tls, ...first }))) as typeof connectTls,
  });
  const asked = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await ask();
    } catch (thrown) {
      throw failure ?? toDirectoryError(thrown);
    }
  };
  const close = async (): Promise<void> => {
    // Whether the directory hears the farewell makes no difference.
    await client.unbind().catch(() => undefined);
    opened?.destroy();
  };
  try {
    if (protection === 'start-tls')
      await asked(() => client.startTLS({})).catch((error: unknown) => {
        throw error instanceof DirectoryError && ['refused', 'busy', 'anonymous'].includes(error.fault)
          ? new DirectoryError('start-tls-refused', error.detail, error)
          : error;
      });
    if (password === null)
      await asked(() => client.search('', { scope: 'base', attributes: ['1.1'], sizeLimit: 1 })).catch(
        (error: unknown) => {
          // Whatever it answers to a stranger, it has answered under TLS.
          if (!isProtected) throw error;
        },
      );
    else await asked(() => client.bind(bindDn, password));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    async *pages({ base, scope, filter, attributes, binary = [] }) {
      if (password === null) throw new DirectoryError('anonymous', 'Nobody has signed in.');
      const pages = client.searchPaginated(base, {
        scope,
        filter,
        attributes: [...attributes],
        explicitBufferAttributes: [...binary],
        paged: { pageSize },
      });
      for (;;) {
        const { done, value } = await asked(() => pages.next());
        if (done === true) return;
        yield { entries: value.searchEntries, referrals: value.searchReferences };
      }
    },
    close,
  };
}
