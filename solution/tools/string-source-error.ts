/** A file of texts that cannot be used as it is; the sentence names file and key. */
export class StringSourceError extends Error {
  static readonly code = 'STRING_SOURCE';
  readonly code = StringSourceError.code;

  constructor(file: string, problem: string, options?: ErrorOptions) {
    super(`${file} ${problem}.`, options);
    this.name = 'StringSourceError';
  }
}
