import { randomUUID } from 'node:crypto';
import pino from 'pino';
import { caseModule } from '../../../../plugins-proxy/src/capabilities/issues/resolution/case-module';
import { issuePolicies } from '../../../../plugins-proxy/src/capabilities/issues/policy/issue-policy';
import { settle } from '../../../../plugins-proxy/src/reconciler/settle';
import { acme, people } from '../../stand-ins';
import { type LinkedWorld, startLinkedWorld, stopLinkedWorlds } from './linked-world';

let world: LinkedWorld;
let caseId: string;
let link: string;
let issue: { readonly id: string; readonly key: string };
beforeEach(async () => {
  world = await startLinkedWorld();
  caseId = await world.addCase();
  link = await world.addLink(caseId, { create: world.bug() });
  await rests();
  issue = world.issues()[0]!;
});
afterEach(stopLinkedWorlds);

/** The jobs that an event of issue or case names, the link's and the case's, until nothing is left; each change is an event, too. */
async function rests(incident = caseId): Promise<void> {
  for (let turn = 0; turn < 6; turn += 1) if ((await runs(incident)).length === 0) return;
  throw new Error('The records do not rest.');
}
async function runs(incident = caseId): Promise<readonly string[]> {
  const module = caseModule({ ...world.connections, policyOf: issuePolicies(world.connections) });
  const logger = pino({ level: 'silent' });
  const ofLink = await world.run(link);
  const { actions } = await settle(module, { id: incident, correlationId: randomUUID(), logger }, world.now);
  return [...ofLink, ...actions.map(({ kind }) => kind)];
}
const status = async (): Promise<unknown[]> => {
  const { statecode, statuscode } = await world.one('incidents', caseId);
  return [statecode, statuscode];
};
const posts = async (record = caseId): Promise<string[]> =>
  (await world.rows('posts', `_regardingobjectid_value eq ${record}`)).map(({ text }) => String(text));
const edit = (columns: Record<string, unknown>): Promise<void> => world.edit('incidents', caseId, columns);
const resolved = 1;

test('R-216 R-1708 a case resolves by its issue; reactivating it asks Jira for a step that is offered', async () => {
  await world.move(issue.id, 'Done');
  await rests();
  expect(await status()).toEqual([resolved, 5]);

  await edit({ statecode: 0, statuscode: 1 });
  await rests();
  expect(await world.api('GET', `/issue/${issue.id}?fields=status`)).toMatchObject({
    fields: { status: { statusCategory: { key: expect.not.stringMatching('done') } } },
  });
  expect(await status()).toEqual([0, 1]);
  // The way there and back is told once each, and nobody is told to act.
  expect((await posts()).filter((text) => text.includes('stays'))).toEqual([]);
});

test('R-216 R-1708 a case that is reactivated says on its link why Jira did not follow', async () => {
  await world.move(issue.id, 'Done');
  await rests();
  // A workflow that ends in Done: Jira offers no step out of it.
  const { http } = world.connections.jira.first.site;
  const { call } = http;
  const withoutSteps: typeof call = async (asked) => {
    const answer = await call(asked);
    return asked.method === 'GET' && asked.path.endsWith('/transitions')
      ? asked.schema.parse({ transitions: [] })
      : answer;
  };
  Object.assign(http, { call: withoutSteps });
  await edit({ statecode: 0, statuscode: 1 });
  await rests();
  expect(await world.one('crmjira_issue_links', link)).toMatchObject({
    crmjira_error_code: 'no-transition',
    crmjira_last_error: expect.stringMatching(/offers no step/),
  });
  expect(await status()).toEqual([0, 1]);
});

test('R-1708 an issue that is reopened in Jira is told on the timeline, and reopens no case', async () => {
  await world.move(issue.id, 'Done');
  await rests();
  await world.move(issue.id, 'In Progress');
  await rests();
  expect(await status()).toEqual([resolved, 5]);
  expect((await posts()).filter((text) => text.startsWith(`${issue.key} is open again in Jira.`))).toHaveLength(1);
});

test('R-1709 a reassigned and a cancelled case, a changed type and an assignee who has left: each has its sentence, once', async () => {
  await edit({ 'ownerid@odata.bind': `/systemusers(${people.manager})` });
  await rests();
  await world.api('PUT', `/issue/${issue.id}`, { fields: { issuetype: { name: 'Task' } } });
  await rests();
  const [service] = world.jira.site.users.all();
  const dana = {
    ...service!,
    id: 'dana',
    name: 'dana',
    key: 'dana',
    displayName: 'Dana Lee',
    email: 'dana@company.com',
  };
  world.jira.site.users.put(dana);
  await world.api('PUT', `/issue/${issue.id}/assignee`, { accountId: dana.id });
  await rests();
  world.jira.site.users.put({ ...dana, active: false });
  await rests();
  await edit({ statecode: 2, statuscode: 6 });
  await rests();
  const told = await posts();
  for (const sentence of [
    /^This record now belongs to Paul Martin\. The assignee of .* stays\.$/,
    /^\S+ changed type: Bug → Task\. Sync goes on;/,
    /^\S+ is assigned to Dana Lee, whose Jira account is closed\./,
    /^This record was cancelled\. \S+ stays as it is in Jira;/,
  ])
    expect([sentence, told.filter((text) => sentence.test(text)).length, told]).toEqual([sentence, 1, told]);
});

test('R-1709 the issue of a merged case is linked to the one that remains, which what was done before does not close', async () => {
  const master = randomUUID();
  await world.standIns.admin.changeSet([
    {
      op: 'create',
      collection: 'incidents',
      id: master,
      columns: { title: 'Printers on fire', 'customerid_account@odata.bind': `/accounts(${acme})` },
    },
  ]);
  await world.move(issue.id, 'Done');
  await world.run(link);
  await edit({ statecode: 2, statuscode: 2000, 'masterid@odata.bind': `/incidents(${master})` });
  await rests(master);
  expect(await world.link(link)).toMatchObject({ recordId: master });
  expect((await posts(master)).filter((text) => text.includes('merged'))).toEqual([
    `${issue.key} is now linked to this case: the case that it was linked to was merged into it.`,
  ]);
  expect(await world.one('incidents', master)).toMatchObject({ statecode: 0 });
});
