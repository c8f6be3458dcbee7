import { ResolutionRule, SyncPreference } from '@crmjira/domain';
import pino from 'pino';
import { issuePolicies } from '../../../../plugins-proxy/src/capabilities/issues/policy/issue-policy';
import { type CaseFacts, caseModule } from '../../../../plugins-proxy/src/capabilities/issues/resolution/case-module';
import type { DataverseClient } from '../../../../plugins-proxy/src/clients/dataverse/dataverse-client';
import { IntegrationError } from '../../../../plugins-proxy/src/platform/errors/integration-error';
import { settle } from '../../../../plugins-proxy/src/reconciler/settle';
import { type CaseWorld, startCaseWorld } from './case-world';

let world: CaseWorld;
beforeAll(async () => {
  world = await startCaseWorld();
});
afterAll(() => world.close());

/** Settles a case, as its job does. @param over the service's client, differently */
async function run(
  caseId: string,
  over: Partial<DataverseClient> = {},
  onFacts: (facts: CaseFacts) => void = () => undefined,
): Promise<string[]> {
  const { dataverse, environmentSettings, jira } = world.connections;
  const module = caseModule({
    dataverse: { ...dataverse, ...over },
    environmentSettings,
    jira,
    policyOf: issuePolicies(world.connections),
  });
  const { actions } = await settle(
    module,
    { id: caseId, correlationId: 'c', logger: pino({ level: 'silent' }), onFacts },
    world.clock,
  );
  return actions.map((action) => module.stepOf(action).kind);
}

const resolved = (key: string) => ({
  subjects: [`Case resolved because ${key} was resolved in Jira.`],
  closed: true,
});

it('R-1708 resolves a case once though the run is cut off before or after it', async () => {
  for (const lands of [false, true]) {
    const caseId = await world.newCase();
    const issue = await world.newIssue();
    await world.link(caseId, issue);
    await world.transition(issue.id, 'done');
    const { dataverse } = world.connections;
    const changeSet: DataverseClient['changeSet'] = async (...given) => {
      if (lands) await dataverse.changeSet(...given);
      throw new Error('cut off');
    };
    await expect(run(caseId, { changeSet })).rejects.toThrow('cut off');
    expect(await run(caseId)).toEqual(lands ? [] : ['resolve']);
    expect(await run(caseId)).toEqual([]);
    expect(await world.resolutions(caseId)).toEqual(resolved(issue.key));
    expect(await world.posts(caseId)).toEqual([]);
  }
});

it('R-1708 does not close a case over the person who reopened it', async () => {
  const caseId = await world.newCase();
  const issue = await world.newIssue();
  await world.link(caseId, issue);
  await world.transition(issue.id, 'done');
  expect(await run(caseId)).toEqual(['resolve']);
  await world.reactivate(caseId);
  expect(await run(caseId)).toEqual(['account']);
  expect(await run(caseId)).toEqual([]);
  expect(await world.resolutions(caseId)).toEqual({ ...resolved(issue.key), closed: false });
  // The next time that the issue is done is another occasion.
  await world.transition(issue.id, 'open');
  expect(await run(caseId)).toEqual(['account']);
  await world.transition(issue.id, 'done');
  expect(await run(caseId)).toEqual(['resolve']);
  expect((await world.resolutions(caseId)).subjects).toHaveLength(2);
  expect(await world.posts(caseId)).toEqual([]);
});

it('R-1708 leaves a case to the person who resolved and reopened it, also where a closed case takes no write', async () => {
  const caseId = await world.newCase();
  const issue = await world.newIssue();
  await world.link(caseId, issue);
  const resolution = { subject: 'Done by hand', 'incidentid@odata.bind': `/incidents(${caseId})` };
  await world.admin.unboundAction('CloseIncident', { IncidentResolution: resolution, Status: -1 });
  await world.transition(issue.id, 'done');
  const changeSet: DataverseClient['changeSet'] = async () => {
    throw new IntegrationError('closed', { code: 'dataverse-refused', errorClass: 'permanent', status: 400 });
  };
  expect(await run(caseId, { changeSet })).toEqual(['account']);
  await world.reactivate(caseId);
  expect(await run(caseId)).toEqual(['account']);
  expect(await run(caseId)).toEqual([]);
  expect(await world.resolutions(caseId)).toEqual({ subjects: ['Done by hand'], closed: false });
  expect(await world.posts(caseId)).toEqual([
    `${issue.key} was resolved in Jira while the case was changed here. The case stays open: resolve it if it is done.`,
  ]);
});

