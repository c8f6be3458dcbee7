import { entryOf } from '@crmjira/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { classifyError } from '../../platform/errors/classify-error';
import { GatewayRefusal } from '../../platform/http-client/site-dispatcher';
import { ApiRefusal } from '../../reconciler/api-operation';
import { InvalidRequest } from './describe/operation';

/** A refusal as the caller sees it. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** seconds */
  readonly retryAfter?: number;
}

/** The operation took longer than the gateway waits. */
export class AnswerTooLate extends Error {
  static readonly code = 'too-late';
  readonly code = AnswerTooLate.code;
}

/** fastify's own refusals. */
const framework: Readonly<Record<string, Problem>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { status: 413, code: 'too-large', message: 'The body is larger than 2 MB.' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    code: 'wrong-content-type',
    message: 'The body must be application/json.',
  },
  FST_ERR_CTP_EMPTY_TYPE: { status: 415, code: 'wrong-content-type', message: 'The body must be application/json.' },
  FST_ERR_CTP_EMPTY_JSON_BODY: { status: 400, code: 'malformed-json', message: 'The body is empty.' },
  FST_ERR_CTP_INVALID_JSON_BODY: { status: 400, code: 'malformed-json', message: 'The body is not JSON.' },
  overloaded: {
    status: 503,
    code: 'overloaded',
    message: 'Too many large requests are being read just now; send it again.',
    retryAfter: 5,
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { status: 400, code: 'malformed-json', message: 'The body is incomplete.' },
};

/** Seconds to wait when the other side has not said how long. */
const defaultRetryAfter = 5;
/** Statuses of Jira that mean the request was not carried out. */
const notCarriedOut = new Set([408, 425, 429]);
const unreached = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|CONNECT_TIMEOUT/;

/**
 * The answer to a failed operation. Flows repeat by themselves on 408, 429 and 5xx; a creation of which nobody knows whether it
 * happened is therefore answered 409, which they do not repeat.
 * @param creates true for operations that must not be carried out twice
 */
export function problemOf(thrown: unknown, creates: boolean): Problem {
  if (thrown instanceof InvalidRequest) return { status: 400, code: thrown.code, message: thrown.message };
  if (thrown instanceof ApiRefusal)
    return {
      ...{ status: thrown.status, code: thrown.code, message: thrown.message },
      ...(thrown.status === 503 ? { retryAfter: defaultRetryAfter } : {}),
    };
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? String(thrown.code) : '';
  const known = entryOf(framework, code);
  if (known !== undefined) return known;
  const unknown: Problem = {
    status: 409,
    code: 'outcome-unknown',
    message: 'Jira did not confirm in time; it may have been carried out. Look before you send it again.',
  };
  if (thrown instanceof AnswerTooLate)
    return creates ? unknown : { status: 504, code: thrown.code, message: 'Jira took too long to answer.' };
  const error = classifyError(thrown);
  // What nobody foresaw may carry anything: the log has it, under the correlation id of the answer (R-1407).
  const message =
    error.code === 'unexpected'
      ? 'Something unexpected happened; the log of the service names the cause.'
      : error.message;
  if (error.errorClass === 'transient') {
    const refused =
      error instanceof GatewayRefusal ||
      (error.status !== undefined ? notCarriedOut.has(error.status) : unreached.test(error.message));
    if (creates && !refused) return unknown;
    const retryAfter = Math.ceil((error.retryAfterMs ?? defaultRetryAfter * 1000) / 1000);
    return { status: error.status === 429 ? 429 : 503, code: error.code, message, retryAfter };
  }
  // The credentials that failed are ours, not the caller's: 401 would send the caller looking in the wrong place.
  if (error.errorClass === 'configuration') return { status: 502, code: error.code, message: error.message };
  const passed = error.status !== undefined && error.status >= 400 && error.status < 500;
  return { status: passed ? error.status : 502, code: error.code, message: error.message };
}

/** Answers a failed request, and writes its line. */
export function answerProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  thrown: unknown,
  creates: boolean,
): FastifyReply {
  const { status, code, message, retryAfter } = problemOf(thrown, creates);
  request.log[status >= 500 ? 'error' : 'warn']({ answer: code, path: request.routeOptions.url }, message);
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
  return reply.status(status).send({ code, message, correlationId: request.id });
}
