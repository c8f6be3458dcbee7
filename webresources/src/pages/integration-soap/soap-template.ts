import { type EnteredIntegration, integrationTemplates } from '@crmjira/domain';

/** What the form of a new SOAP service begins with. */
export const newSoap: EnteredIntegration = {
  provider: 'soap',
  name: '',
  settings: {
    url: '',
    version: '1.1',
    action: '',
    envelope: '',
    wsdl: '',
    signIn: 'none',
    paging: 'none',
    records: '',
    id: '',
    headers: [],
  },
  everyMinutes: 60,
  batchSize: 100,
  mappings: [],
};

const { workOrders } = integrationTemplates;

/** A worked example: cases that become work orders. Its address and sign-in are to be entered. */
export const soapTemplate: EnteredIntegration = {
  ...workOrders,
  settings: { ...newSoap.settings, ...workOrders.settings },
};
