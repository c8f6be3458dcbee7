import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Secrets in files, as a container mounts them. */
export function secretFiles(values: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-secrets-'));
  const path = (name: string): string => join(folder, name.toLowerCase());
  for (const [name, value] of Object.entries(values)) writeFileSync(path(name), value, { mode: 0o600 });
  return {
    path,
    /** What configures them; the variables themselves are taken away. */
    environment: Object.fromEntries(
      Object.keys(values).flatMap((name) => [
        [name, ''],
        [`${name}_FILE`, path(name)],
      ]),
    ),
    read: (name: string): string => readFileSync(path(name), 'utf8').trim(),
    write: (name: string, value: string): void => writeFileSync(path(name), value),
    age: (name: string, since: Date): void => utimesSync(path(name), since, since),
    remove: async (): Promise<void> => rmSync(folder, { recursive: true }),
  };
}
