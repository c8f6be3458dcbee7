/** One environment variable that cannot be used as it is. `received` never carries the value of a secret. */
export interface ConfigurationProblem {
  readonly variable: string;
  readonly expected: string;
  readonly received: string;
}

/** The service cannot start as configured; the message lists every problem at once. */
export class InvalidConfiguration extends Error {
  static readonly code = 'invalid-configuration';
  readonly code = InvalidConfiguration.code;

  constructor(readonly problems: readonly ConfigurationProblem[]) {
    super(problems.map((p) => `${p.variable}: expected ${p.expected}, got ${p.received}`).join('\n'));
    this.name = 'InvalidConfiguration';
  }
}
