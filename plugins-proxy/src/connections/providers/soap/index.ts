import { openSoap } from '../../../clients/soap/open-soap';
import { type SoapSettings, soapSettings } from '../../../clients/soap/soap-settings';
import { serviceSecrets } from '../../../clients/web-service/service-settings';
import {
  openWebService,
  partsOf,
  serviceFaultOf,
  type WebServiceProvider,
  type WebServiceProviderParts,
} from '../web-service';

/** Most operations of a description that a page offers. */
const mostOffered = 200;

/** Any SOAP service (R-1608). */
export const createSoapProvider = (parts: WebServiceProviderParts): WebServiceProvider<SoapSettings> => ({
  code: 'soap',
  supportsWebhooks: false,
  settings: soapSettings,
  secrets: serviceSecrets,
  columns: ({ url }) => ({ crmjira_base_url: url }),
  faultOf: serviceFaultOf,
  openService: (settings, secrets) => openSoap(settings, secrets, partsOf(parts)),
  open: async (_id, settings, secrets) =>
    openWebService(
      settings,
      () => openSoap(settings, secrets, partsOf(parts)),
      async (service) => {
        const operations = await service.operations();
        return operations === null ? {} : { operations: operations.slice(0, mostOffered) };
      },
    ),
});
