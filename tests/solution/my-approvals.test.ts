import { readFileSync } from 'node:fs';
import { hostFolders } from '../../sandbox/src/form-host/server/host-folders';
import { readViews } from '../../sandbox/src/form-host/server/read-views';
import { parseSiteMap } from '../../sandbox/src/form-host/server/parse-site-map';
import { maySee } from '../../sandbox/src/form-host/client/security/entity-privilege';
import type { Persona } from '../../sandbox/src/form-host/contract';
import { ids, startDataverse, type Fixture } from '../sandbox/dataverse/dataverse-fixture';
import { solution, SOLUTION_SOURCE } from './solution-folder';

const view = readViews(`${SOLUTION_SOURCE}/Entities/crmjira_budget_approval/SavedQueries`).find(
  ({ name }) => name[1033] === 'My Approvals',
);
const siteMap = parseSiteMap(readFileSync(hostFolders.siteMap, 'utf8'), { tables: [] });

let f: Fixture;
afterEach(() => f.dataverse.close());

const ask = (by: string, amount: number, more: Record<string, unknown> = {}) =>
  f.call(
    'POST',
    'crmjira_budget_approvals',
    {
      crmjira_amount: amount,
      'crmjira_opportunity_id@odata.bind': `/opportunities(${ids.opportunity})`,
      ...more,
    },
    { Prefer: 'return=representation' },
    by,
  );

it('lists what others have requested and nobody has decided on, while the opportunity waits (F-105)', async () => {
  f = await startDataverse();
  const rep = 'opportunity.owner@company.com';
  const decided = await ask(rep, 100);
  await ask(rep, 200);
  await ask('admin@company.com', 300);
  // Opened again by the service in the name of whoever looks.
  await ask(rep, 400, { 'crmjira_requested_by@odata.bind': `/systemusers(${ids.administrator})` });
  const decision = await f.call('POST', 'crmjira_budget_decisions', {
    crmjira_decision: 4,
    'crmjira_budget_approval_id@odata.bind': `/crmjira_budget_approvals(${decided.json.crmjira_budget_approvalid})`,
  });
  expect(decision.status).toBe(204);
  const listed = async () => {
    const path = `crmjira_budget_approvals?fetchXml=${encodeURIComponent(view!.fetchXml)}`;
    const { json } = await f.call('GET', path);
    return json.value.map((row: { crmjira_amount: number }) => row.crmjira_amount);
  };
  const status = (value: number) =>
    f.call('PATCH', `opportunities(${ids.opportunity})`, { crmjira_approval_status: value });
  await status(2);
  expect(await listed()).toEqual([200]);
  await status(4);
  expect(await listed()).toEqual([]);
});

it('stands in the navigation of those who decide, as pages of administrators stand in theirs (F-105, F-123)', async () => {
  f = await startDataverse();
  const seenWith = (...privileges: string[]): string[] => {
    const persona = { privileges: Object.fromEntries(privileges.map((name) => [name, 0])) } as unknown as Persona;
    return siteMap.filter((entry) => entry.needs.length > 0 && maySee(persona, entry)).map(({ title }) => title![1033]);
  };
  expect(siteMap.find(({ kind, name }) => kind === 'view' && name === 'crmjira_budget_approval')).toMatchObject({
    name: 'crmjira_budget_approval',
    viewId: view?.id,
    title: { 1033: 'My Approvals', 3084: 'Mes approbations' },
  });
  expect(seenWith()).toEqual([]);
  expect(seenWith('prvcreatecrmjira_budget_decision')).toEqual(['My Approvals']);
  expect(seenWith('prvreadcrmjira_integration')).toEqual([
    'Jira Projects Page',
    'Organizations',
    'Dashboard',
    'All Integrations',
    'Providers',
    'Audit Logs',
    'Health Page',
    'Connection Set-up',
  ]);
  const holders = (privilege: string) =>
    solution.roles
      .filter(({ privileges }) => privileges.some(({ name }) => name === privilege))
      .map(({ name }) => name);
  expect(holders('prvCreatecrmjira_budget_decision')).toContain('CRM-JIRA Budget Approver');
  expect(holders('prvReadcrmjira_integration')).not.toContain('CRM-JIRA Integration User');
});
