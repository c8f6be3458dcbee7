import { classifyError } from '../../platform/errors/classify-error';
import { IntegrationError } from '../../platform/errors/integration-error';

/**
 * What answers at an address is not Jira: asked for its version, which every Jira tells everybody, it says something else. Transient, as
 * it may be the page of a proxy during maintenance; `judgeAddress` says when that is over.
 */
export class NotJira extends IntegrationError {
  /** @param setting what names the address */
  constructor(
    what: string,
    setting: string,
    options: { readonly status?: number | undefined; readonly cause?: unknown } = {},
  ) {
    const { status, cause } = options;
    super(
      `What answers at ${setting} is not Jira: asked for Jira's version, it ${what}. Check ${setting} (host and path) and the proxy or gateway before Jira.`,
      { code: 'jira-page', errorClass: 'transient', ...(status === undefined ? {} : { status }), cause },
    );
    this.name = 'NotJira';
  }
}

/** The error of a call for Jira's version, as one about the address where the answer cannot be Jira's. Pure. */
export function asNotJira(thrown: unknown, setting: string): IntegrationError {
  const error = classifyError(thrown, 'Jira');
  if (error.status === 404)
    return new NotJira('says that nothing is there (404)', setting, { status: 404, cause: error });
  if (error.code === 'unexpected-answer') return new NotJira('gives data of another kind', setting, { cause: error });
  return error;
}
