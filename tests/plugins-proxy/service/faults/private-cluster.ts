import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../free-port';

/** A PostgreSQL of a test's own, which it may crash and start again. */
export interface PrivateCluster {
  readonly url: string;
  start(): Promise<void>;
  /** Ends it as a power cut does: nothing is flushed, the next start recovers from the log. */
  crash(): Promise<void>;
  remove(): Promise<void>;
}

const debianFolder = '/usr/lib/postgresql';

/** Where `postgres` and `initdb` lie: on the path, or where Debian puts them; null when they are not here. */
export function findPostgres(): string | null {
  if (spawnSync('initdb', ['--version']).status === 0) return '';
  try {
    const newest = readdirSync(debianFolder).sort((a, b) => Number(b) - Number(a))[0];
    return newest === undefined ? null : `${join(debianFolder, newest, 'bin')}/`;
  } catch {
    return null;
  }
}

/** PostgreSQL refuses to run as root: its own account is used then. */
function account(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string): number => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout.trim());
  return { uid: id('-u'), gid: id('-g') };
}

/**
 * @param bin as `findPostgres` gives it
 * @param tls certificate and key that it serves TLS with; null = it speaks in the clear alone
 */
export async function createPrivateCluster(
  bin: string,
  tls: { readonly certificate: string; readonly key: string } | null = null,
): Promise<PrivateCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-cluster-'));
  const owner = account();
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const made = spawnSync(`${bin}initdb`, ['-D', data, '-U', 'crmjira', '--auth=trust', '--no-sync'], {
    ...owner,
    cwd: folder,
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const port = await freePort();
  const served: string[] = [];
  if (tls !== null) {
    // PostgreSQL takes no key that belongs to another account, or that others may read.
    for (const [setting, pem] of [
      ['ssl_cert_file', tls.certificate],
      ['ssl_key_file', tls.key],
    ] as const) {
      const file = join(folder, setting);
      writeFileSync(file, pem, { mode: 0o600 });
      if (owner.uid !== undefined && owner.gid !== undefined) chownSync(file, owner.uid, owner.gid);
      served.push('-c', `${setting}=${file}`);
    }
    served.push('-c', 'ssl=on');
  }
  let server: ChildProcess | null = null;
  const crash = (): Promise<void> =>
    new Promise((resolve) => {
      if (server === null) return resolve();
      server.once('exit', () => resolve());
      server.kill('SIGQUIT');
      server = null;
    });
  return {
    url: `postgres://crmjira@127.0.0.1:${port}/postgres`,
    crash,
    start: () =>
      new Promise((resolve, reject) => {
        let log = '';
        const options = ['-D', data, '-p', String(port), '-k', '', '-c', 'listen_addresses=127.0.0.1', ...served];
        const started = spawn(`${bin}postgres`, options, { ...owner, cwd: folder });
        server = started;
        started.stderr.on('data', (chunk: Buffer) => {
          log += chunk.toString();
          if (log.includes('ready to accept connections')) resolve();
        });
        started.once('exit', () => reject(new Error(`postgres ended: ${log}`)));
      }),
    remove: async () => {
      await crash();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
