import type { Desk } from '../../../controls/form-data/src';
import { readApprovals } from '../../../controls/budget-approval/src/rows/approvals';
import { rowVersions } from '../../../controls/form-data/src/store/row-versions';
import { askedOnce } from '../../../controls/budget-approval/src/rows/approvers';
import { ids, startDataverse, type Fixture } from './dataverse-fixture';

const ROLE = 'CRM-JIRA Budget Approver';
const PAUL = '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a01';
const FARAH = '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a03';
const GONE = '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a0d';
/** as which the service signs in */
const SERVICE = '22222222-2222-4222-8222-222222222222';
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

const ANNOTATED = { Prefer: 'odata.include-annotations="*"' };

/** `context.webAPI` of one person, as far as the control asks it here. */
function webApiOf(person: string): Parameters<typeof askedOnce>[1] {
  const retrieveMultipleRecords = async (table: string, options = ''): Promise<unknown> => {
    const answer = await f.call('GET', `${table}s${options.replaceAll(' ', '%20')}`, undefined, ANNOTATED, person);
    if (answer.status !== 200) throw Object.assign(new Error(answer.text), { status: answer.status });
    return { entities: answer.json.value };
  };
  const retrieveRecord = async (_table: string, id: string, options = ''): Promise<unknown> => {
    const answer = await f.call(
      'GET',
      `opportunities(${id})${options.replaceAll(' ', '%20')}`,
      undefined,
      ANNOTATED,
      person,
    );
    if (answer.status !== 200) throw Object.assign(new Error(answer.text), { status: answer.status });
    return answer.json;
  };
  // The platform's promise type differs from the language's.
  return { retrieveMultipleRecords, retrieveRecord } as unknown as Parameters<typeof askedOnce>[1];
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
  const desk = { webApi: webApiOf('opportunity.owner@company.com'), id: ids.opportunity };
  const currencies = { byId: {}, base: null };
  const { requests } = await readApprovals(desk as unknown as Desk, currencies, false, '', () => false, {});
  expect(new Set(requests.map(({ on }) => on)).size).toBe(1);
  expect(requests.map(({ amount }) => String(amount.minor / 100))).toEqual(made);
});

it('R-306 names nobody to a person who may not read people', async () => {
  expect(await asks(webApiOf('no.role@company.com'), ids.salesRep)).toEqual([]);
});

describe('F-104 what the service tells in a request', () => {
  it('is read by whoever asked, who may not write it and is not believed to have', async () => {
    const rep = 'opportunity.owner@company.com';
    const written = { crmjira_decision: 3, crmjira_decided_on: '2025-01-15T14:00:00Z' };
    const body = {
      crmjira_amount: 20_000,
      'crmjira_opportunity_id@odata.bind': `/opportunities(${ids.opportunity})`,
      ...written,
    };
    const made = await f.call('POST', 'crmjira_budget_approvals', body, { Prefer: 'return=representation' }, rep);
    const path = `crmjira_budget_approvals(${String(made.json['crmjira_budget_approvalid'])})`;
    const desk = { webApi: webApiOf(rep), id: ids.opportunity } as unknown as Desk;
    const newest = async () =>
      (await readApprovals(desk, { byId: {}, base: null }, false, '', () => false, {})).requests[0];
    expect(await newest()).toMatchObject({ decision: null, expired: false });
    const told = {
      crmjira_decision: 4,
      crmjira_decision_comment: 'Split it.',
      crmjira_decided_on: '2025-01-15T14:00:00Z',
      'crmjira_decided_by@odata.bind': `/systemusers(${PAUL})`,
    };
    expect((await f.call('PATCH', path, told, { 'If-Match': '*' }, rep)).status).toBe(403);
    expect((await f.call('PATCH', path, told, { 'If-Match': '*' }, SERVICE)).status).toBe(204);
    expect(await newest()).toMatchObject({
      decision: { by: 'Paul Martin', comment: 'Split it.', outcome: 4, personId: PAUL },
      expired: false,
    });
  });
});

it('F-110 one small request tells whether opportunity, mapping or requests have changed', async () => {
  const rep = 'opportunity.owner@company.com';
  const watched = ['crmjira_opportunity_budget_mapping', 'crmjira_opportunity_budget_approval'];
  const record = { webApi: webApiOf(rep) as Desk['webApi'], table: 'opportunity', id: ids.opportunity };
  const versions = () => rowVersions(record, watched, []);
  const seen = [await versions()];
  expect(seen[0]).toMatch(/versionnumber/);
  expect(await versions()).toBe(seen[0]);
  const ofIt = { 'crmjira_opportunity_id@odata.bind': `/opportunities(${ids.opportunity})` };
  const change = async (method: 'POST' | 'PATCH', path: string, body: object) => {
    const answer = await f.call(method, path, body, { Prefer: 'return=representation' }, SERVICE);
    expect(answer.status).toBeLessThan(300);
    seen.push(await versions());
    return answer.json;
  };
  await change('PATCH', `opportunities(${ids.opportunity})`, { budgetamount: 12_345 });
  const mapping = { ...ofIt, crmjira_integration_reference: 'CRM-202501-A1B2C3D4' };
  const made = await change('POST', 'crmjira_budget_mappings', mapping);
  const id = String(made['crmjira_budget_mappingid']);
  await change('PATCH', `crmjira_budget_mappings(${id})`, { crmjira_spent_amount: 10 });
  await change('POST', 'crmjira_budget_approvals', { ...ofIt, crmjira_amount: 1 });
  expect(new Set(seen).size).toBe(5);
  expect(JSON.parse(seen[4] ?? '[]')[0]).toMatchObject({
    crmjira_opportunity_budget_mapping: [expect.anything()],
    crmjira_opportunity_budget_approval: [expect.anything()],
  });
});
