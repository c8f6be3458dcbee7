import { Deployment, type NamedFault } from '@crmjira/domain';
import { z } from 'zod';
import { readCreateTypes } from '../../../clients/jira/create-metadata/create-screen';
import { type JiraSite, readMyself } from '../../../clients/jira/jira-site';
import { type JiraServer, judgeDeployment } from '../../../clients/jira/judge-deployment';
import { cloudProfile, dataCenterProfile } from '../../../clients/jira/profile';
import { askSite } from '../../../clients/jira/require-deployment';
import { listedPageAnswer, listedProjectAnswer } from '../../../clients/jira/wire/answers';
import type { HttpClient } from '../../../platform/http-client/http-client';
import { faultOf } from '../fault-of';
import type { TestReport } from '../integration-provider';
import { type JiraSecrets, type JiraSettings, jiraSignIn } from './jira-settings';

/** Projects that a page is shown. */
const mostShown = 200;
/** Types of issues that a page offers. */
const mostTypes = 100;
const createIssues = 'CREATE_ISSUES';
const permitted = z.object({
  permissions: z.record(z.string(), z.object({ havePermission: z.boolean().catch(false) })),
});

type Steps = TestReport['steps'][number][];

/** A step that found something wrong which no call has thrown. */
class StepFailed extends Error {
  constructor(readonly fault: NamedFault) {
    super(fault.name);
  }
}
const wrong = (name: string, args: Readonly<Record<string, string>> = {}): never => {
  throw new StepFailed({ name, args });
};

const nameOf = (type: JiraServer['type']): string => (type === 'cloud' ? 'Jira Cloud' : 'Jira Data Center');

async function seenProjects(http: HttpClient, api: string, isCloud: boolean) {
  if (!isCloud) {
    const projects = await http.call({ method: 'GET', path: `${api}/project`, schema: listedProjectAnswer.array() });
    return { projects, total: projects.length };
  }
  const query = { maxResults: 50, orderBy: 'key' };
  const { values, total } = await http.call({
    method: 'GET',
    path: `${api}/project/search`,
    query,
    schema: listedPageAnswer,
  });
  return { projects: values, total };
}

/** Names of the types that the account may create in a project; none where it may not. */
async function typesIn(site: JiraSite, project: string): Promise<readonly string[]> {
  const types = await readCreateTypes(site, project);
  return (types ?? []).slice(0, mostTypes).map(({ name }) => name);
}

async function mayCreate(http: HttpClient, api: string, projectKey: string): Promise<boolean> {
  const query = { permissions: createIssues, projectKey };
  const answer = await http.find({ method: 'GET', path: `${api}/mypermissions`, query, schema: permitted });
  return answer?.permissions[createIssues]?.havePermission === true;
}

/**
 * Asks a site, step by step, as far as what was entered goes: what answers, who the account is, which projects it sees. Only reads.
 * @param open makes a client that signs in as given
 */
export async function testJira(
  settings: JiraSettings,
  { token }: JiraSecrets,
  open: (credentials: ReturnType<typeof jiraSignIn>['credentials']) => HttpClient,
  clock: () => number,
): Promise<TestReport> {
  const steps: Steps = [];
  const found: Record<string, unknown> = {};
  const host = URL.parse(settings.url)?.host ?? '';
  const take = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const startedAt = clock();
    const done = (ok: boolean): void => void steps.push({ name, ok, ms: Math.max(0, Math.round(clock() - startedAt)) });
    try {
      const result = await work();
      done(true);
      return result;
    } catch (error) {
      done(false);
      throw error;
    }
  };
  try {
    const isCloudEntered = settings.deployment === Deployment.JiraCloud;
    const server = await take('reach', async () => {
      if (settings.url === '') return wrong('jira-address-missing');
      const startedAt = clock();
      // What a site is, it tells everybody.
      const answer = await askSite(open(jiraSignIn(settings, token).credentials), 'the address');
      found.reachedMs = Math.max(0, Math.round(clock() - startedAt));
      return answer;
    });
    await take('product', async () => {
      found.deployment = server.type === 'cloud' ? 'cloud' : 'dc';
      found.version = server.version;
      if (settings.deployment !== null && isCloudEntered !== (server.type === 'cloud'))
        wrong('jira-deployment', {
          found: nameOf(server.type),
          entered: isCloudEntered ? 'Jira Cloud' : 'Jira Data Center',
        });
    });
    const deployment =
      server.type === 'cloud' ? Deployment.JiraCloud : (settings.deployment ?? Deployment.JiraDataCenter);
    const { credentials } = jiraSignIn({ ...settings, deployment }, token);
    const http = open(credentials);
    const profile = server.type === 'cloud' ? cloudProfile : dataCenterProfile;
    const site = { http, profile, url: settings.url, urlSetting: 'the address', now: clock };
    await take('sign-in', async () => {
      if (token === '' || (server.type === 'cloud' && settings.username === '')) wrong('jira-sign-in-missing');
      if (judgeDeployment(server, credentials.kind).verdict === 'refused')
        wrong('jira-too-old', { version: server.version });
      const { displayName } = await readMyself(site);
      found.displayName = displayName;
      found.account = displayName;
    });
    await take('permissions', async () => {
      const { projects, total } = await seenProjects(http, profile.api, server.type === 'cloud');
      const { projectKey } = settings;
      found.projectCount = total;
      const creates = projectKey !== '' && (await mayCreate(http, profile.api, projectKey));
      // Of the one that is entered only: a site may have thousands.
      const entered = projects.find(({ key }) => key === projectKey);
      const issueTypes = creates ? await typesIn(site, entered?.id ?? projectKey) : [];
      const ofEntered = { key: projectKey, name: entered?.name ?? projectKey, mayCreate: creates, issueTypes };
      const shown = projects.slice(0, mostShown);
      const isShown = shown.some(({ key }) => key === projectKey);
      found.projects = [
        ...(isShown || !creates ? [] : [ofEntered]),
        ...shown.map(({ key, name }) => (key === projectKey ? ofEntered : { key, name, mayCreate: null })),
      ];
      if (total === 0) wrong('jira-no-projects');
      if (projectKey !== '') {
        found.mayCreate = creates;
        const isSeen =
          projects.some(({ key }) => key === projectKey) ||
          (await http.find({
            method: 'GET',
            path: `${profile.api}/project/${encodeURIComponent(projectKey)}`,
            schema: z.unknown(),
          })) !== null;
        if (!isSeen) wrong('jira-default-project', { project: projectKey });
      }
    });
    return { ok: true, steps, found, fault: null };
  } catch (thrown) {
    const fault = thrown instanceof StepFailed ? thrown.fault : faultOf(thrown, { product: 'Jira', host });
    return { ok: false, steps, found, fault };
  }
}
