import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { configSchema, secretNames } from '../../../plugins-proxy/src/platform/config/config-schema';
import { buildTargets } from '../../../solution/tools/build/targets';
import { testConfig } from '../test-config';

const root = join(__dirname, '..', '..', '..');
const folder = join(root, 'plugins-proxy', 'operations');
const compose = z
  .object({
    services: z.object({
      proxy: z.object({
        environment: z.record(z.string(), z.string()),
        secrets: z.array(z.string()),
        volumes: z.array(z.string()),
        read_only: z.literal(true),
        cap_drop: z.tuple([z.literal('ALL')]),
        // F-319: nothing on the machine starves because of it.
        mem_limit: z.string().regex(/^\d+m$/),
      }),
      database: z.object({
        mem_limit: z.string().regex(/^\d+m$/),
        volumes: z.array(z.string()),
        ports: z.never().optional(),
        healthcheck: z.object({ test: z.array(z.string()) }),
      }),
    }),
    secrets: z.record(z.string(), z.object({ file: z.string() })),
  })
  .parse(parse(readFileSync(join(folder, 'compose.yaml'), 'utf8')));

test('the compose file sets only variables that the service reads, and every secret by a file that is mounted', () => {
  const { environment, secrets } = compose.services.proxy;
  const names = Object.keys(environment).map((name) => name.replace(/_FILE$/, ''));
  expect(names.filter((name) => !(name in configSchema.shape))).toEqual([]);
  for (const [name, value] of Object.entries(environment)) {
    const isSecret = (secretNames as readonly string[]).includes(name.replace(/_FILE$/, ''));
    expect({ name, byFile: name.endsWith('_FILE') }).toEqual({ name, byFile: isSecret });
    if (isSecret) expect(secrets).toContain(value.replace('/run/secrets/', ''));
  }
  expect(secrets.filter((name) => !(name in compose.secrets))).toEqual([]);
  // Connections can be stored from the first day on, and their key be exchanged (R-1803).
  expect(environment).toMatchObject({
    SECRETS_KEY_FILE: expect.any(String),
    SECRETS_KEY_PREVIOUS_FILE: expect.any(String),
  });
  const [, directory] = compose.services.proxy.volumes.find((one) => one.endsWith(':ro'))?.split(':') ?? [];
  expect(environment['CONNECTION_SECRETS_DIR']).toBe(directory);
});

test('R-1214 the database of the compose file is reached through its socket alone, at the address that the file names', () => {
  const { proxy, database } = compose.services;
  const socket = 'database-socket:/var/run/postgresql';
  expect([proxy.volumes, database.volumes]).toEqual(Array(2).fill(expect.arrayContaining([socket])));
  const [address = ''] = /postgres:\S+/.exec(readFileSync(join(folder, 'compose.yaml'), 'utf8')) ?? [];
  expect(address).toContain('/var/run/postgresql');
  expect(testConfig({ DATABASE_URL: address.replace('<password>', 'p') }).store.kind).toBe('postgres');
});

test('the image runs as an ordinary user, checks its health and holds no secret', () => {
  const lines = readFileSync(join(folder, 'Containerfile'), 'utf8').split('\n');
  expect(lines).toContain('USER node');
  expect(lines.some((line) => line.startsWith('HEALTHCHECK'))).toBe(true);
  const built = [...lines.join('\n').matchAll(/ ([\w-]+)=plugins-proxy\/src\/\S+\.ts/g)].map(([, name]) => name);
  const pluginsProxy = buildTargets(root).find(({ name }) => name === 'plugins-proxy');
  expect(built.map((name) => `plugins-proxy/dist/${name}.js`)).toEqual(pluginsProxy?.outputs);
  expect(lines.filter((line) => secretNames.some((name) => line.includes(name)))).toEqual([]);
  const ignored = readFileSync(join(folder, 'Containerfile.dockerignore'), 'utf8');
  for (const path of ['.git', '.sandbox', 'node_modules']) expect(ignored).toContain(path);
});
