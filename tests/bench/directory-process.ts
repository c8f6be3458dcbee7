/** One run of a directory, as the service makes it, in a process of its own: `measure-directory.ts` reads what it took. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { runDirectory } from '../../plugins-proxy/src/capabilities/integrations/runs/directory';
import { createDataverseClient } from '../../plugins-proxy/src/clients/dataverse/dataverse-client';
import { createDirectoryProvider } from '../../plugins-proxy/src/connections/providers/directory';

const given = z
  .object({
    url: z.string(),
    authorities: z.string(),
    integrationId: z.string(),
    settings: z.unknown(),
    secrets: z.unknown(),
  })
  .parse(JSON.parse(readFileSync(0, 'utf8')));

async function main(): Promise<void> {
  const began = performance.now();
  const result = await runDirectory(
    createDirectoryProvider({
      guardOf: () => ({ require: () => Promise.resolve(), refusalOf: () => null }),
      authorities: given.authorities,
    }),
    {
      integration: { id: given.integrationId, settings: given.settings, secrets: given.secrets },
      mode: 'changes',
      confirmed: null,
      dataverse: createDataverseClient({
        url: given.url,
        timeoutMs: 60_000,
        tokens: { token: () => Promise.resolve('token-of-the-bench'), drop: () => undefined },
      }),
      now: () => new Date(),
      signal: new AbortController().signal,
      progress: () => Promise.resolve(),
    },
  );
  const highest = /^VmHWM:\s+(\d+) kB/mu.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  process.stdout.write(
    JSON.stringify({
      ms: performance.now() - began,
      megabytes: Number(highest) / 1024,
      counts: result.counts,
      refused: result.refused?.fault ?? null,
    }),
  );
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
