import { request } from 'undici';
import { z } from 'zod';
import type { SecretFacts } from '../../platform/secrets/collect-secrets';
import { recallFirstSeen, signInSecrets } from '../../connections/credentials/first-seen';
import { ageLimits, agesOf, type SecretAge, standardAgeLimits } from '../../platform/secrets/secret-ages';
import type { Session } from '../session';
import { healthHeaders } from './health-headers';
import { withStoreReads } from '../with-store';

const dayMs = 86_400_000;
const healthAnswer = z.object({ secretAgeDays: z.record(z.string(), z.number()) });

/**
 * The facts with the ages that the service knows: since when it has a secret that is given in a variable, it alone can tell. They stand
 * in its store, the one source for every command (F-205); from another machine the running service is asked.
 */
export async function withAgesOfService(
  { config, limits }: Pick<Session, 'config' | 'limits'>,
  given: readonly SecretFacts[],
  now: Date,
): Promise<readonly SecretFacts[]> {
  if (given.every(({ since }) => since !== null)) return given;
  const facts = await withStoreReads(config.store, (store) => recallFirstSeen(store, given, config)).catch(
    // Whether the store can be read is another check's finding.
    () => given,
  );
  const asked = signInSecrets(config);
  if (facts.every(({ name, since }) => since !== null || !asked.has(name))) return facts;
  const { timeoutMs } = limits();
  const known = await request(`${config.publicUrl}/health`, {
    headers: healthHeaders(config),
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  })
    .then(async ({ body }) => healthAnswer.parse(await body.json()).secretAgeDays)
    .catch((): Record<string, number> => ({}));
  return facts.map((one) => {
    const days = known[one.name];
    return one.since !== null || days === undefined ? one : { ...one, since: new Date(now.getTime() - days * dayMs) };
  });
}

/** The ages of the secrets by the limits of Dynamics, or the standard ones where these cannot be read. */
export async function agesOfSecrets(
  session: Session,
  given: readonly SecretFacts[],
  now: Date,
): Promise<readonly SecretAge[]> {
  // Whether the settings can be read is another check's finding.
  const settings = await session.environmentSettings.settings().catch(() => null);
  const limits = settings === null ? standardAgeLimits : ageLimits(settings.thresholds);
  return agesOf(await withAgesOfService(session, given, now), session.config.expiries, now, limits);
}
