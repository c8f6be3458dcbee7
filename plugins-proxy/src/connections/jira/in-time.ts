import { IntegrationError } from '../../platform/errors/integration-error';

/** Milliseconds that one of several sites has to answer: somebody waits, and the others have answered. */
const siteAnswersWithin = 3_000;

/** @throws what the work throws; IntegrationError `jira-unavailable` when it takes too long, while it goes on */
export async function inTime<T>(work: Promise<T>, connectionId: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new IntegrationError('Jira did not answer the search in time.', {
      code: 'jira-unavailable',
      errorClass: 'transient',
      connectionId,
    });
    timer = setTimeout(() => reject(error), siteAnswersWithin);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
