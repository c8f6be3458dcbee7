import { randomUUID } from 'node:crypto';
import { connect } from '../../../../plugins-proxy/src/capabilities/connect';
import { askAboutHeld } from '../../../../plugins-proxy/src/capabilities/budget/held/ask-about-held';
import { crmjira, type Run } from '../../cli-terminal';
import { eventually } from '../../eventually';
import { e1, startWorld, stopLater, stopWorlds, type World } from '../../world';

const mappings = 'crmjira_budget_mappings';
let world: World;
afterEach(stopWorlds);

const run = (...args: string[]): Promise<Run> => crmjira(world.standIns.environment, args, world.clock);
const mailsTo = (address: string) =>
  world.standIns.dataverse.outbox().filter((mail) => JSON.stringify(mail).includes(address));

/** Six opportunities come in at once where three projects an hour are allowed. */
async function imported(): Promise<readonly string[]> {
  world = await startWorld('2025-01-15T14:00:00Z');
  await world.stopProxy();
  await world.setVariable('crmjira_ProvisioningLimitPerHour', '3');
  await world.setVariable('crmjira_AdministratorMailbox', 'jira.admin@company.com');
  await world.setVariable('crmjira_AutoAdvanceStages', 'no');
  const ids = Array.from({ length: 6 }, () => randomUUID());
  // As long as an opportunity's name may be: longer than the process row's and than Jira's (F-201).
  const name = (n: number): string => `Import ${n} ${'🚀'.repeat(145)}`;
  await Promise.all(ids.map((id, n) => world.write('opportunities', id, { ...e1, name: name(n) })));
  // Two workers of two replicas, each with no memory of the other.
  await Promise.all(
    ids.map((id) =>
      crmjira(world.standIns.environment, ['sync', '--opportunity', id], world.clock).then(({ code, out }) => {
        if (code !== 0) throw new Error(out);
      }),
    ),
  );
  return ids;
}

