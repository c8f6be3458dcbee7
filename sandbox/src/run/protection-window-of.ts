import { platformLimits, type ServiceProtection } from '../dataverse/service-protection/limits';

/** seconds; shorter than this even one click could meet the end of a window */
const SHORTEST = 10;

/**
 * Reads `SANDBOX_PROTECTION_WINDOW`: seconds of the window in which Dataverse counts a user's requests. The platform's five minutes are
 * long to wait for whoever wants to see what happens beyond the limit.
 * @throws Error naming what was expected and what came
 */
export function serviceProtectionOf(value: string | undefined): ServiceProtection {
  if (value === undefined || value === '') return platformLimits;
  const windowSeconds = Number(value);
  const { windowSeconds: longest } = platformLimits;
  if (!Number.isInteger(windowSeconds) || windowSeconds < SHORTEST || windowSeconds > longest)
    throw new Error(`SANDBOX_PROTECTION_WINDOW must be whole seconds from ${SHORTEST} to ${longest}, not "${value}".`);
  return { ...platformLimits, windowSeconds };
}
