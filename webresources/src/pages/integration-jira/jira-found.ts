import { Deployment, type TestAnswer } from '@crmjira/domain';
import { listIn, numberIn, textIn } from '../integrations/enter-view';

/** A project that the account sees. */
export interface FoundProject {
  readonly key: string;
  readonly name: string;
  /** null: nobody has asked */
  readonly mayCreate: boolean | null;
  readonly issueTypes: readonly string[];
}

/** What a test tells of a Jira site, as far as it came. */
export interface JiraFound {
  readonly isCloud: boolean | null;
  readonly displayName: string;
  /** as many as are shown */
  readonly projects: readonly FoundProject[];
  readonly projectCount: number;
  /** about how many; null: not counted */
  readonly issues: number | null;
}

/** Pure. */
export function jiraFound(test: TestAnswer | null): JiraFound | null {
  if (test === null) return null;
  const { found } = test;
  const deployment = textIn(found, 'deployment');
  return {
    isCloud: deployment === '' ? null : deployment === 'cloud' || deployment === String(Deployment.JiraCloud),
    displayName: textIn(found, 'displayName'),
    projects: listIn(found, 'projects').map((project) => ({
      key: textIn(project, 'key'),
      name: textIn(project, 'name'),
      mayCreate: typeof project['mayCreate'] === 'boolean' ? project['mayCreate'] : null,
      issueTypes: Array.isArray(project['issueTypes']) ? project['issueTypes'].map(String) : [],
    })),
    projectCount: numberIn(found, 'projectCount') ?? listIn(found, 'projects').length,
    issues: numberIn(found, 'issues'),
  };
}

/** Milliseconds until the site answered. Pure. */
export const reachedIn = (test: TestAnswer): number => test.steps[0]?.ms ?? 0;

/** A site of Atlassian's own; what the test finds counts more. Pure. */
export function looksLikeCloud(url: string): boolean {
  const host = URL.parse(url)?.hostname ?? '';
  return host === '' || host.endsWith('.atlassian.net');
}
