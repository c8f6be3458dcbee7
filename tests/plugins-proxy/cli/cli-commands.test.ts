import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { process } from '../../../domain/src/schema/generated/process';
import { forEachOpportunity } from '../../../plugins-proxy/src/cli/for-each-opportunity';
import type { Terminal } from '../../../plugins-proxy/src/cli/terminal';
import { createProxy } from '../../../plugins-proxy/src/create-proxy';
import { createLogger } from '../../../plugins-proxy/src/platform/log/create-logger';
import { openSqliteStore } from '../../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import { crmjira, jsonOf, type Run } from '../cli-terminal';
import { eventually } from '../eventually';
import { keepLines } from '../log-lines';
import { e1, opportunityId, startWorld, stopLater, type World } from '../world';

const mappings = 'crmjira_budget_mappings';

describe('many opportunities', () => {
  test('are worked on a few at a time, and one that fails stops no other', async () => {
    const ids = Array.from({ length: 20 }, (_, n) => `id-${n}`);
    const shown: string[] = [];
    let [running, most] = [0, 0];
    const terminal: Terminal = {
      environment: {},
      now: () => new Date(0),
      out: () => undefined,
      err: () => undefined,
      status: (text) => void shown.push(text),
    };
    const outcomes = await forEachOpportunity(terminal, ids, 4, async (id) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      if (id === 'id-3') throw new TypeError('this one is broken');
      return id.length;
    });
    expect(most).toBe(4);
    expect(outcomes.map(({ opportunityId: id }) => id)).toEqual(ids);
    expect(outcomes.filter(({ error }) => error !== null)).toEqual([
      {
        opportunityId: 'id-3',
        result: null,
        error: { code: 'unexpected', message: expect.stringContaining('this one is broken') },
      },
    ]);
    expect(shown.slice(-2)).toEqual([`[${'#'.repeat(30)}] 20 of 20, 1 failed`, '']);
  });
});

describe('Ctrl+C (F-214)', () => {
  test('ends what is under way, begins nothing more, and loses no word of what was done', async () => {
    const out: string[] = [];
    const err: string[] = [];
    let interrupt = (): void => undefined;
    let listening = false;
    const terminal: Terminal = {
      environment: {},
      now: () => new Date(0),
      out: (line) => void out.push(line),
      err: (line) => void err.push(line),
      status: null,
      onInterrupt: (stop) => {
        [interrupt, listening] = [stop, true];
        return () => void (listening = false);
      },
    };
    const work = async (id: string): Promise<string> => {
      if (id === 'b') interrupt();
      return `${id} is in sync`;
    };
    const outcomes = await forEachOpportunity(terminal, ['a', 'b', 'c'], 1, work, ({ result }) => [result ?? '']);
    expect(out).toEqual(['a is in sync', 'b is in sync']);
    expect(err).toEqual([expect.stringMatching(/^Stopping:/)]);
    expect(outcomes.map(({ error }) => error?.code ?? null)).toEqual([null, null, 'interrupted']);
    expect(listening).toBe(false);
  });
});

