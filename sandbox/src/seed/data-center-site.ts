import type { Site } from '../jira/site/site';
import type { JiraPerson } from './people';
import { type StandaloneProject, writeStandaloneProject } from './write-standalone-project';

const person = (name: string, displayName: string): JiraPerson => ({
  email: `${name}@company.com`,
  displayName,
  // Data Center knows people by name and key only.
  accountId: name,
});

/** People of the second site. */
const plantPeople: readonly JiraPerson[] = [
  person('nora.belanger', 'Nora Bélanger'),
  person('tomas.novak', 'Tomas Novak'),
  person('grace.adeyemi', 'Grace Adeyemi'),
];

const projects: readonly StandaloneProject[] = [
  {
    id: 'b7d10000-5e11-4a0b-9c0d-000000000401',
    key: 'PLANT',
    name: 'Plant Network Upgrade',
    description: 'Switches, cabling and access points of the two plants.',
    budget: 12_000,
    scenario: {
      startedDaysAgo: 30,
      lastWorkDaysAgo: 1,
      endsInDays: 25,
      spentShare: 0.5,
      doneShare: 0.5,
      issues: 5,
      team: [0, 1],
      state: 'active',
      theme: 'infrastructure',
    },
  },
  {
    id: 'b7d10000-5e11-4a0b-9c0d-000000000402',
    key: 'QUALITY',
    name: 'Quality Records Archive',
    description: 'Inspection records of the last ten years, searchable by lot.',
    budget: 8_000,
    scenario: {
      startedDaysAgo: 20,
      lastWorkDaysAgo: 2,
      endsInDays: 40,
      spentShare: 0.3,
      doneShare: 0.3,
      issues: 4,
      team: [1, 2],
      state: 'active',
      theme: 'data',
    },
  },
];

/** Writes projects, people and work into an empty second site; one that was seeded before stays as it is. */
export function seedDataCenterSite(site: Site, now: Date): void {
  const isSeeded = site.users.all().some(({ email }) => email === plantPeople[0]?.email);
  if (isSeeded) return;
  site.together(() => {
    for (const each of plantPeople) site.addUser(each);
    for (const project of projects) writeStandaloneProject(site, project, plantPeople, now);
  });
}
