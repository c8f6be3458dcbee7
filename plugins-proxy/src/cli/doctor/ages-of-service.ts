import { request } from 'undici';
import { z } from 'zod';
import type { SecretFacts } from '../../secrets/gather-secrets';
import type { Session } from '../session';

const dayMs = 86_400_000;
const healthAnswer = z.object({ secretAgeDays: z.record(z.string(), z.number()) });

/**
 * The facts with the ages that the running service knows: since when it has a secret that is given in a variable, it alone can tell.
 * A service that does not answer, or is older, leaves them as they are.
 */
export async function withAgesOfService(
  { config, limits }: Pick<Session, 'config' | 'limits'>,
  facts: readonly SecretFacts[],
  now: Date,
): Promise<readonly SecretFacts[]> {
  if (facts.every(({ since }) => since !== null)) return facts;
  const { timeoutMs } = limits();
  const known = await request(`${config.publicUrl}/health`, { headersTimeout: timeoutMs, bodyTimeout: timeoutMs })
    .then(async ({ body }) => healthAnswer.parse(await body.json()).secretAgeDays)
    .catch((): Record<string, number> => ({}));
  return facts.map((one) => {
    const days = known[one.name];
    return one.since !== null || days === undefined ? one : { ...one, since: new Date(now.getTime() - days * dayMs) };
  });
}
