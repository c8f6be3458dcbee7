import type { ConnectionProblem } from '@crmjira/domain';
import { z } from 'zod';
import { type JiraSite, readMyself } from '../../clients/jira/jira-site';
import { askSite } from '../../clients/jira/require-deployment';
import { classifyError } from '../../platform/errors/classify-error';
import type { IntegrationError } from '../../platform/errors/integration-error';

/** What the test of a person's sign-in found, or how far it came. */
export interface PersonTest {
  /** null: it passed */
  readonly problem: ConnectionProblem | null;
  readonly displayName: string | null;
  readonly accountId: string | null;
  /** null: Jira does not tell */
  readonly email: string | null;
  /** In how many projects the person may log work; null: the site does not say. */
  readonly projects: number | null;
  readonly ms: number;
}

/** Milliseconds that all of a test may take: somebody waits. */
const testWithinMs = 10_000;

const permitted = z.object({ projects: z.array(z.unknown()) });
const permissions = z.object({ permissions: z.record(z.string(), z.object({ havePermission: z.boolean() })) });
const workOnIssues = 'WORK_ON_ISSUES';

/** In how many projects somebody may log work: Cloud counts, Data Center says whether there is one. */
async function mayLogWork({
  http,
  profile,
}: JiraSite): Promise<{ readonly any: boolean; readonly count: number | null }> {
  if (profile.deployment === 'cloud') {
    const { projects } = await http.call({
      method: 'POST',
      path: `${profile.api}/permissions/project`,
      body: { permissions: [workOnIssues] },
      schema: permitted,
      reads: true,
      repeatable: true,
    });
    return { any: projects.length > 0, count: projects.length };
  }
  const answer = await http.call({ method: 'GET', path: `${profile.api}/mypermissions`, schema: permissions });
  return { any: answer.permissions[workOnIssues]?.havePermission === true, count: null };
}

/** Whether the cause of a failure was that nobody knows the name of the host. */
function isUnknownHost(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if ('code' in error && error.code === 'ENOTFOUND') return true;
  return 'cause' in error && isUnknownHost(error.cause);
}

function credentialsProblem(status: number | undefined): ConnectionProblem {
  if (status === 401) return 'refused';
  return status === 403 ? 'captcha' : 'anonymous';
}

/** What a failure of a call is to the person who tests. Pure. */
export function problemOfCall(error: IntegrationError): ConnectionProblem {
  if (isUnknownHost(error)) return 'unknown-host';
  switch (error.code) {
    case 'jira-credentials':
      return credentialsProblem(error.status);
    case 'jira-page':
    case 'jira-deployment':
    case 'jira-not-found':
    case 'unexpected-answer':
      return 'wrong-product';
    case 'jira-unavailable':
    case 'gateway-unavailable':
    case 'network':
      return 'unreachable';
    case 'jira-rate-limit':
      return 'rate-limit';
    case 'jira-forbidden':
      return 'no-permission';
    case 'address-refused':
    case 'environment-variable':
      return 'not-allowed';
    default:
      return 'unknown';
  }
}

/** Rejects when nothing has answered in time; what is under way goes on by itself. */
async function within<T>(ms: number, work: Promise<T>): Promise<T | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/**
 * Takes the four steps of a test: the address answers, it is Jira, the sign-in is accepted, work may be logged.
 * @param site signed in as the person
 * @param email whose token it has to be; null: not known
 * @param hasEnded whether its time is over: a token that is refused then has expired
 */
export async function testPerson(
  site: JiraSite,
  email: string | null,
  hasEnded: boolean,
  clock: () => number = () => performance.now(),
  withinMs = testWithinMs,
): Promise<PersonTest> {
  const began = clock();
  let found: Pick<PersonTest, 'displayName' | 'accountId' | 'email' | 'projects'> = {
    displayName: null,
    accountId: null,
    email: null,
    projects: null,
  };
  const steps = async (): Promise<ConnectionProblem | null> => {
    try {
      await askSite(site.http, site.urlSetting).catch((error: unknown) => {
        // Its version it tells everybody; what it says of the sign-in comes with the next step.
        if (classifyError(error, 'Jira').code !== 'jira-credentials') throw error;
      });
      const myself = await readMyself(site);
      const { displayName, emailAddress } = myself;
      found = {
        ...found,
        displayName,
        accountId: myself.accountId ?? myself.name ?? null,
        email: emailAddress || null,
      };
      if (email !== null && emailAddress && emailAddress.toLowerCase() !== email.toLowerCase()) return 'other-person';
      const { any, count } = await mayLogWork(site);
      found = { ...found, projects: count };
      return any ? null : 'no-permission';
    } catch (thrown) {
      const problem = problemOfCall(classifyError(thrown, 'Jira'));
      return problem === 'refused' && hasEnded ? 'expired' : problem;
    }
  };
  const problem = await within(withinMs, steps());
  return { ...found, problem: problem === 'late' ? 'unreachable' : problem, ms: Math.round(clock() - began) };
}
