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

/** What it says to the C library, as settings of the environment. */
export const allocator: Readonly<Record<string, string>> = Object.fromEntries(
  z
    .string()
    .parse(/^ENV ((?:MALLOC_\w+=\d+ ?)+)$/m.exec(containerfile)?.[1])
    .split(' ')
    .map((setting) => z.tuple([z.string(), z.string()]).parse(setting.split('='))),
);

/** The same as arguments of env(1). */
export const allocatorArguments = Object.entries(allocator).map(([name, value]) => `${name}=${value}`);
