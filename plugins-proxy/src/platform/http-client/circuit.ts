import { IntegrationError } from '../errors/integration-error';
import { triedEnough } from './with-retries';

/** Tries in a row that found nobody there until the circuit opens: more than the tries of one call, as one call may be the trouble. */
const failuresToOpen = 8;
/** How long it stays open until one call may try, in milliseconds: less than the recovery's look, which is one. */
const openMs = 5_000;

/** Whether a failure says that nobody is there: no answer, or one that something in between gave for the site. */
const isAway = (error: unknown): error is IntegrationError =>
  error instanceof IntegrationError &&
  error.errorClass === 'transient' &&
  /-unavailable$/.test(error.code) &&
  (error.status === undefined || error.status >= 500);

/**
 * Stands before the calls to one site. After several tries in a row found nobody there, calls fail at once with what the last one found;
 * every few seconds one may try, and the first answer closes the circuit again.
 * @param now milliseconds since 1970
 */
export function createCircuit(now: () => number): <T>(call: () => Promise<T>) => Promise<T> {
  let failures = 0;
  let last: { readonly error: IntegrationError; readonly at: number } | null = null;
  return async (call) => {
    const open = failures >= failuresToOpen ? last : null;
    if (open !== null) {
      const since = now() - open.at;
      // A clock that was put back keeps nobody out.
      if (since >= 0 && since < openMs) throw triedEnough(refusalLike(open.error));
      // This one tries; the others wait for what it finds.
      last = { error: open.error, at: now() };
    }
    try {
      const answer = await call();
      failures = 0;
      return answer;
    } catch (error) {
      if (isAway(error)) {
        failures += 1;
        last = { error, at: now() };
      } else failures = 0;
      throw error;
    }
  };
}

/** The same failure anew: errors are marked by those who handle them. */
function refusalLike(error: IntegrationError): IntegrationError {
  const { code, errorClass, status, connectionId } = error;
  return new IntegrationError(error.message, {
    code,
    errorClass,
    connectionId,
    cause: error,
    ...(status === undefined ? {} : { status }),
  });
}
