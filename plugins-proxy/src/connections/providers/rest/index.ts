import { openRest } from '../../../clients/rest/open-rest';
import { type RestSettings, restSettings } from '../../../clients/rest/rest-settings';
import { serviceSecrets } from '../../../clients/web-service/service-settings';
import {
  openWebService,
  partsOf,
  serviceFaultOf,
  type WebServiceProvider,
  type WebServiceProviderParts,
} from '../web-service';

/** Any REST service that answers in JSON (R-1608). */
export const createRestProvider = (parts: WebServiceProviderParts): WebServiceProvider<RestSettings> => ({
  code: 'rest',
  supportsWebhooks: false,
  settings: restSettings,
  secrets: serviceSecrets,
  columns: ({ url }) => ({ crmjira_base_url: url }),
  faultOf: serviceFaultOf,
  openService: (settings, secrets) => openRest(settings, secrets, partsOf(parts)),
  open: async (_id, settings, secrets) => openWebService(settings, () => openRest(settings, secrets, partsOf(parts))),
});
