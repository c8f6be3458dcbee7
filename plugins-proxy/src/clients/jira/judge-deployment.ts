import type { JiraCredentials } from '../../platform/config/jira-credentials';

/** What a site says of itself. */
export interface JiraServer {
  /** `Cloud`; everything else, Data Center included, calls itself `Server`. */
  readonly type: 'cloud' | 'server';
  /** e.g. `10.3.24`; Cloud's says nothing */
  readonly version: string;
}

/** Whether a site can be worked with as configured, in words for an administrator. */
export type Judgement =
  | { readonly verdict: 'fits'; readonly says: string }
  | { readonly verdict: 'warning'; readonly says: string; readonly remedy: string }
  | { readonly verdict: 'refused'; readonly says: string; readonly remedy: string };

/** Oldest version worked with. */
const oldest: readonly [number, number] = [8, 0];
/** Personal access tokens exist from here on. Source: Atlassian, "Using Personal Access Tokens". */
const firstWithTokens: readonly [number, number] = [8, 14];
/** Webhooks are signed from here on; before, deliveries cannot be told from forged ones. */
const firstSigned: readonly [number, number] = [10, 0];

const kinds: Readonly<Record<JiraCredentials['kind'], string>> = {
  basic: 'e-mail and API token',
  bearer: 'a personal access token',
  password: 'user and password',
};

function isBefore(version: string, [major, minor]: readonly [number, number]): boolean {
  const [ofMajor = 0, ofMinor = 0] = version.split('.').map((part) => Number.parseInt(part, 10) || 0);
  return ofMajor < major || (ofMajor === major && ofMinor < minor);
}

/** Whether a site signs its webhooks; Data Center has them at another address since then. */
export const signsWebhooks = ({ type, version }: JiraServer): boolean =>
  type === 'cloud' || !isBefore(version, firstSigned);

/** What `crmjira_JiraDeployment` says; Server and Data Center call themselves the same. */
export type SaidDeployment = 'cloud' | 'dc' | 'server';

/**
 * Pure: type and version against the kind of credentials, and against what an administrator says that the site is:
 * who says so is about to be linked with another Jira than meant.
 */
export function judgeDeployment(
  server: JiraServer,
  kind: JiraCredentials['kind'],
  said: SaidDeployment | null = null,
): Judgement {
  if (said !== null && (said === 'cloud') !== (server.type === 'cloud'))
    return {
      verdict: 'refused',
      says: `crmjira_JiraDeployment is "${said}", but Jira says that it is ${server.type === 'cloud' ? 'Cloud' : 'Server or Data Center'}.`,
      remedy: 'Correct the environment variable in Dynamics or JIRA_URL; JIRA_DEPLOYMENT of the service wins over it.',
    };
  return judgeCredentials(server, kind);
}

function judgeCredentials(server: JiraServer, kind: JiraCredentials['kind']): Judgement {
  const { version } = server;
  if (server.type === 'cloud') {
    if (kind === 'basic') return { verdict: 'fits', says: `Cloud ${version}` };
    return {
      verdict: 'refused',
      says: `Jira is Cloud, but the configuration signs in by ${kinds[kind]}.`,
      remedy: 'Set JIRA_EMAIL and JIRA_API_TOKEN, and nothing else.',
    };
  }
  if (isBefore(version, oldest))
    return {
      verdict: 'refused',
      says: `Jira Server ${version} is too old: 8.0 is the oldest that this integration works with.`,
      remedy: 'Upgrade Jira.',
    };
  if (kind === 'basic')
    return {
      verdict: 'refused',
      says: `Jira is Server or Data Center ${version}, but the configuration signs in by ${kinds.basic}, which only Cloud has.`,
      remedy: 'Set JIRA_PAT, and nothing else.',
    };
  const hasTokens = !isBefore(version, firstWithTokens);
  if (kind === 'bearer' && !hasTokens)
    return {
      verdict: 'refused',
      says: `Jira Server ${version} has no personal access tokens: they came with 8.14.`,
      remedy: 'Upgrade Jira; until then set JIRA_USER and JIRA_PASSWORD instead of JIRA_PAT.',
    };
  if (kind === 'password' && hasTokens)
    return {
      verdict: 'warning',
      says: `Jira Server or Data Center ${version}, by user and password although it has personal access tokens.`,
      remedy: 'Make a personal access token and set JIRA_PAT instead of JIRA_USER and JIRA_PASSWORD.',
    };
  if (!signsWebhooks(server))
    return {
      verdict: 'warning',
      says: `Jira Server or Data Center ${version} does not sign its webhooks, so that a signature cannot be checked.`,
      remedy: 'Set JIRA_WEBHOOK_VERIFICATION=url, or INBOUND=none so that Jira is polled; or upgrade Jira to 10.',
    };
  return { verdict: 'fits', says: `Server ${version}` };
}
