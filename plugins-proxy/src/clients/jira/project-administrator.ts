import { IntegrationError } from '../../platform/errors/integration-error';
import type { JiraSite } from './jira-site';
import { userAnswer } from './wire/answers';

/** Answers that say that the account may not ask. */
const notForUs: ReadonlySet<number | undefined> = new Set([401, 403, 404]);

/**
 * Whether Jira says that the person with an address may administer a project. Only a person whose address Jira shows counts: a search
 * that finds somebody by other means is no proof of who they are.
 * Where the integration account may not ask, nobody is known to administer anything.
 * @throws IntegrationError when Jira does not answer: no answer is not a no
 */
export async function mayAdminister(site: JiraSite, projectKey: string, email: string): Promise<boolean> {
  const holders = await site.http
    .call({
      method: 'GET',
      path: `${site.profile.api}/user/permission/search`,
      query: {
        permissions: 'ADMINISTER_PROJECTS',
        projectKey,
        [site.profile.deployment === 'cloud' ? 'query' : 'username']: email,
      },
      schema: userAnswer.array(),
    })
    .catch((error: unknown) => {
      if (error instanceof IntegrationError && notForUs.has(error.status)) return [];
      throw error;
    });
  return holders.some(({ active, emailAddress }) => active && emailAddress?.toLowerCase() === email.toLowerCase());
}
