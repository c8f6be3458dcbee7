import { derivedId } from '@crmjira/domain';
import { randomUUID } from 'node:crypto';
import { toPlainWrite } from '../../../../plugins-proxy/src/clients/dataverse/plain-write';
import { timelineRows } from '../../../../plugins-proxy/src/capabilities/issues/timeline/timeline-rows';
import { applyChangeSet } from '../../../../plugins-proxy/src/reconciler/actions/apply-change-set';
import { acme, type StandIns, startStandIns } from '../../stand-ins';
import { z } from 'zod';

let standIns: StandIns;
const caseId = randomUUID();
const row = z.record(z.string(), z.unknown());

beforeAll(async () => {
  standIns = await startStandIns(() => new Date('2025-05-16T17:00:00Z'));
  await standIns.admin.changeSet([
    {
      op: 'create',
      collection: 'incidents',
      id: caseId,
      columns: { title: 'Export fails', 'customerid_account@odata.bind': `/accounts(${acme})` },
    },
  ]);
});
afterAll(() => standIns.close());

const log = { correlationId: 'c', trigger: 'event', durationMs: 0 } as const;
const record = { table: 'incident', id: caseId } as const;
const changed = {
  id: derivedId(caseId, 'timeline', '1'),
  event: 'status-changed',
  key: 'SUP-1',
  from: 'To Do',
  to: 'Done',
  by: 'Dana',
} as const;
const posts = (): Promise<Record<string, unknown>[]> =>
  standIns.admin.many(
    'posts',
    { select: ['text', 'source', 'type', '_regardingobjectid_value'], orderBy: ['versionnumber asc'] },
    row,
  );

it('R-1709 tells once in the language of the timeline, however often the change set is repeated', async () => {
  const stays = { id: derivedId(caseId, 'stays-open', '1'), code: 'stays-open', key: 'SUP-1', open: 2 } as const;
  const rows = timelineRows(record, [changed, stays], 3084);
  await applyChangeSet(standIns.admin, rows.slice(0, 1), log);
  await applyChangeSet(standIns.admin, rows, log);
  await applyChangeSet(standIns.admin, rows, log);
  expect(await posts()).toMatchObject([
    {
      text: 'SUP-1 a changé d’état\u00a0: To Do → Done · Dana dans Jira',
      source: 1,
      type: 7,
      _regardingobjectid_value: caseId,
    },
    { text: expect.stringMatching(/^SUP-1 a été résolu dans Jira. .* 2 tickets liés sont ouverts\.$/) },
  ]);
});

it('R-1709 bounds the words of others, which mention nobody, and tells nothing of a product, which has no timeline', () => {
  const [post] = timelineRows(record, [{ id: caseId, text: `<p>@[2,${caseId},"x"]${'é'.repeat(3_000)}` }], 1033);
  const { text } = toPlainWrite(post!).columns as { text: string };
  expect(text.slice(0, 10)).toBe('‹p>@ [2,' + caseId.slice(0, 2));
  expect(text).toHaveLength(2_000);
  expect(timelineRows({ table: 'product', id: caseId }, [changed], 1033)).toEqual([]);
});
