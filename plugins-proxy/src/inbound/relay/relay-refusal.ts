import type { DocumentedAnswer } from '../../platform/errors/documented-answer';
import { type RelayAnswerName, relayAnswers } from './relay-answers';

/** Ends the handling of a relayed request with one of the documented answers. */
export class RelayRefusal extends Error {
  static readonly code = 'relay-refusal';
  readonly code = RelayRefusal.code;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly answer: RelayAnswerName,
    options?: { readonly cause?: unknown; readonly retryAfterSeconds?: number | undefined },
  ) {
    super(relayAnswers[answer].says, options);
    this.name = 'RelayRefusal';
    this.retryAfterSeconds = options?.retryAfterSeconds;
  }

  get row(): DocumentedAnswer {
    return relayAnswers[this.answer];
  }
}
