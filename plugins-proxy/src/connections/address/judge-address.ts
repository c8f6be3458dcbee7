import { classifyError } from '../../platform/errors/classify-error';
import { IntegrationError } from '../../platform/errors/integration-error';
import type { SiteIdentity } from '../../clients/jira/jira-site';
import { NotJira } from '../../clients/jira/not-jira';
import { wrongAddressTries } from '../../queue/backoff';

/** The address of Jira is given up: an administrator has to mend it. Its job goes to the dead letters at once. */
export class WrongAddress extends IntegrationError {
  constructor(error: NotJira, tries: number) {
    super(`${error.message} Given up after ${tries} tries; the job runs again when Jira answers there.`, {
      code: error.code,
      errorClass: 'configuration',
      isFinal: true,
      ...(error.status === undefined ? {} : { status: error.status }),
      connectionId: error.connectionId,
      cause: error,
    });
    this.name = 'WrongAddress';
  }
}

/** What is known of the address of Jira. */
export interface AddressKnowledge extends Pick<SiteIdentity, 'ask'> {
  /** Whether it has ever answered as Jira, in this process or one before it. */
  readonly isKnown: () => Promise<boolean>;
}

/** "Nothing there" in the words of Jira or of something before it. */
function doubtsTheAddress({ code, status }: IntegrationError): boolean {
  return status === 404 && (code === 'jira-page' || code === 'jira-not-found');
}

/**
 * Pure: what an answer that is not Jira's means after so many tries. An address that has answered as Jira is in trouble that passes, as
 * any outage; one that never has is most likely wrong, and nothing has ever worked there that patience could save.
 * @param tries failures in a row, this one included
 */
export function judgeNotJira(error: NotJira, tries: number, isKnown: boolean): IntegrationError {
  return !isKnown && tries >= wrongAddressTries ? new WrongAddress(error, tries) : error;
}

/**
 * Believes a "not found" only of a site that answers as Jira as a whole (R-1401): behind it may be a wrong address, or a gateway whose
 * Jira is away, and neither says anything about the record.
 * @param tries failures in a row, this one included
 */
export async function judgeAddress(
  error: IntegrationError,
  tries: number,
  address: AddressKnowledge,
): Promise<IntegrationError> {
  let found = error;
  if (!(error instanceof NotJira)) {
    if (!doubtsTheAddress(error)) return error;
    try {
      await address.ask();
      return error;
    } catch (thrown) {
      found = classifyError(thrown, 'Jira');
    }
  }
  return found instanceof NotJira ? judgeNotJira(found, tries, await address.isKnown()) : found;
}
