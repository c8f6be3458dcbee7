import { badRequest, DataverseError, errorCode } from '../errors';
import { json, type ApiResponse } from '../http/api-message';
import type { Session } from '../http/session';
import { parseNamed } from '../odata/path';
import { metadataChanges } from '../definitions/retrieve-metadata-changes';
import { changeHistory } from './change-history';
import { closeMessages } from './close-messages';
import { closing } from './close-row';
import { solutionActions } from './solution-actions';

type Operation = (session: Session, argument: string) => ApiResponse | Promise<ApiResponse>;

const typed = (session: Session, type: string): { '@odata.context': string } => ({
  '@odata.context': `${session.serviceRoot}$metadata#Microsoft.Dynamics.CRM.${type}`,
});

/** Changes something: POST only. */
export const unboundActions: Readonly<Record<string, Operation>> = {
  WinOpportunity: closing(closeMessages.WinOpportunity),
  LoseOpportunity: closing(closeMessages.LoseOpportunity),
  CloseIncident: closing(closeMessages.CloseIncident),
  ...solutionActions,
};

/** Only answers: GET only. */
export const unboundFunctions: Readonly<Record<string, Operation>> = {
  ...changeHistory,
  WhoAmI: (session) =>
    json(200, {
      ...typed(session, 'WhoAmIResponse'),
      BusinessUnitId: session.caller.businessUnitId,
      UserId: session.caller.userId,
      OrganizationId: session.platform.organizationId,
    }),
  RetrieveVersion: (session) => json(200, { ...typed(session, 'RetrieveVersionResponse'), Version: '9.2.24094.198' }),
  RetrieveCurrentOrganization: (session) => {
    const { organizationId, tenantId, publicUrl } = session.platform;
    const urls = {
      WebApplication: `${publicUrl}/`,
      OrganizationService: `${publicUrl}/XRMServices/2011/Organization.svc`,
      OrganizationDataService: `${publicUrl}/XRMServices/2011/OrganizationData.svc`,
    };
    return json(200, {
      ...typed(session, 'RetrieveCurrentOrganizationResponse'),
      Detail: {
        OrganizationId: organizationId,
        FriendlyName: 'CRM-JIRA sandbox',
        OrganizationVersion: '9.2.24094.198',
        EnvironmentId: organizationId,
        DatacenterId: '00000000-0000-0000-0000-000000000000',
        Geo: 'CAN',
        TenantId: tenantId,
        UrlName: 'crmjira-sandbox',
        UniqueName: 'crmjira-sandbox',
        State: 'Enabled',
        Endpoints: { Count: 3, IsReadOnly: false, Keys: Object.keys(urls), Values: Object.values(urls) },
      },
    });
  },
  RetrieveMetadataChanges: (session, argument) =>
    json(200, {
      ...typed(session, 'RetrieveMetadataChangesResponse'),
      EntityMetadata: metadataChanges(session.platform.schema, /^Query\s*=\s*(\{[^]*\})/.exec(argument)?.[1] ?? ''),
      ServerVersionStamp: String(session.platform.store.currentVersion()),
      DeletedMetadata: { Count: 0, IsReadOnly: false, Keys: [], Values: [] },
    }),
  RetrieveTotalRecordCount: (session, argument) => {
    const list = new Map(parseNamed(argument)).get('EntityNames');
    const names =
      typeof list === 'string' ? [...list.matchAll(/['"]([^'"]+)['"]/g)].map((match) => match[1] ?? '') : [];
    if (names.length === 0) throw badRequest("The parameter 'EntityNames' is missing.");
    const values = names.map((name) => {
      if (!session.platform.schema.tables.has(name)) {
        throw new DataverseError(
          404,
          errorCode.entityNotFound,
          `The entity with a name = '${name}' with namemapping = 'Logical' was not found in the MetadataCache.`,
        );
      }
      return [...session.platform.store.all(name)].length;
    });
    return json(200, {
      ...typed(session, 'RetrieveTotalRecordCountResponse'),
      EntityRecordCountCollection: { Count: names.length, IsReadOnly: false, Keys: names, Values: values },
    });
  },
};
