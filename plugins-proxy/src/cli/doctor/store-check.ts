import { accessSync, constants, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { remedyOf } from '@crmjira/domain';
import { request } from 'undici';
import { z } from 'zod';
import type { Config } from '../../platform/config/read-config';
import { NoStore, StoreInUse, withStore } from '../with-store';
import { healthHeaders } from './health-headers';
import { type Check, failed, type Finding, ok, warning } from './check';

const cursor = 'doctor';
/** Long enough for a service that is busy, in milliseconds. */
const healthTimeoutMs = 5_000;
const health = z.object({
  store: z.object({ ok: z.boolean() }),
  connections: z
    .array(
      z.object({
        id: z.string(),
        webhooks: z.object({ ok: z.boolean(), says: z.string().optional(), remedy: z.string().optional() }).nullable(),
      }),
    )
    .optional(),
  queue: z
    .object({ dead: z.number(), pending: z.number(), failing: z.record(z.string(), z.number()).default({}) })
    .nullable(),
});

/** @param codes of what failed and has not gone well since */
function queueFinding(where: string, dead: number, pending: number, codes: readonly string[]): Finding {
  if (dead > 0)
    return warning(
      `${where}; ${dead} jobs have failed for good`,
      'See "crmjira dead-letters", put right what they name, then "crmjira dead-letters retry --all".',
    );
  if (codes.length === 0) return ok(`${where}; ${pending} jobs wait, none has failed`);
  const remedies = codes.flatMap((code) => remedyOf(code, undefined) ?? []);
  return warning(
    `${where}; ${pending} jobs wait, some of them for a retry (${codes.join(', ')})`,
    [...new Set(remedies)].join(' ') || 'See the log of the service for what they failed with.',
  );
}

/** What the running service says of its store. @throws when it does not answer */
export async function askHealth(
  config: Pick<Config, 'host' | 'port' | 'metricsTokens'>,
): Promise<z.output<typeof health>> {
  const response = await request(`http://${config.host}:${config.port}/health`, {
    headers: healthHeaders(config),
    headersTimeout: healthTimeoutMs,
    bodyTimeout: healthTimeoutMs,
  });
  return health.parse(await response.body.json());
}

/** The embedded store belongs to the running service: then the service is asked how it does. */
async function askService(config: Config): Promise<Finding> {
  const report = await askHealth(config);
  const remedy = 'See the log of the service; the disk may be full.';
  return report.store.ok
    ? queueFinding(
        'in use by the running service',
        report.queue?.dead ?? 0,
        report.queue?.pending ?? 0,
        Object.keys(report.queue?.failing ?? {}),
      )
    : failed('the running service cannot write to its store', remedy);
}

function isOpenFolder(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return statSync(folder).isDirectory();
  } catch {
    // Missing or closed: the caller says so.
    return false;
  }
}

/** The service makes its file when it starts; here nothing is made. */
function notYet(file: string, remedy: string): Finding {
  const folder = dirname(resolve(file));
  if (!isOpenFolder(folder))
    return failed(`there is no ${resolve(file)}, and this account cannot write to ${folder}`, remedy);
  return warning(
    `there is no ${resolve(file)} yet`,
    'Start the service, which makes it. If it runs already, give this command the STORE_FILE that the service has.',
  );
}

/** The inbox and queue take a write and give it back. */
export function storeCheck(config: Config, now: () => Date): Check {
  const remedy =
    config.store.kind === 'sqlite'
      ? 'Check that STORE_FILE names a file in a folder that this account may write to, and that the disk has room.'
      : 'Check DATABASE_URL, and that its role may create the schema crmjira.';
  return {
    id: 'store',
    title: 'Store is writable',
    remedy,
    look: async () => {
      try {
        return await withStore(config.store, async (store) => {
          const written = now().toISOString();
          await store.writeCursor(cursor, written);
          if ((await store.readCursor(cursor)) !== written) return failed('what was written is not there', remedy);
          const { dead, pending } = await store.statistics(now().getTime());
          const codes = (await store.failing()).map(({ code }) => code);
          return queueFinding(config.store.kind, dead, pending, codes);
        });
      } catch (error) {
        if (error instanceof StoreInUse) return askService(config);
        if (error instanceof NoStore && config.store.kind === 'sqlite') return notYet(config.store.file, remedy);
        throw error;
      }
    },
  };
}
