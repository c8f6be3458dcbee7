import type { FastifyBaseLogger } from 'fastify';
import { lineWriter } from '../../platform/log/line-writer';
import type { RelayTarget } from './match-target';

/** Writers kept; beyond that all are made anew. There are some twenty operations, and few callers that ask more than now and then. */
const mostKept = 1_000;

/**
 * Writes the line that every relayed request leaves (R-1230). What repeats, its caller and its operation, is put into words once and not
 * at each request.
 * @returns takes a correlation id as `genReqId` gives them: nothing in it needs to be escaped
 */
export function relayedLines(
  logger: FastifyBaseLogger,
): (caller: string, target: RelayTarget, correlationId: string, status: number, tookMs: number) => void {
  const kept = new Map<RelayTarget['operation'], Map<string, (properties: string) => void>>();
  let count = 0;
  const writerOf = (caller: string, operation: RelayTarget['operation']): ((properties: string) => void) => {
    const known = kept.get(operation)?.get(caller);
    if (known !== undefined) return known;
    // More than that are as many strangers: what was said of them is put into words anew when they come again.
    if (count >= mostKept) {
      kept.clear();
      count = 0;
    }
    const made = lineWriter(logger, { caller, operation: operation.name }, 'relayed');
    const ofOperation = kept.get(operation) ?? new Map<string, (properties: string) => void>();
    kept.set(operation, ofOperation.set(caller, made));
    count += 1;
    return made;
  };
  return (caller, { operation, connection, record }, correlationId, status, tookMs) =>
    writerOf(
      caller,
      operation,
    )(
      `"correlationId":"${correlationId}",${connection === null ? '' : `"connection":"${connection}",`}"record":${record},"status":${status},"tookMs":${tookMs}`,
    );
}
