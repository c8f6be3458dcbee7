import { IntegrationError } from '../errors/integration-error';
import { triedEnough } from './with-retries';

/** Tries in a row that found nobody there until the circuit opens: more than the tries of one call, as one call may be the trouble. */
const failuresToOpen = 8;
/** What one counts for that waited for nothing until its time was over: it has held a worker for that long. Two in a row open the circuit. */
const weightOfTimeout = failuresToOpen / 2;
/** How long it stays open until one call may try, in milliseconds: who asks whether the site answers again must not be told of before. */
const openMs = 1_000;

/** Whether a failure says that nobody is there: no answer, or one that something in between gave for the site. */
const isAway = (error: unknown): error is IntegrationError =>
  error instanceof IntegrationError &&
  error.errorClass === 'transient' &&
  /-unavailable$/.test(error.code) &&
  (error.status === undefined || error.status >= 500);

const timeouts = new Set(['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

/** Whether no answer came in time, by what undici or the system has thrown. */
const isTimeout = ({ cause }: IntegrationError): boolean =>
  cause instanceof Error && 'code' in cause && typeof cause.code === 'string' && timeouts.has(cause.code);

/**
 * Stands before the calls to one site. After several tries in a row found nobody there, calls fail at once with what the last one found;
 * one at a time may try, and its answer closes the circuit again: a site that does not answer at all holds up one caller, not all.
 * @param now milliseconds since 1970
 */
export function createCircuit(now: () => number): <T>(call: () => Promise<T>) => Promise<T> {
  let failures = 0;
  let last: { readonly error: IntegrationError; readonly at: number } | null = null;
  let tries = false;
  return async (call) => {
    const open = failures >= failuresToOpen ? last : null;
    if (open !== null) {
      const since = now() - open.at;
      // A clock that was put back keeps nobody out.
      if (tries || (since >= 0 && since < openMs)) throw triedEnough(sameAgain(open.error));
      tries = true;
    }
    try {
      const answer = await call();
      failures = 0;
      return answer;
    } catch (error) {
      if (isAway(error)) {
        failures += isTimeout(error) ? weightOfTimeout : 1;
        last = { error, at: now() };
      } else failures = 0;
      throw error;
    } finally {
      if (open !== null) tries = false;
    }
  };
}

/** The same failure anew: errors are marked by those who handle them. */
function sameAgain(error: IntegrationError): IntegrationError {
  const { code, errorClass, status, connectionId, isOfRow } = error;
  return new IntegrationError(error.message, {
    code,
    errorClass,
    connectionId,
    isOfRow,
    cause: error,
    ...(status === undefined ? {} : { status }),
  });
}