it('R-1708 plans anew where a person has changed the case between reading and closing', async () => {
  const caseId = await world.newCase();
  const issue = await world.newIssue();
  await world.link(caseId, issue);
  await world.transition(issue.id, 'done');
  const { dataverse } = world.connections;
  let isChanged = false;
  const changeSet: DataverseClient['changeSet'] = async (...given) => {
    if (!isChanged) {
      isChanged = true;
      await world.admin.changeSet([
        { op: 'update', collection: 'incidents', id: caseId, columns: { statecode: 2, statuscode: 6 } },
      ]);
    }
    await dataverse.changeSet(...given);
  };
  expect(await run(caseId, { changeSet })).toEqual(['account']);
  expect((await world.resolutions(caseId)).subjects).toEqual([]);
});

it('R-1708 says once that a case stays open, resolves it with its last issue, and tells of one that is reopened', async () => {
  const caseId = await world.newCase();
  const [first, second] = [await world.newIssue(), await world.newIssue()];
  await world.link(caseId, first);
  await world.link(caseId, second, { preference: SyncPreference.JiraToCrm });
  await world.link(caseId, await world.newIssue(), { preference: SyncPreference.CrmToJira });
  await world.transition(first.id, 'done');
  expect(await run(caseId)).toEqual(['account']);
  expect(await run(caseId)).toEqual([]);
  const staysOpen = `${first.key} was resolved in Jira. The case stays open: 1 linked issue is open.`;
  expect(await world.posts(caseId)).toEqual([staysOpen]);
  await world.transition(second.id, 'done');
  expect(await run(caseId)).toEqual(['resolve']);
  expect(await world.resolutions(caseId)).toEqual(resolved(second.key));
  await world.transition(second.id, 'progress');
  expect(await run(caseId)).toEqual(['account']);
  expect(await run(caseId)).toEqual([]);
  expect(await world.posts(caseId)).toEqual([
    staysOpen,
    `${second.key} is open again in Jira. The case stays resolved. To reopen it, use Reactivate Case.`,
  ]);
  expect((await world.resolutions(caseId)).closed).toBe(true);
});

it('R-1708 goes by the rule of the connection, and by what has happened since the issue was linked', async () => {
  const caseId = await world.newCase();
  const [chosen, other] = [await world.newIssue(), await world.newIssue()];
  await world.link(caseId, chosen, { resolvesRecord: true });
  await world.transition(other.id, 'done');
  const { histories } = (await world.jira('GET', `/issue/${other.id}?expand=changelog`))['changelog'] as {
    histories: { id: string }[];
  };
  await world.link(caseId, other, { since: Number(histories[0]?.id) });
  for (const rule of [ResolutionRule.Any, ResolutionRule.Never, ResolutionRule.Chosen]) {
    await world.setRule(rule);
    expect(await run(caseId)).toEqual([]);
  }
  await world.transition(chosen.id, 'done');
  expect(await run(caseId)).toEqual(['resolve']);
  expect(await world.resolutions(caseId)).toEqual(resolved(chosen.key));
  await world.setRule(ResolutionRule.All);
});

it('R-1708 waits for an issue that it may not see, and for one whose connection is switched off', async () => {
  const caseId = await world.newCase();
  const [gone, done] = [await world.newIssue(), await world.newIssue()];
  await world.link(caseId, gone);
  await world.link(caseId, done);
  await world.jira('DELETE', `/issue/${gone.id}`);
  await world.transition(done.id, 'done');
  expect(await run(caseId)).toEqual(['account']);
  expect(await world.resolutions(caseId)).toEqual({ subjects: [], closed: false });
  // No such case: nothing to do.
  expect(await run('00000000-0000-4000-8000-000000000000')).toEqual([]);
});
