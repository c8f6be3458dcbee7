import { type EnteredIntegration, integrationTemplates } from '@crmjira/domain';

/** What the form of a new REST service begins with. */
export const newRest: EnteredIntegration = {
  provider: 'rest',
  name: '',
  settings: {
    url: '',
    method: 'GET',
    path: '/',
    body: '',
    signIn: 'none',
    apiKeyHeader: 'X-Api-Key',
    tokenUrl: '',
    clientId: '',
    scope: '',
    paging: 'none',
    pageSize: 100,
    records: '',
    next: '',
    id: '',
    headers: [],
  },
  everyMinutes: 60,
  batchSize: 100,
  mappings: [],
};

const { inventory } = integrationTemplates;

/** A worked example: products that follow an inventory. Its address and token are to be entered. */
export const restTemplate: EnteredIntegration = {
  ...inventory,
  settings: { ...newRest.settings, ...inventory.settings },
};
