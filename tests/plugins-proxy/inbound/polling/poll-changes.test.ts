import { CommandState, process } from '@crmjira/domain';
import type { Changes } from '../../../../plugins-proxy/src/clients/dataverse/dataverse-client';
import { IntegrationError } from '../../../../plugins-proxy/src/platform/errors/integration-error';
import { createLogger } from '../../../../plugins-proxy/src/platform/log/create-logger';
import { pollChanges } from '../../../../plugins-proxy/src/inbound/polling/poll-changes';
import { createSettledVersions } from '../../../../plugins-proxy/src/reconciler/settled-versions';
import { openSqliteStore } from '../../../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import { fakeDataverse } from '../../fake-dataverse';
import { keepLines } from '../../log-lines';

const id = (n: number): string => `6d81597f-0f9f-4711-8122-${String(n).padStart(12, '0')}`;
const command = (n: number, over: Record<string, unknown>) => ({ crmjira_commandid: id(n), ...over });
const opportunity = (n: number, over: Record<string, unknown> = {}) => ({
  opportunityid: id(n),
  statecode: 0,
  budgetamount: 20_000,
  crmjira_jira_project_key: null,
  ...over,
});

function setUp(answer: (collection: string, link: string | null) => Changes, inbound: 'direct' | 'none' = 'direct') {
  const store = openSqliteStore(':memory:');
  const asked: [string, string | null][] = [];
  const dataverse = Object.assign(fakeDataverse(), {
    changes: async (collection: string, _select: readonly string[], link: string | null) => {
      asked.push([collection, link]);
      return answer(collection, link);
    },
  });
  let woken = 0;
  const { stream, lines } = keepLines();
  const settled = createSettledVersions();
  const context = {
    dataverse,
    store,
    logger: createLogger('info', [], stream),
    now: () => new Date(5_000),
    wake: () => void (woken += 1),
    settled,
    inbound,
  };
  const queued = async (): Promise<string[]> => {
    const keys: string[] = [];
    for (let claim = await store.claim(9_000, 60_000); claim !== null; claim = await store.claim(9_000, 60_000)) {
      keys.push(claim.key);
      await store.complete(claim, 9_000);
    }
    return keys.sort();
  };
  return { poll: () => pollChanges(context), settled, store, asked, queued, woken: () => woken, lines };
}

const nothing: Changes = { rows: [], deltaLink: 'link-1' };

describe('polling Dataverse', () => {
  test('at the very first start queues only what may need work', async () => {
    const rows = [
      opportunity(1),
      opportunity(2, { budgetamount: null }),
      opportunity(3, { statecode: 1 }),
      opportunity(4, { statecode: 1, crmjira_jira_project_key: 'CRMABC' }),
    ];
    const { poll, queued, store } = setUp((collection) =>
      collection === 'opportunities' ? { rows, deltaLink: 'link-1' } : nothing,
    );
    await poll();
    expect(await queued()).toEqual([`opportunity:${id(1)}`, `opportunity:${id(4)}`]);
    expect(await store.readCursor('delta.opportunity')).toBe('link-1');
    await store.close();
  });

  test('follows moves of the process only where no step is asked before them (R-305, R-310)', async () => {
    const moved = {
      rows: [{ _bpf_opportunityid_value: id(9) }, { id: id(8), reason: 'deleted' }],
      deltaLink: 'link-2',
    };
    const answer = (collection: string, link: string | null): Changes =>
      collection === process.entitySet && link !== null ? moved : nothing;
    for (const inbound of ['none', 'direct'] as const) {
      const { poll, queued, store, asked } = setUp(answer, inbound);
      await poll();
      expect(await queued()).toEqual([]);
      await poll();
      expect(await queued()).toEqual(inbound === 'none' ? [`opportunity:${id(9)}`] : []);
      expect(asked.some(([collection]) => collection === process.entitySet)).toBe(inbound === 'none');
      await store.close();
    }
  });

  test('goes on from the last link, also for deleted rows, and remembers the next', async () => {
    const { poll, queued, store, asked, woken } = setUp((collection, link) => {
      if (link === null) return nothing;
      if (collection === 'opportunities')
        return {
          rows: [opportunity(2, { budgetamount: null }), { id: id(5), reason: 'deleted' }],
          deltaLink: 'link-2',
        };
      if (collection === 'crmjira_commands')
        return {
          rows: [
            command(16, { crmjira_command_state: CommandState.Requested }),
            command(17, { crmjira_command_state: CommandState.Done }),
          ],
          deltaLink: 'link-2',
        };
      if (collection === 'crmjira_budget_decisions')
        return { rows: [{ crmjira_budget_decisionid: id(8) }], deltaLink: 'link-2' };
      return { rows: [], deltaLink: 'link-2' };
    });
    await poll();
    expect(woken()).toBe(0);
    await poll();
    expect(await queued()).toEqual([
      `command:${id(16)}`,
      `decision:${id(8)}`,
      ...[2, 5].map((n) => `opportunity:${id(n)}`),
    ]);
    expect(woken()).toBe(1);
    await poll();
    expect(asked.filter(([collection]) => collection === 'opportunities').map(([, link]) => link)).toEqual([
      null,
      'link-1',
      'link-2',
    ]);
    await store.close();
  });

  test('leaves out a row that a run has ended with, and queues it again as soon as anybody has written it since', async () => {
    let version = 40;
    const { poll, queued, settled, store } = setUp((collection, link) =>
      collection === 'opportunities' && link !== null
        ? { rows: [opportunity(1, { versionnumber: version }), { id: id(5), reason: 'deleted' }], deltaLink: 'link-2' }
        : nothing,
    );
    await poll();
    // No run of this process has ended with it: one that was cut off is taken up again.
    await poll();
    expect(await queued()).toEqual([1, 5].map((n) => `opportunity:${id(n)}`));
    settled.settled(id(1), 40);
    await poll();
    expect(await queued()).toEqual([`opportunity:${id(5)}`]);
    version = 41;
    await poll();
    expect(await queued()).toEqual([1, 5].map((n) => `opportunity:${id(n)}`));
    await store.close();
  });

  test('reads a table anew when its link has expired, and one table’s trouble leaves the others alone', async () => {
    const { poll, queued, store, lines } = setUp((collection, link) => {
      if (collection === 'crmjira_commands')
        throw new IntegrationError('Down.', { code: 'x', errorClass: 'transient', status: 503 });
      if (link === 'link-1')
        throw new IntegrationError('Expired.', { code: 'x', errorClass: 'permanent', status: 400 });
      return collection === 'opportunities' ? { rows: [opportunity(1)], deltaLink: 'link-1' } : nothing;
    });
    await poll();
    expect(await queued()).toHaveLength(1);
    await poll();
    expect(await queued()).toEqual([`opportunity:${id(1)}`]);
    expect(lines.join('')).toContain('"table":"crmjira_command","reason":"Down."');
    await store.close();
  });
});
