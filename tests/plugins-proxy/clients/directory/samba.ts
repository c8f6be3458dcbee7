import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'ldapts';
import { certificateFolder } from '../../certificates';
import { answers } from './slapd';

/** Debian's packages samba, samba-ad-provision, samba-dsdb-modules and samba-vfs-modules, which `.ci/run` installs. Its ports are below 1024. */
export const hasSamba =
  existsSync('/usr/sbin/samba') && existsSync('/usr/share/samba/setup/provision.ldif') && process.getuid?.() === 0;

export const domain = 'DC=corp,DC=company,DC=test';
export const administrator = `CN=Administrator,CN=Users,${domain}`;
export const password = 'Correct-Horse-7';
/** What a directory of Active Directory listens on; Samba has no setting for others. */
export const port = 389;
export const tlsPort = 636;

/** A real domain controller on this machine alone: its LDAP, without names, Kerberos and shares. */
export async function startSamba() {
  if (await answers(tlsPort))
    throw new Error(`Port ${tlsPort} is taken: end what listens there, then run this test again.`);
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-samba-'));
  const certificates = certificateFolder();
  certificates.authority('authority');
  certificates.certificate('directory', 'authority');
  const options = Object.entries({
    interfaces: '127.0.0.1',
    'bind interfaces only': 'yes',
    'server services': 'ldap',
  }).map(([name, value]) => `--option=${name}=${value}`);
  execFileSync(
    'samba-tool',
    [
      ...[
        'domain',
        'provision',
        `--targetdir=${folder}`,
        '--realm=CORP.COMPANY.TEST',
        '--domain=CORP',
        '--server-role=dc',
      ],
      ...['--dns-backend=NONE', `--adminpass=${password}`, '--host-name=dc1', '--host-ip=127.0.0.1', ...options],
    ],
    { stdio: 'pipe' },
  );
  const tls = join(folder, 'tls');
  mkdirSync(tls);
  for (const name of ['authority.pem', 'directory.pem', 'directory.key'])
    copyFileSync(certificates.at(name), join(tls, name));
  chmodSync(join(tls, 'directory.key'), 0o600);
  mkdirSync(join(folder, 'run'));
  const more = Object.entries({
    'pid directory': join(folder, 'run'),
    'ncalrpc dir': join(folder, 'run', 'ncalrpc'),
    'log file': join(folder, 'log'),
    'tls cafile': join(tls, 'authority.pem'),
    'tls certfile': join(tls, 'directory.pem'),
    'tls keyfile': join(tls, 'directory.key'),
  }).map(([name, value]) => `--option=${name}=${value}`);
  const server: ChildProcess = spawn(
    '/usr/sbin/samba',
    ['-F', '--model=single', '--no-process-group', '-s', join(folder, 'etc', 'smb.conf'), ...more],
    { stdio: 'ignore' },
  );
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  while (!(await answers(tlsPort))) {
    if (server.exitCode !== null) throw new Error(`samba ended with ${server.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const authorities = certificates.pem('authority.pem');
  return {
    authorities,
    /** Makes entries as the administrator. */
    add: async (
      entries: readonly (readonly [dn: string, attributes: Record<string, string | string[]>])[],
    ): Promise<void> => {
      const client = new Client({ url: `ldaps://127.0.0.1:${tlsPort}`, tlsOptions: { ca: authorities } });
      await client.bind(administrator, password);
      for (const [dn, attributes] of entries) await client.add(dn, attributes);
      await client.unbind();
    },
    stop: async (): Promise<void> => {
      server.kill('SIGKILL');
      await ended;
      certificates.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
