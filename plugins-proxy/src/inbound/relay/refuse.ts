import type { FastifyBaseLogger } from 'fastify';
import { AccessDenied } from '../authenticate/access-denied';
import { limitLines } from '../../platform/log/limit-lines';
import type { Store } from '../../queue/store/store';
import type { MappedAnswer } from './map-jira-answer';
import type { RelayAnswerName } from './relay-answers';
import { RelayRefusal } from './relay-refusal';

/** Errors of fastify, undici and the network, by their codes. */
const answerOfCode: readonly (readonly [RegExp, RelayAnswerName])[] = [
  [/^FST_ERR_CTP_(INVALID_MEDIA_TYPE|EMPTY_TYPE)$/, 'wrongContentType'],
  [/^UND_ERR_(HEADERS|BODY|CONNECT)_TIMEOUT$|^ETIMEDOUT$/, 'timedOut'],
  [/^(UND_ERR_|HPE_|EAI_|ERR_SSL_|ERR_TLS_|UNABLE_TO_)|^E[A-Z]+$|CERT/, 'unreachable'],
  [/^gateway-unavailable$/, 'gatewayClosed'],
];

/** The documented answer to whatever went wrong. */
export function refusalOf(error: unknown): RelayRefusal {
  if (error instanceof RelayRefusal) return error;
  if (error instanceof AccessDenied) return new RelayRefusal(error.denial, error);
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const answer = answerOfCode.find(([pattern]) => pattern.test(code))?.[1] ?? 'failed';
  return new RelayRefusal(answer, { cause: error });
}

/** Path for the log: without the query, short, and in plain characters whatever was sent. */
function shownPath(target: string): string {
  const [path = ''] = target.split('?');
  return path.slice(0, 200).replaceAll(/[^\w/.%:-]/g, '?');
}

/** Which request is refused. */
export interface Refused {
  readonly correlationId: string;
  readonly method: string;
  /** As it came over the wire. */
  readonly target: string;
  /** Null as long as nobody has proved to be one. */
  readonly caller: string | null;
}

/** Logs and counts refusals. @returns gives what the caller is told */
export function createRefuser(
  { store, redact }: { readonly store: Pick<Store, 'count'>; readonly redact: (text: string) => string },
  logger: FastifyBaseLogger,
): (refusal: RelayRefusal, refused: Refused) => Promise<MappedAnswer> {
  const lines = limitLines();
  return async (refusal, { correlationId, method, target, caller }) => {
    const { status, code, says, level, counter } = refusal.row;
    const reason = refusal.cause === undefined ? undefined : redact(String(refusal.cause));
    const line = lines(code);
    if (line !== null)
      logger[level](
        { correlationId, answer: code, method, path: shownPath(target), caller: caller ?? undefined, reason, ...line },
        says,
      );
    if (counter !== undefined) await store.count(counter).catch(() => undefined);
    const wait = refusal.retryAfterSeconds;
    return { status, code, message: says, ...(wait === undefined ? {} : { retryAfterSeconds: wait }) };
  };
}

/** An answer of the relay's own, as HTTP has it. */
export function httpAnswer(answer: MappedAnswer, correlationId: string) {
  const { status, retryAfterSeconds, ...body } = answer;
  const headers: Record<string, string> = {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-correlation-id': correlationId,
  };
  if (retryAfterSeconds !== undefined) headers['retry-after'] = String(retryAfterSeconds);
  if (status === 401) headers['www-authenticate'] = 'Bearer';
  // The rest of a body that nobody reads must not be taken for the next request.
  if (status === 413) headers['connection'] = 'close';
  return { status, headers, body: { ...body, correlationId } };
}
