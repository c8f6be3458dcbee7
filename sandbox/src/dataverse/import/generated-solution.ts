import type { SolutionMetadata } from '@crmjira/domain';
import type { InstalledSolution } from './installed-solution';

/** The environment of a developer: the solution from its generated metadata, unmanaged, without forms and other components. */
export const generatedSolution = (metadata: SolutionMetadata): InstalledSolution => ({
  uniqueName: metadata.uniqueName,
  version: metadata.version,
  isManaged: false,
  hash: '',
  installedOn: '2026-01-01T00:00:00.000Z',
  friendlyName: 'CRM-JIRA Integration',
  description: '',
  publisher: {
    uniqueName: metadata.uniqueName,
    friendlyName: 'CRM-JIRA',
    prefix: 'crmjira',
    optionValuePrefix: null,
  },
  metadata,
  components: [],
  shown: [],
  provides: [],
  requires: [],
  leftAside: [],
});
