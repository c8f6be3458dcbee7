/** Something in `solution/src` that cannot be read as the solution it should be; the sentence names file and element. */
export class SolutionSourceError extends Error {
  static readonly code = 'SOLUTION_SOURCE';
  readonly code = SolutionSourceError.code;

  constructor(
    readonly file: string,
    readonly element: string,
    problem: string,
    options?: ErrorOptions,
  ) {
    super(`${file}: <${element}> ${problem}`, options);
    this.name = 'SolutionSourceError';
  }
}
