import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Puts a secret of a connection where the service looks for `file:<name>`: the id of the connection, and what may follow. */
export function writeConnectionSecret(folder: string, name: string, secret: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, name), secret, { mode: 0o600 });
}
