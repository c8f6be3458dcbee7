import { classifyError } from '../../platform/errors/classify-error';
import { IntegrationError } from '../../platform/errors/integration-error';

/**
 * What answers at JIRA_URL is not Jira: asked for its version, which every Jira tells everybody, it says something else. Transient, as
 * it may be the page of a proxy during maintenance; `judgeAddress` says when that is over.
 */
export class NotJira extends IntegrationError {
  constructor(what: string, options: { readonly status?: number | undefined; readonly cause?: unknown } = {}) {
    const { status, cause } = options;
    super(
      `What answers at JIRA_URL is not Jira: asked for Jira's version, it ${what}. Check JIRA_URL (host and path) and the proxy or gateway before Jira.`,
      { code: 'jira-page', errorClass: 'transient', ...(status === undefined ? {} : { status }), cause },
    );
    this.name = 'NotJira';
  }
}

/** The error of a call for Jira's version, as one about the address where the answer cannot be Jira's. Pure. */
export function asNotJira(thrown: unknown): IntegrationError {
  const error = classifyError(thrown, 'Jira');
  if (error.status === 404) return new NotJira('says that nothing is there (404)', { status: 404, cause: error });
  if (error.code === 'unexpected-answer') return new NotJira('gives data of another kind', { cause: error });
  return error;
}