describe('the command line against the stand-ins', () => {
  let world: World;
  afterEach(() => world.stop(), 30_000);

  const run = (...args: string[]): Promise<Run> => crmjira(world.standIns.environment, args, world.clock);

  /** Deletes a row as an administrator. */
  async function remove(path: string): Promise<void> {
    const { DATAVERSE_URL, TOKEN_URL, REGISTRATION_CLIENT_ID, REGISTRATION_CLIENT_SECRET } = world.standIns.environment;
    const form = {
      grant_type: 'client_credentials',
      client_id: REGISTRATION_CLIENT_ID ?? '',
      client_secret: REGISTRATION_CLIENT_SECRET ?? '',
      scope: `${DATAVERSE_URL}/.default`,
    };
    const answer = await fetch(TOKEN_URL ?? '', { method: 'POST', body: new URLSearchParams(form) });
    // The stand-in answers as RFC 6749 says.
    const { access_token: token } = (await answer.json()) as { access_token: string };
    const response = await fetch(`${DATAVERSE_URL}/api/data/v9.2/${path}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(204);
  }

  /** Linked and approved, 368 hours logged, and the service stopped: what changes now, only the command line sees. */
  /** A project under way, whose service is stopped: the command line is alone with the rows. */
  async function burning(): Promise<{ mapping: string; issue: string }> {
    const made = await watched();
    await world.stopProxy();
    return made;
  }

  async function watched(): Promise<{ mapping: string; issue: string }> {
    world = await startWorld('2025-01-15T14:00:00Z');
    const mapping = await world.provision();
    await world.approve();
    const issue = await world.newIssue();
    await world.logHours(issue, 368);
    await world.settledAt(mapping, [46_000, 204_000, 18.4, 3]);
    return { mapping, issue };
  }

  test('drift and sync agree about what differs, and one sync ends it (R-1506, R-605)', async () => {
    const { mapping, issue } = await burning();
    expect(await run('drift')).toMatchObject({ code: 0, out: '1 compared: 0 with differences, 0 failed' });
    const heading = `${opportunityId}  CRMWYVLZZJ  ${e1.name}`;
    const inSync = expect.stringContaining(`${heading}  in sync`);
    expect(await run('sync', '--all', '--dry-run')).toMatchObject({ code: 0, out: inSync });

    await world.logHours(issue, 8);
    const before = await world.census();
    const drift = await run('drift');
    expect(drift.code).toBe(3);
    expect(drift.out.split('\n')).toContain(heading);
    expect(drift.out).toContain('spent      Dynamics $46,000.00 CAD  |  Jira $47,000.00 CAD');
    expect(drift.out).toContain('remaining  Dynamics $204,000.00 CAD  |  Jira $203,000.00 CAD');
    expect(drift.out).toMatch(/last in agreement 2025-01-15T14:\d\d:\d\dZ; the next sync takes Jira/);
    expect(drift.out).not.toContain('status');

    const dry = await run('sync', '--opportunity', opportunityId.toUpperCase(), '--dry-run');
    expect(dry.code).toBe(3);
    expect(dry.out.split('\n')).toContain(heading);
    expect(dry.out).toContain(`change budget mapping ${mapping}`);
    expect(dry.out).toContain('Spent amount: 46,000 → 47,000');
    expect(dry.out).toContain('Remaining budget: 204,000 → 203,000');
    expect(await world.census()).toEqual(before);

    const why = await run('explain', 'opportunity', opportunityId);
    expect(why.code).toBe(3);
    expect(why.out).toMatch(/≠ spent +Dynamics \$46,000\.00 CAD {2}\| {2}Jira \$47,000\.00 CAD/);
    expect(why.out).toMatch(/= key +Dynamics CRMWYVLZZJ {2}\| {2}Jira CRMWYVLZZJ/);
    expect(why.out).toContain('The next run does:\n  dataverse.change-set: the figures in Jira changed');
    expect(why.out).toMatch(/^Queue: /m);
    expect(await world.census()).toEqual(before);

    const unknown = 'b1b2c3d4-e5f6-7890-abcd-ef1234567890';
    expect(await run('explain', 'opportunity', unknown)).toMatchObject({
      code: 1,
      err: expect.stringContaining('Dynamics has no such record'),
    });
    expect(await run('explain', 'lead', unknown)).toMatchObject({
      code: 1,
      err: expect.stringContaining('No record of the table "lead" is kept in agreement. Known tables: opportunity,'),
    });
    expect(await run('explain', 'opportunity', 'x')).toMatchObject({ code: 2 });
    expect(await run('sync', '--opportunity', unknown)).toMatchObject({
      code: 1,
      out: expect.stringContaining('Dynamics has no such opportunity'),
    });
    expect(await run('drift', '--opportunity', unknown)).toMatchObject({ code: 1 });

    const sync = await run('sync', '--all', '--json');
    expect(sync.code).toBe(0);
    expect(jsonOf(sync)).toMatchObject({
      summary: { opportunities: 1, changed: 1, inSync: 0, failed: 0 },
      opportunities: [
        {
          projectKey: 'CRMWYVLZZJ',
          opportunityName: e1.name,
          result: { steps: [{ text: 'Write to Dynamics, as the figures in Jira changed' }] },
        },
      ],
    });
    expect(sync.statuses.at(-1)).toBe('');
    expect(sync.statuses.join('\n')).toContain('1 of 1');
    expect(await world.figures(mapping)).toEqual([47_000, 203_000, 18.8, 3]);
    expect((await run('drift')).code).toBe(0);
    expect(await run('explain', 'opportunity', opportunityId)).toMatchObject({
      code: 0,
      out: expect.stringContaining('Nothing is left to do.'),
    });
  });

  test('a run that fails half-way says why and how far it came', async () => {
    const { issue } = await burning();
    await world.logHours(issue, 1_500);
    // The stage move that follows an alert asks the service's synchronous step, and the service is stopped.
    const sync = await run('sync', '--all');
    expect(sync.code).toBe(1);
    expect(sync.out).toMatch(
      /^\S+ {2}CRMWYVLZZJ {2}\S.* {2}failed: The process was not moved, .* \d+ steps? (was|were) done before\./,
    );
    expect(sync.out).toContain('To do: start the service');
    expect(sync.out).toContain('1 opportunity: 0 changed, 0 in sync, 1 failed');
  });

  test('a project that is completed while the service is stopped lacks the end of its process, which the service makes up for (R-310)', async () => {
    await watched();
    await world.jira('POST', '/project/CRMWYVLZZJ/archive');
    await world.stopProxy();
    const sync = await run('sync', '--opportunity', opportunityId, '--json');
    expect(sync.code).toBe(1);
    expect(jsonOf(sync)).toMatchObject({
      summary: { failed: 1 },
      remedy: expect.stringMatching(/^To do: start the service/),
      opportunities: [{ error: { code: 'stage-step-unavailable' } }],
    });
    // All but the end of the process is there.
    expect(await world.one('opportunities', opportunityId)).toMatchObject({ statecode: 1, crmjira_budget_status: 5 });
    expect(await world.rows('crmjira_final_reports')).toHaveLength(1);
    expect(await world.rows(process.entitySet)).toMatchObject([{ statecode: 0 }]);

    const again = await createProxy(world.config, createLogger('silent', [], keepLines().stream), world.clock);
    stopLater(() => again.stop());
    await again.start();
    await eventually(async () => {
      expect(await world.rows(process.entitySet)).toMatchObject([{ statecode: 1, statuscode: 2 }]);
    });
    expect(await run('sync', '--opportunity', opportunityId)).toMatchObject({
      code: 0,
      out: expect.stringContaining('in sync'),
    });
  });

  test('a project that Jira no longer has is told of beside the others (R-1506)', async () => {
    const { issue } = await burning();
    const other = 'b1b2c3d4-e5f6-7890-abcd-ef1234567890';
    const [mapping] = await world.rows(mappings);
    await world.write('opportunities', other, { name: 'Another', budgetamount: 20_000 });
    await world.write(mappings, 'c1b2c3d4-e5f6-7890-abcd-ef1234567890', {
      ...Object.fromEntries(
        Object.entries(mapping ?? {}).filter(
          ([name, value]) =>
            /^crmjira_/.test(name) && !name.includes('@') && value !== null && !/id$|_base$/.test(name),
        ),
      ),
      crmjira_jira_project_id: '99999',
      crmjira_jira_project_key: 'NOBODY',
      'crmjira_opportunity_id@odata.bind': `/opportunities(${other})`,
      'crmjira_integration_id@odata.bind': `/crmjira_integrations(${world.config.connectionId})`,
    });
    await world.logHours(issue, 8);
    const drift = await run('drift', '--json');
    expect(drift.code).toBe(3);
    expect(jsonOf(drift)).toMatchObject({
      summary: { compared: 2, differing: 2, failed: 0 },
      opportunities: [
        { opportunityId, result: { projectKey: 'CRMWYVLZZJ' } },
        {
          opportunityId: other,
          result: { lines: [{ field: 'existence', jira: 'no project 99999', differs: true, endedBy: 'person' }] },
        },
      ],
    });
    // F-218: a program reads numbers, not "$46,000.00 CAD".
    const money = { amount: expect.any(Number), currency: 'CAD' };
    const spent = { field: 'spent', amounts: { crm: money, jira: money } };
    expect(jsonOf(drift)).toMatchObject({
      opportunities: [{ result: { lines: expect.arrayContaining([expect.objectContaining(spent)]) } }, {}],
    });
  });

  test('replay queues what deliveries were about, once the service has let go of its store (R-1406)', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'crmjira-cli-'));
    try {
      world = await startWorld('2025-01-15T14:00:00Z', { STORE_FILE: join(folder, 'proxy.sqlite') });
      await world.provision();
      const environment = { ...world.standIns.environment, STORE_FILE: join(folder, 'proxy.sqlite') };
      const cli = (...args: string[]): Promise<Run> => crmjira(environment, args, world.clock);

      const busy = await cli('replay', '--since', '2025-01-15');
      expect(busy).toMatchObject({ code: 1, out: '' });
      expect(busy.err).toContain('Stop it for this command');
      await world.stopProxy();

      const replay = await cli('replay', '--since', '2025-01-15', '--json');
      expect(replay.code).toBe(0);
      expect(jsonOf(replay)).toMatchObject({
        since: '2025-01-15T00:00:00.000Z',
        queued: expect.arrayContaining([`opportunity:${opportunityId}`]),
      });
      expect(jsonOf(await cli('replay', '--since', '2025-01-16', '--json'))).toMatchObject({ queued: [] });

      const store = openSqliteStore(join(folder, 'proxy.sqlite'));
      const { pending } = await store.statistics(world.clock().getTime());
      await store.close();
      expect(pending).toBe((jsonOf(replay)['queued'] as unknown[]).length);
    } finally {
      await world.stopProxy();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('report prints what the final report holds, and says so where there is none (R-803 to R-807)', async () => {
    await watched();
    const none = await run('report', '--opportunity', opportunityId);
    expect(none).toMatchObject({ code: 1, out: '', err: expect.stringContaining('no final report yet') });
    const unlinked = await run('report', '--opportunity', 'b1b2c3d4-e5f6-7890-abcd-ef1234567890', '--json');
    expect(unlinked.code).toBe(1);
    expect(jsonOf(unlinked)).toMatchObject({ error: { code: 'no-final-report' } });

    world.setClock('2025-06-15T16:00:00Z');
    await world.command(4);
    await eventually(async () => expect(await world.rows('crmjira_final_reports')).toHaveLength(1));
    await world.settled();
    const report = await run('report', '--opportunity', opportunityId);
    expect(report.code).toBe(0);
    expect(report.out).toContain('Approved      $250,000.00 CAD');
    expect(report.out).toContain('Actual        $46,000.00 CAD');
    expect(report.out).toContain('Variance      -$204,000.00 CAD (-81.6%)');
    expect(report.out).toContain('Average rate  $125.00 CAD an hour');
    expect(report.out).toContain('Duration      151 days');
    expect(jsonOf(await run('report', '--opportunity', opportunityId, '--json'))).toMatchObject({
      projectKey: 'CRMWYVLZZJ',
      currency: 'CAD',
      approved: 250_000,
      actual: 46_000,
      totalHours: 368,
      efficiencyRating: 'Excellent',
    });
  });

  test('a mapping whose opportunity was deleted is told of by drift (R-415)', async () => {
    const { mapping } = await burning();
    await remove(`opportunities(${opportunityId})`);
    const drift = await run('drift');
    expect(drift.code).toBe(3);
    expect(drift.out).toContain(`mapping ${mapping}  CRMWYVLZZJ`);
    expect(drift.out).toContain('existence  Dynamics opportunity deleted  |  Jira exists');
  });
});
