/** An expression that cannot be read or evaluated; the platform's code for it is the same. */
export class ExpressionError extends Error {
  static readonly code = 'InvalidTemplate';
  readonly code = ExpressionError.code;
}
