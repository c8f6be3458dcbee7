/**
 * A refusal in Jira's envelope, `{errorMessages, errors}`. `errors` is keyed by the field it is about.
 * Jira localises the words; clients may rely on status and keys only.
 */
export class JiraError extends Error {
  constructor(
    readonly status: number,
    readonly errorMessages: readonly string[],
    readonly errors: Readonly<Record<string, string>> = {},
  ) {
    super([...errorMessages, ...Object.values(errors)].join(' ') || `Jira answered ${status}`);
    this.name = 'JiraError';
  }

  static field(name: string, message: string): JiraError {
    return new JiraError(400, [], { [name]: message });
  }

  static notFound(message: string): JiraError {
    return new JiraError(404, [message]);
  }
}

export const ISSUE_NOT_FOUND = 'Issue does not exist or you do not have permission to see it.';
