import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Puts the secret of a connection where the service looks for `file:<connection id>`. */
export function writeConnectionSecret(folder: string, connectionId: string, secret: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, connectionId), secret, { mode: 0o600 });
}
