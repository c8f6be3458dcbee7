/** An answer of Tempo Cloud that is not what was asked for. */
export class TempoError extends Error {
  static readonly code = 'tempo-error';
  readonly code = TempoError.code;

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}
