import { guidOf } from '../../../sandbox/src/dataverse/guid';
import { rootBusinessUnitId } from '../../../sandbox/src/dataverse';
import { type Fixture, ids, startDataverse } from './dataverse-fixture';

const service = '22222222-2222-4222-8222-222222222222';
const rep = 'opportunity.owner@company.com';
const sales = guidOf('team sales');
const everybody = guidOf('team everybody');
const unit = { table: 'businessunit', id: rootBusinessUnitId };

let f: Fixture;
beforeEach(async () => {
  f = await startDataverse();
  await f.dataverse.seed([
    { table: 'team', row: { teamid: sales, name: 'Sales', businessunitid: unit } },
    { table: 'team', row: { teamid: everybody, name: 'Everybody', businessunitid: unit, isdefault: true } },
  ]);
});
afterEach(() => f.dataverse.close());

const change = (message: string, team: string, users: readonly string[], as = service) =>
  f.call(
    'POST',
    `teams(${team})/Microsoft.Dynamics.CRM.${message}`,
    { Members: users.map((systemuserid) => ({ '@odata.type': 'Microsoft.Dynamics.CRM.systemuser', systemuserid })) },
    {},
    as,
  );
const members = async (): Promise<readonly string[]> => {
  const { json } = await f.call('GET', `teams(${sales})/teammembership_association?$select=systemuserid`);
  return (json.value as { systemuserid: string }[]).map(({ systemuserid }) => systemuserid).sort();
};

test('members come and go by the messages of teams; who is one already, or is none, is no error (R-1605)', async () => {
  expect((await change('AddMembersTeam', sales, [ids.salesRep])).status).toBe(204);
  expect((await change('AddMembersTeam', sales, [ids.salesRep, ids.stranger])).status).toBe(204);
  expect(await members()).toEqual([ids.salesRep, ids.stranger].sort());
  expect((await change('RemoveMembersTeam', sales, [ids.salesRep])).status).toBe(204);
  expect((await change('RemoveMembersTeam', sales, [ids.salesRep])).status).toBe(204);
  expect(await members()).toEqual([ids.stranger]);
});

test('all members come or none, the team of a business unit takes nobody, and the right to write teams is needed', async () => {
  expect((await change('AddMembersTeam', sales, [ids.salesRep, guidOf('nobody')])).status).toBe(404);
  expect((await change('AddMembersTeam', everybody, [ids.salesRep])).json.error.code).toBe('0x8004830b');
  expect((await change('RemoveMembersTeam', everybody, [ids.salesRep])).json.error.code).toBe('0x8004830c');
  const refused = await change('AddMembersTeam', sales, [ids.salesRep], rep);
  expect([refused.status, refused.json.error.message]).toEqual([403, expect.stringContaining('prvWriteTeam')]);
  expect(await members()).toEqual([]);
});
