import { acme, people, type StandIns } from './stand-ins';

/** Ids of numbered opportunities, 0 to 99. */
export const numberedId = (n: number): string => `a1b2c3d4-e5f6-4890-abcd-ef12345678${String(n).padStart(2, '0')}`;

/** An opportunity whose budget is large enough for a project; creating it is what starts the provisioning. */
export function createOpportunity({ admin }: Pick<StandIns, 'admin'>, n: number, id = numberedId(n)): Promise<void> {
  return admin.changeSet([
    {
      op: 'upsert',
      collection: 'opportunities',
      id,
      columns: {
        name: `Project ${n} - Acme Corp`,
        budgetamount: 100_000,
        'customerid_account@odata.bind': `/accounts(${acme})`,
        'ownerid@odata.bind': `/systemusers(${people.owner})`,
      },
    },
  ]);
}
