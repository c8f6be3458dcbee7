import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ellipticKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
const loopback = 'IP:127.0.0.1,DNS:localhost';

/** What a certificate says besides its common name. */
export interface CertificateContent {
  /** `subjectAltName`, as OpenSSL writes it; loopback when left out. */
  readonly names?: string;
  /** `extendedKeyUsage`; any when left out. */
  readonly usage?: string;
  /** Days from now, negative for one that is over; 2 when left out. */
  readonly days?: number;
}

/** Certificates for tests, made by OpenSSL in a folder of their own. */
export function certificateFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-certificates-'));
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const at = (name: string): string => join(folder, name);
  return {
    at,
    pem: (name: string): string => readFileSync(at(name), 'utf8'),
    /** `<name>.pem` and `<name>.key` of an authority. */
    authority: (name: string): void =>
      openssl(
        'req',
        '-x509',
        ...ellipticKey,
        '-keyout',
        `${name}.key`,
        '-out',
        `${name}.pem`,
        '-subj',
        `/CN=${name}`,
        '-days',
        '2',
      ),
    /** `<name>.pem` and `<name>.key` with the common name `name`. */
    certificate: (name: string, signedBy: string, content: CertificateContent = {}): void => {
      const { names = loopback, usage, days = 2 } = content;
      openssl('req', ...ellipticKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
      const lines = [`subjectAltName=${names}`, ...(usage === undefined ? [] : [`extendedKeyUsage=${usage}`])];
      writeFileSync(at('extensions'), `${lines.join('\n')}\n`);
      const authority = ['-CA', `${signedBy}.pem`, '-CAkey', `${signedBy}.key`, '-CAcreateserial'];
      openssl(
        'x509',
        '-req',
        '-in',
        `${name}.csr`,
        '-out',
        `${name}.pem`,
        ...authority,
        '-days',
        String(days),
        '-extfile',
        'extensions',
      );
    },
    remove: (): void => rmSync(folder, { recursive: true }),
  };
}
