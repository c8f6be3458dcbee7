import { type OwnConnection, readConnection } from '@crmjira/form-data';

/** The person's active connection. The client API's promises are not those that components are given. */
export const ownConnection = (): Promise<OwnConnection | null> =>
  readConnection({ retrieveMultipleRecords: async (...given) => await Xrm.WebApi.retrieveMultipleRecords(...given) });
