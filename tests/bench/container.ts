import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const containerfile = readFileSync(join(__dirname, '..', '..', 'plugins-proxy', 'operations', 'Containerfile'), 'utf8');

/** What the Containerfile gives to node. */
export function nodeFlags(): string[] {
  const [, command] = /^CMD (\[.*\])$/m.exec(containerfile) ?? [];
  return z
    .array(z.string())
    .parse(JSON.parse(command ?? 'null'))
    .filter((argument) => argument.startsWith('--'));
}

/** What it says to the C library, as a setting of the environment. */
export const allocator = z.string().parse(/^ENV (MALLOC_ARENA_MAX=\d+)$/m.exec(containerfile)?.[1]);
