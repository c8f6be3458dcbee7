import { entryOf } from '@crmjira/domain';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { limitLines } from '../../platform/log/limit-lines';
import type { Store } from '../../queue/store/store';
import { type IntakeAnswer, type IntakeAnswerName, intakeAnswers } from './answers';
import { IntakeRefusal } from './intake-refusal';
import { BodiesTooLarge } from './body-budget';
import { answer } from './receive';

/** Refusals while a body is read, in our words. */
const frameworkAnswers: Readonly<Record<string, IntakeAnswerName>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'tooLarge',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'wrongContentType',
  FST_ERR_CTP_EMPTY_TYPE: 'wrongContentType',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformedJson',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'badSignature',
  [BodiesTooLarge.code]: 'overloaded',
};

function answerFor(error: unknown): IntakeAnswerName {
  if (error instanceof IntakeRefusal) return error.answer;
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string')
    return entryOf(frameworkAnswers, error.code) ?? 'unavailable';
  return 'unavailable';
}

/** Answers every refusal of the routes in this scope from the table, counts security events and logs why. */
export function answerRefusals(app: FastifyInstance, store: Store): void {
  const lines = limitLines();
  app.setErrorHandler(async (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const name = answerFor(error);
    const refusal: IntakeAnswer = intakeAnswers[name];
    const cause = error instanceof IntakeRefusal ? error.cause : error;
    const reason = cause instanceof Error ? cause.message : undefined;
    const line = lines(refusal.code);
    if (line !== null)
      request.log[refusal.level](
        { answer: refusal.code, path: request.routeOptions.url, reason, ...line },
        refusal.says,
      );
    if (refusal.counter !== undefined) await store.count(refusal.counter).catch(() => undefined);
    return answer(reply, name, { correlationId: request.id });
  });
}
