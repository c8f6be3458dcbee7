import type { FastifyBaseLogger } from 'fastify';

/** Loggers kept; the oldest goes first. There are some twenty operations, and few callers that ask more than now and then. */
const mostKept = 1_000;

/**
 * Loggers that carry caller and operation: what repeats in the lines of the relay is put into words once and not at each request,
 * which is half of what a line costs.
 */
export function lineLoggers(logger: FastifyBaseLogger): (caller: string, operation: string) => FastifyBaseLogger {
  const kept = new Map<string, FastifyBaseLogger>();
  return (caller, operation) => {
    const key = `${operation} ${caller}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const oldest = kept.size >= mostKept ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
    const made = logger.child({ caller, operation });
    kept.set(key, made);
    return made;
  };
}
