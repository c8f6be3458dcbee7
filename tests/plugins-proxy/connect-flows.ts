import type { StandIns } from './stand-ins';

/** What an import leaves behind once its connection is chosen. */
export function connectFlows({ admin }: Pick<StandIns, 'admin'>): Promise<void> {
  return admin.changeSet([
    {
      op: 'upsert',
      collection: 'connectionreferences',
      id: 'c0ffee00-5e11-4a0b-9c0d-000000000001',
      columns: {
        connectionreferencelogicalname: 'crmjira_Dataverse',
        connectionreferencedisplayname: 'Dataverse',
        connectionid: 'shared-commondataser-1',
      },
    },
  ]);
}
