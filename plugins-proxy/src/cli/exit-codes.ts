/** How every command ends, for scripts and schedulers. */
export const exitCodes = {
  done: 0,
  failed: 1,
  /** wrong arguments or configuration: nothing was tried */
  usage: 2,
  /** everything was read, and something is not as it should be or waits for a person */
  differences: 3,
  /** a secret is due that only a person can renew; what to do is printed */
  personNeeded: 4,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The same in words, for the help text. */
export const exitCodesHelp = `Exit codes:
  0  done, nothing wrong
  1  failed
  2  wrong arguments or configuration; nothing was tried
  3  differences or findings (drift, sync --dry-run, restore --dry-run, maintenance), or something waits for a person
  4  a secret is due that only a person can renew (rotate-secrets)`;
