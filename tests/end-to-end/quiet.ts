import { request } from 'undici';
import { z } from 'zod';
import { eventually } from '../plugins-proxy/eventually';
import type { SandboxUnderTest } from './sandbox-under-test';

const health = z.object({
  queue: z.object({ pending: z.number(), running: z.number(), dead: z.number() }),
  deliveries: z.object({ accepted: z.number(), ignored: z.number() }),
});
export type Health = z.infer<typeof health>;

/** What the proxy says about itself. */
export async function healthOf(proxyUrl: string): Promise<Health> {
  const answer = await request(`${proxyUrl}/health`);
  return health.parse(await answer.body.json());
}

/** Resolves when Jira has nothing left to send and the proxy nothing left to do. */
export async function untilQuiet(sandbox: SandboxUnderTest, withinMs = 90_000): Promise<void> {
  await eventually(async () => {
    await sandbox.jira.deliveriesSettled();
    const before = await healthOf(sandbox.urls.proxy);
    await sandbox.jira.deliveriesSettled();
    const after = await healthOf(sandbox.urls.proxy);
    // Dataverse's own steps are sent a moment after its answer: two looks in a row must agree.
    const seen = [before, after].map(({ queue, deliveries }) => ({ pending: queue.pending, ...deliveries }));
    const [first, second] = seen.map((look) => JSON.stringify(look));
    if (after.queue.pending > 0 || first !== second) throw new Error(`Still at work: ${first}, then ${second}`);
  }, withinMs);
}
