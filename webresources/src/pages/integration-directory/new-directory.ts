import type { EnteredIntegration } from '@crmjira/domain';

/** What the form of a new directory begins with. */
export const newDirectory: EnteredIntegration = {
  provider: 'ad',
  name: '',
  settings: {
    host: '',
    port: 636,
    protection: 'ldaps',
    baseDn: '',
    userSearch: '',
    groupSearch: '',
    leaveOut: '',
    groups: [],
    brakePercent: 5,
  },
  everyMinutes: 240,
  batchSize: 100,
  mappings: [],
};