describe('more projects than allowed within an hour (R-2305)', () => {
  test('stop, also after a restart, and are named to the administrator in one mail, however long their names are (F-201)', async () => {
    await imported();
    const waiting = await world.rows(mappings, 'crmjira_held_on ne null');
    const projects = world.standIns.jira.site.projects.all();
    expect(projects).toHaveLength(3);
    // F-201
    expect(projects.map(({ name }) => name)).toEqual(Array(3).fill(expect.stringMatching(/^Import \d 🚀{35}$/u)));
    const processes = await world.rows('crmjira_opportunitytojiraprojects');
    expect(processes.map((row) => row['bpf_name'])).toEqual(
      Array(6).fill(expect.stringMatching(/^Import \d 🚀{45}…$/u)),
    );
    expect(waiting).toHaveLength(3);
    for (const row of waiting) expect(String(row['crmjira_last_error'])).toContain('more than 3 Jira projects');

    // A later run, in a process that knows nothing of the first, two hours on.
    world.setClock('2025-01-15T16:30:00Z');
    const later = await run('sync', '--all');
    expect(later).toMatchObject({ code: 3, out: expect.stringContaining(' 3 waiting for a person, 0 failed') });
    expect(world.standIns.jira.site.projects.all()).toHaveLength(3);

    const { dataverse, environmentSettings, jira, close } = connect(world.config, world.clock);
    stopLater(close);
    const { connectionId } = world.config;
    const context = { dataverse, environmentSettings, connectionId, connectionIds: jira.ids, now: world.clock };
    await Promise.all([askAboutHeld(context), askAboutHeld(context)]);
    expect(await askAboutHeld(context)).toBe(3);
    const mails = mailsTo('jira.admin@company.com');
    expect(mails).toHaveLength(1);
    for (const row of waiting) {
      const opportunity = await world.one('opportunities', String(row['_crmjira_opportunity_id_value']));
      expect(JSON.stringify(mails)).toContain(opportunity['name']);
    }
  });

  test('are asked about once nothing is added for a minute; a release asks nothing again, another stop does', async () => {
    await imported();
    const waiting = await world.rows(mappings, 'crmjira_held_on ne null');
    const ids = waiting.map((row) => String(row['crmjira_budget_mappingid']));
    const hold = (n: number, on: string): Promise<void> =>
      world.write(mappings, ids[n] ?? '', { crmjira_held_on: on, crmjira_released_on: null });
    for (const [n, minute] of ['01', '05', '09'].entries()) await hold(n, `2025-01-15T14:${minute}:00Z`);
    const { dataverse, environmentSettings, jira, close } = connect(world.config, world.clock);
    stopLater(close);
    const ask = async (at: string): Promise<[number, number]> => {
      const context = {
        dataverse,
        environmentSettings,
        connectionId: world.config.connectionId,
        connectionIds: jira.ids,
        now: () => new Date(at),
      };
      return [await askAboutHeld(context), mailsTo('jira.admin@company.com').length];
    };
    expect(await ask('2025-01-15T14:09:59Z')).toEqual([3, 0]);
    expect(await ask('2025-01-15T14:10:00Z')).toEqual([3, 1]);
    await world.write(mappings, ids[2] ?? '', { crmjira_released_on: '2025-01-15T14:20:00Z' });
    expect(await ask('2025-01-15T14:21:00Z')).toEqual([2, 1]);
    await hold(2, '2025-01-15T14:30:00Z');
    expect(await ask('2025-01-15T14:30:59Z')).toEqual([3, 1]);
    expect(await ask('2025-01-15T14:31:00Z')).toEqual([3, 2]);
  });

  test('count within the hour before: those that wait, and those that were linked, do not', async () => {
    const first = await imported();
    const all = await world.rows(mappings);
    const madeFirst = all.filter((row) => row['crmjira_held_on'] === null);
    expect(madeFirst).toHaveLength(3);
    const late = async (): Promise<unknown> => {
      const id = randomUUID();
      await world.write('opportunities', id, { ...e1, name: `Late ${id}` });
      expect(await run('sync', '--opportunity', id)).toMatchObject({ code: 0 });
      return (await world.rows(mappings, `_crmjira_opportunity_id_value eq ${id}`))[0]?.['crmjira_held_on'] ?? null;
    };
    expect(first).toHaveLength(6);
    // Fifty minutes on three projects still count.
    world.setClock('2025-01-15T14:50:00Z');
    expect(await late()).not.toBeNull();
    // One of them was there before and only linked: it leaves a place for one.
    const linked = String(madeFirst[0]?.['crmjira_budget_mappingid']);
    await world.write(mappings, linked, { crmjira_history_from: '2024-11-04' });
    expect(await late()).toBeNull();
    expect(await late()).not.toBeNull();
    // After the hour only the one of ten to three counts.
    world.setClock('2025-01-15T15:05:00Z');
    expect([await late(), await late(), (await late()) === null]).toEqual([null, null, false]);
  });

  test('are listed and released by the administrator, one or all, on record', async () => {
    await imported();
    const list = await run('release');
    expect(list).toMatchObject({ code: 3, out: expect.stringContaining('3 held back') });
    const [first] = await world.rows(mappings, 'crmjira_held_on ne null');
    const id = String(first?.['_crmjira_opportunity_id_value']);
    expect(await run('release', '--opportunity', id)).toMatchObject({ code: 0, out: '1 released, 0 failed' });
    expect(world.standIns.jira.site.projects.all()).toHaveLength(4);
    expect(await world.one(mappings, String(first?.['crmjira_budget_mappingid']))).toMatchObject({
      crmjira_provisioning_state: 4,
      crmjira_last_error: null,
    });
    expect(await run('release', '--all')).toMatchObject({ code: 0, out: '2 released, 0 failed' });
    expect(world.standIns.jira.site.projects.all()).toHaveLength(6);
    const logged = await world.rows('crmjira_integration_logs', "crmjira_event_type eq 'provisioning_released'");
    expect(logged).toHaveLength(3);
    // R-1101
    for (const row of logged)
      expect(row).toMatchObject({
        crmjira_correlation_id: expect.any(String),
        crmjira_duration_ms: expect.any(Number),
      });
    expect(await run('release')).toMatchObject({ code: 0, out: expect.stringContaining('0 held back') });
    expect(await run('release', '--all')).toMatchObject({ code: 0, out: 'No project is held back.' });
    expect(await run('release', '--opportunity', id)).toMatchObject({ code: 1, out: 'No such project is held back.' });
  });
});

