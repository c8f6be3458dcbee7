import type { Site } from '../jira/site/site';
import { jiraPeople } from './people';
import { type StandaloneProject, writeStandaloneProject } from './write-standalone-project';

const WEBSITE: StandaloneProject = {
  id: 'b7d10000-5e11-4a0b-9c0d-000000000301',
  key: 'WEBREFRESH',
  name: 'Website Refresh',
  description: 'Began in Jira before anybody entered an opportunity.',
  budget: 9_000,
  scenario: {
    startedDaysAgo: 40,
    lastWorkDaysAgo: 3,
    endsInDays: 30,
    spentShare: 0.4,
    doneShare: 0.4,
    issues: 5,
    team: [0, 1],
    state: 'active',
    theme: 'portal',
  },
};

/** A project with work in it that no opportunity has yet: what "Link existing project" finds (F-109). */
export function writeUnlinkedProject(site: Site, now: Date): void {
  writeStandaloneProject(site, WEBSITE, jiraPeople, now);
}
