import type { ServerResponse } from 'node:http';
import type { FastifyBaseLogger } from 'fastify';
import type { Admission } from './admission';
import { type Forwarding, forward } from './forward';
import { type MappedAnswer, mapJiraAnswer } from './map-jira-answer';
import { atBudgetAddress } from './budget-target';
import type { RelayTarget } from './match-target';
import { refusalOf } from './refuse';
import { RelayRefusal } from './relay-refusal';
import { relayedLines } from './relayed-lines';
import type { RelayUpstream, RelayUpstreams } from './upstreams';

/** One admitted request, and how it is answered where Jira's answer is not passed on. */
export interface Exchange {
  readonly caller: string;
  readonly target: RelayTarget;
  readonly body: Forwarding['body'];
  readonly response: ServerResponse;
  readonly correlationId: string;
  /** Jira's answer is about to be passed on; from here on nobody else may answer. */
  readonly onStart: () => void;
  /** Jira's answer has been passed on. */
  readonly onPassed: (status: number) => void;
  readonly answer: (answer: MappedAnswer) => void;
  readonly refuse: (refusal: RelayRefusal) => void;
}

/**
 * Makes the passing on of admitted requests. Every one leaves a line in the log: who, which operation, which record, how it ended
 * (R-1230); no query, no body, no amount.
 */
export function createExchange(
  options: {
    readonly upstreams: Pick<RelayUpstreams, 'of'>;
    readonly now: () => Date;
    /** Cuts the service's secrets out of words that come from Jira. */
    readonly redact: (text: string) => string;
  },
  admission: Pick<Admission, 'begin' | 'end'>,
  logger: FastifyBaseLogger,
): (exchange: Exchange) => void {
  const { upstreams, now, redact } = options;
  const writeRelayed = relayedLines(logger);

  return ({ caller, target, body, response, correlationId, ...told }) => {
    let upstream: RelayUpstream;
    let placed: RelayTarget;
    try {
      upstream = upstreams.of(target.connection);
      if (!upstream.isAllowed()) throw new RelayRefusal('hostNotAllowed');
      placed = atBudgetAddress(target, upstream.budgetBase);
    } catch (error) {
      told.refuse(refusalOf(error));
      return;
    }
    const began = now().getTime();
    let started = false;
    admission.begin();
    forward(upstream, {
      target: placed,
      body,
      response,
      correlationId,
      onStart: () => {
        started = true;
        told.onStart();
      },
      onDone: (result) => {
        admission.end();
        writeRelayed(caller, target, correlationId, result.status, now().getTime() - began);
        if (result.passed) told.onPassed(result.status);
        else if (result.status >= 300 && result.status < 400) told.refuse(new RelayRefusal('redirected'));
        else told.answer(mapJiraAnswer(result, now().getTime(), redact));
      },
      onError: (error) => {
        admission.end();
        const refusal = refusalOf(error);
        if (!started) {
          told.refuse(refusal);
          return;
        }
        response.destroy();
        logger.warn(
          { caller, operation: target.operation.name, correlationId, answer: refusal.row.code },
          'relay broke off',
        );
      },
    });
  };
}
