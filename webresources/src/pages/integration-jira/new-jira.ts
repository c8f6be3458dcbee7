import type { EnteredIntegration } from '@crmjira/domain';

/** What the form of a new Jira site begins with. */
export const newJira: EnteredIntegration = {
  provider: 'jira',
  name: '',
  settings: {
    url: '',
    deployment: null,
    username: '',
    projectKey: '',
    issueType: '',
    issueLimit: 5_000,
  },
  everyMinutes: 15,
  batchSize: 100,
  mappings: [],
};
