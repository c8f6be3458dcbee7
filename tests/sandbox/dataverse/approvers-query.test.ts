import type { Desk } from '../../../controls/form-data/src';
import { readApprovals } from '../../../controls/budget-approval/src/rows/approvals';
import { askedOnce } from '../../../controls/budget-approval/src/rows/approvers';
import { ids, startDataverse, type Fixture } from './dataverse-fixture';

const ROLE = 'CRM-JIRA Budget Approver';
const PAUL = '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a01';
const FARAH = '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a03';
const GONE = '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a0d';
const TEAM = '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1c09';

let f: Fixture;
beforeAll(async () => {
  f = await startDataverse();
  const roleid = f.dataverse.roleId(ROLE);
  const businessunitid = { table: 'businessunit', id: await rootUnit() };
  const user = (systemuserid: string, firstname: string, lastname: string, isdisabled = false) => ({
    table: 'systemuser',
    row: { systemuserid, firstname, lastname, businessunitid, isdisabled, domainname: `${firstname}@company.com` },
  });
  await f.dataverse.seed([
    user(PAUL, 'Paul', 'Martin'),
    user(FARAH, 'Farah', 'Controller'),
    user(GONE, 'Gone', 'Approver', true),
    { table: 'team', row: { teamid: TEAM, name: 'Finance', businessunitid } },
    { table: 'systemuserroles', row: { systemuserid: PAUL, roleid } },
    { table: 'systemuserroles', row: { systemuserid: GONE, roleid } },
    { table: 'teamroles', row: { teamid: TEAM, roleid } },
    { table: 'teammembership', row: { teamid: TEAM, systemuserid: FARAH } },
  ]);
});
afterAll(() => f.dataverse.close());

async function rootUnit(): Promise<string> {
  const answer = await f.call('GET', `systemusers(${ids.salesRep})?$select=_businessunitid_value`);
  return String(answer.json['_businessunitid_value']);
}

/** `context.webAPI` of one person, as far as the control asks it here. */
function webApiOf(person: string): Parameters<typeof askedOnce>[1] {
  const retrieveMultipleRecords = async (table: string, options = ''): Promise<unknown> => {
    const answer = await f.call('GET', `${table}s${options.replaceAll(' ', '%20')}`, undefined, {}, person);
    if (answer.status !== 200) throw Object.assign(new Error(answer.text), { status: answer.status });
    return { entities: answer.json.value };
  };
  // The platform's promise type differs from the language's.
  return { retrieveMultipleRecords } as unknown as Parameters<typeof askedOnce>[1];
}

/** @param deciders ids that the integration names on a request that was opened again; null on another */
const asks = (who: Parameters<typeof askedOnce>[1], personId: string, deciders: string | null = null) =>
  askedOnce({}, who, { id: 'row', personId, deciders });

it('R-306 holders of the approver role, also by a team, without disabled people and the one who asked', async () => {
  const rep = webApiOf('opportunity.owner@company.com');
  expect(await asks(rep, ids.salesRep)).toEqual(['Farah Controller', 'Paul Martin']);
  expect(await asks(rep, PAUL)).toEqual(['Farah Controller']);
});

it('R-306 on a request that was opened again those whom the integration names, without disabled people', async () => {
  const rep = webApiOf('opportunity.owner@company.com');
  expect(await asks(rep, ids.salesRep, PAUL)).toEqual(['Paul Martin']);
  expect(await asks(rep, ids.salesRep, [PAUL, GONE, FARAH].join(','))).toEqual(['Farah Controller', 'Paul Martin']);
});

it('R-306 of requests within one second the one that came last is the newest', async () => {
  const made: string[] = [];
  for (let amount = 10_000; amount < 16_000; amount += 1_000) {
    const body = {
      crmjira_amount: amount,
      'crmjira_opportunity_id@odata.bind': `/opportunities(${ids.opportunity})`,
    };
    const answer = await f.call('POST', 'crmjira_budget_approvals', body, {}, 'opportunity.owner@company.com');
    expect(answer.status).toBe(204);
    made.unshift(String(amount));
  }
  const desk = { webApi: webApiOf('opportunity.owner@company.com'), opportunityId: ids.opportunity };
  const currencies = { byId: {}, base: null };
  const { requests } = await readApprovals(desk as unknown as Desk, currencies, false, () => false, {});
  expect(new Set(requests.map(({ on }) => on)).size).toBe(1);
  expect(requests.map(({ amount }) => String(amount.minor / 100))).toEqual(made);
});

it('R-306 names nobody to a person who may not read people', async () => {
  expect(await asks(webApiOf('no.role@company.com'), ids.salesRep)).toEqual([]);
});