describe('linking projects that exist (R-2303)', () => {
  const legacy = async (key: string, name: string, hours: number): Promise<string> => {
    const body = {
      key,
      name,
      projectTypeKey: 'software',
      projectTemplateKey: 'com.pyxis.greenhopper.jira:gh-simplified-scrum-classic',
      leadAccountId: (await world.jira('GET', '/myself'))['accountId'],
    };
    const { id } = await world.jira('POST', '/project', body);
    const fields = { project: { id: String(id) }, issuetype: { name: 'Story' }, summary: 'Work so far' };
    const issue = String((await world.jira('POST', '/issue', { fields }))['id']);
    await world.logHours(issue, hours, '2024-11-04T09:00:00.000+0000');
    await world.logHours(issue, 80, '2024-12-09T09:00:00.000+0000');
    return String(id);
  };

  test('a dry run lists the proposals; then those are linked that are certain, without mail, with an estimated history', async () => {
    world = await startWorld('2025-01-15T14:00:00Z');
    // No budget amount: the running service leaves them alone.
    const open = { ...e1, budgetamount: null, crmjira_project_budget: 250_000 };
    const [byField, byName] = [randomUUID(), randomUUID()];
    await world.write('opportunities', byField, { ...open, name: 'Acme data platform' });
    await world.write('opportunities', byName, { ...open, name: 'Acme Portal' });
    const platform = await legacy('PLATFORM', 'Something else', 1_720);
    await legacy('PORTAL', 'ACME portal', 10);
    await world.jira('POST', '/issue', {
      fields: {
        project: { id: platform },
        issuetype: { name: 'Task' },
        summary: 'Origin',
        customfield_10100: byField,
      },
    });

    const dry = await run('link', '--propose', '--dry-run');
    expect(dry.code).toBe(3);
    expect(dry.out).toMatch(new RegExp(`PLATFORM +field +${byField}`));
    expect(dry.out).toMatch(new RegExp(`PORTAL +name +${byName}.*accept with --by name`));
    expect(await world.rows(mappings)).toEqual([]);
    expect(await world.rows('crmjira_commands')).toEqual([]);

    const linked = await run('link', '--propose');
    expect(linked).toMatchObject({ code: 0, out: expect.stringContaining('2 proposed, 1 linked, 0 not linked') });
    await world.settled();
    const [mapping] = await world.rows(mappings);
    expect(mapping).toMatchObject({
      _crmjira_opportunity_id_value: byField,
      crmjira_jira_project_id: platform,
      crmjira_provisioning_state: 4,
      crmjira_spent_amount: 225_000,
      crmjira_utilization: 90,
      crmjira_last_alert_level: 1,
    });
    expect([await world.rows('crmjira_budget_alerts'), await world.rows('emails')]).toEqual([[], []]);
    const snapshots = await world.rows('crmjira_budget_snapshots');
    const days = snapshots.map((row) => [
      String(row['crmjira_snapshot_date']).slice(0, 10),
      row['crmjira_spent_amount'],
      row['crmjira_is_estimated'],
    ]);
    expect(days.sort()).toEqual([
      ['2024-11-04', 215_000, true],
      ['2024-12-09', 225_000, true],
      ['2025-01-15', 225_000, false],
    ]);
    expect(await world.jira('GET', `/project/${platform}/properties/crmjira.opportunity`)).toMatchObject({
      value: { opportunityId: byField },
    });

    expect(await run('link', '--propose', '--by', 'name')).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 proposed, 1 linked'),
    });
    await eventually(async () => expect(await world.rows(mappings)).toHaveLength(2));
    expect(await run('link', '--propose', '--dry-run')).toMatchObject({ code: 0 });
  });

  test('a project that is not there is refused in words, and ends with 1', async () => {
    world = await startWorld('2025-01-15T14:00:00Z');
    const id = randomUUID();
    await world.write('opportunities', id, { ...e1, budgetamount: null, crmjira_project_budget: 250_000 });
    const refused = await run('link', '--opportunity', id, '--project', 'NOWHERE');
    expect(refused).toMatchObject({ code: 1, out: expect.stringContaining('Jira has no project NOWHERE') });
    expect(await run('link')).toMatchObject({ code: 2 });
  });
});
