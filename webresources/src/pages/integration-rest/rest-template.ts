import { Direction, type EnteredIntegration } from '@crmjira/domain';

const inbound = { direction: Direction.Inbound, sourceTable: 'product', targetObject: 'rate' } as const;

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

/** A worked example: rates of a carrier that become products. Its address is to be replaced. */
export const restTemplate: EnteredIntegration = {
  ...newRest,
  name: 'Carrier rates',
  settings: {
    ...newRest.settings,
    url: 'https://api.carrierlink.example',
    path: '/v2/rates?updatedSince={lastSync}&page={page}',
    signIn: 'bearer',
    paging: 'next',
    records: 'rates',
    next: 'next',
    headers: [{ name: 'Accept', value: 'application/json', isSecret: false }],
  },
  mappings: [
    { ...inbound, sourceField: 'productnumber', targetField: 'code', transform: null, isKey: true },
    { ...inbound, sourceField: 'name', targetField: 'label.en', transform: 'shorten', isKey: false },
    { ...inbound, sourceField: 'price', targetField: 'price.amount', transform: 'text-to-amount', isKey: false },
    { ...inbound, sourceField: 'validfromdate', targetField: 'updatedAt', transform: 'iso-date-time', isKey: false },
  ],
};
