/** A rule of the domain was broken by its input; `code` is stable, the message is for the person who reads it. */
export class DomainError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'DomainError';
  }
}
