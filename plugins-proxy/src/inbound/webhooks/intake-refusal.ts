import { type IntakeAnswerName, intakeAnswers } from './answers';

/** Ends the handling of a delivery with one of the documented answers. */
export class IntakeRefusal extends Error {
  static readonly code = 'intake-refusal';
  readonly code = IntakeRefusal.code;

  constructor(
    readonly answer: IntakeAnswerName,
    options?: { readonly cause?: unknown },
  ) {
    super(intakeAnswers[answer].says, options);
    this.name = 'IntakeRefusal';
  }
}
