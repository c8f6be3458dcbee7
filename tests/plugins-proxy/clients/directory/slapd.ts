import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../free-port';
import { certificateFolder } from '../../certificates';

/** Debian's package slapd, which `.ci/run` installs. */
export const hasSlapd = existsSync('/usr/sbin/slapd');

export const suffix = 'dc=company,dc=com';
export const bindDn = `cn=admin,${suffix}`;
export const password = 'correct horse';
export const userSearch = `ou=Users,${suffix}`;
export const groupSearch = `ou=Groups,${suffix}`;

/** Entries of a company, as LDIF. */
export function ldif(
  entries: readonly (readonly [dn: string, attributes: Readonly<Record<string, string | readonly string[]>>])[],
): string {
  const lines = entries.map(([dn, attributes]) => [
    `dn: ${dn}`,
    ...Object.entries(attributes).flatMap(([name, values]) =>
      (typeof values === 'string' ? [values] : values).map((value) => `${name}: ${value}`),
    ),
    '',
  ]);
  return lines.flat().join('\n');
}

export const personDn = (name: string): string => `uid=${name},${userSearch}`;
export const groupDn = (name: string): string => `cn=${name},${groupSearch}`;

export const person = (name: string): readonly [string, Readonly<Record<string, string>>] => [
  personDn(name),
  { objectClass: 'inetOrgPerson', uid: name, cn: name, sn: name, mail: `${name}@company.com` },
];
export const group = (
  name: string,
  member: readonly string[],
): readonly [string, Readonly<Record<string, string | readonly string[]>>] => [
  groupDn(name),
  { objectClass: 'groupOfNames', cn: name, member },
];
export const company = [
  [suffix, { objectClass: ['dcObject', 'organization'], dc: 'company', o: 'Company' }],
  [userSearch, { objectClass: 'organizationalUnit', ou: 'Users' }],
  [groupSearch, { objectClass: 'organizationalUnit', ou: 'Groups' }],
  [`ou=Partners,${suffix}`, { objectClass: 'organizationalUnit', ou: 'Partners' }],
] as const;

/** Whether something on this machine takes connections at a port. */
export const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

/** A real OpenLDAP on ports of its own, with certificates that `authority` signed. */
export async function startSlapd(entries: string, { global = '', database = '' } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-slapd-'));
  const certificates = certificateFolder();
  certificates.authority('authority');
  certificates.certificate('directory', 'authority');
  const [port, tlsPort] = [await freePort(), await freePort()];
  mkdirSync(join(folder, 'data'));
  const schemas = ['core', 'cosine', 'inetorgperson'].map((name) => `include /etc/ldap/schema/${name}.schema`);
  const configuration = join(folder, 'slapd.conf');
  writeFileSync(
    configuration,
    [
      ...schemas,
      'modulepath /usr/lib/ldap',
      'moduleload back_mdb',
      `pidfile ${join(folder, 'pid')}`,
      `TLSCACertificateFile ${certificates.at('authority.pem')}`,
      `TLSCertificateFile ${certificates.at('directory.pem')}`,
      `TLSCertificateKeyFile ${certificates.at('directory.key')}`,
      global,
      'database mdb',
      `suffix "${suffix}"`,
      `directory ${join(folder, 'data')}`,
      `rootdn "${bindDn}"`,
      `rootpw "${password}"`,
      database,
      '',
    ].join('\n'),
  );
  writeFileSync(join(folder, 'entries.ldif'), entries);
  execFileSync('slapadd', ['-q', '-f', configuration, '-l', join(folder, 'entries.ldif')], {
    env: { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin` },
    stdio: 'pipe',
  });
  const urls = `ldap://127.0.0.1:${port} ldaps://127.0.0.1:${tlsPort}`;
  const server: ChildProcess = spawn('/usr/sbin/slapd', ['-d', '0', '-f', configuration, '-h', urls], {
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  while (!(await answers(port)) || !(await answers(tlsPort))) {
    if (server.exitCode !== null) throw new Error(`slapd ended with ${server.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    port,
    tlsPort,
    authorities: certificates.pem('authority.pem'),
    authoritiesFile: certificates.at('authority.pem'),
    stop: async (): Promise<void> => {
      server.kill('SIGKILL');
      await ended;
      certificates.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
