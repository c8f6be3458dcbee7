import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';

export interface TemporaryPostgres {
  readonly url: string;
  stop(): Promise<void>;
}

const hasBinaries = ['postgres', 'initdb'].every((name) => spawnSync(name, ['--version']).status === 0);

/** Why the PostgreSQL suite cannot run here; null when it can. */
export const postgresMissing: string | null =
  process.env['TEST_DATABASE_URL'] !== undefined || hasBinaries
    ? null
    : 'neither TEST_DATABASE_URL nor the binaries postgres and initdb are here';

/** PostgreSQL refuses to run as root: its own account is used then. */
function account(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string): number => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout.trim());
  return { uid: id('-u'), gid: id('-g') };
}

/** A database of its own on a server that is there: what another suite left, leases above all, must not be found in it. */
async function freshDatabase(server: string): Promise<TemporaryPostgres> {
  const name = `crmjira_${randomUUID().replaceAll('-', '')}`;
  const run = async (statement: string): Promise<void> => {
    const client = new Client({ connectionString: server });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await run(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, stop: () => run(`drop database ${name} with (force)`) };
}

/** A cluster of its own in a temporary folder, reached through a socket in it; or a database on the server that TEST_DATABASE_URL names. */
export async function startPostgres(): Promise<TemporaryPostgres> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given !== undefined) return freshDatabase(given);
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-postgres-'));
  const owner = account();
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const made = spawnSync('initdb', ['-D', data, '-U', 'crmjira', '--auth=trust', '--no-sync'], {
    ...owner,
    cwd: folder,
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const server = spawn('postgres', ['-D', data, '-F', '-k', folder, '-c', 'listen_addresses='], {
    ...owner,
    cwd: folder,
  });
  await new Promise<void>((resolve, reject) => {
    let log = '';
    server.stderr.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      if (log.includes('ready to accept connections')) resolve();
    });
    server.once('exit', () => reject(new Error(`postgres did not start: ${log}`)));
  });
  return {
    url: `postgres://crmjira@localhost/postgres?host=${encodeURIComponent(folder)}`,
    stop: () =>
      new Promise((resolve) => {
        server.once('exit', () => {
          rmSync(folder, { recursive: true, force: true });
          resolve();
        });
        server.kill('SIGQUIT');
      }),
  };
}
