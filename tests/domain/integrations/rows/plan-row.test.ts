import {
  Direction,
  type FieldFacts,
  type RowValue,
  isSettled,
  planRow,
  type RowPlan,
  type RowPolicy,
} from '@crmjira/domain';
import fc from 'fast-check';

const field = (given: Partial<FieldFacts>): FieldFacts => {
  const record = given.record ?? null;
  return {
    mapping: 0,
    direction: Direction.Both,
    isKey: false,
    row: null,
    record,
    taken: record,
    base: null,
    ...given,
  };
};
const nothing: RowPlan = { toRow: [], toRecord: [], agreed: [], conflicts: [] };
const base = { row: 'b', record: 'b' };

describe('fields that both sides may change (R-1608, R-1614)', () => {
  it.each<[RowValue, RowValue, Partial<RowPlan>]>([
    ['b', 'b', {}],
    ['c', 'b', { toRecord: [0] }],
    ['b', 'j', { toRow: [0] }],
    ['x', 'x', { agreed: [0] }],
    ['c', 'j', { conflicts: [0] }],
    [null, 'b', { toRecord: [0] }],
    ['b', null, { toRow: [0] }],
  ])('row %s, record %s, both once b', (row, record, expected) => {
    expect(planRow([field({ row, record, taken: record, base })], 'ask')).toEqual({ ...nothing, ...expected });
  });

  it.each<[RowPolicy, Partial<RowPlan>]>([
    ['ask', { conflicts: [0] }],
    ['dynamics', { conflicts: [0], toRecord: [0] }],
    ['service', { conflicts: [0], toRow: [0] }],
  ])('a conflict by the policy %s is told in each case', (policy, expected) => {
    expect(planRow([field({ row: 'c', record: 'j', base })], policy)).toEqual({ ...nothing, ...expected });
  });

  it.each<[RowValue, RowValue, Partial<RowPlan>]>([
    ['a', 'a', { agreed: [0] }],
    [null, 'j', { toRow: [0] }],
    ['c', null, { toRecord: [0] }],
    ['c', 'j', { conflicts: [0] }],
  ])('row %s meets record %s for the first time', (row, record, expected) => {
    expect(planRow([field({ row, record })], 'ask')).toEqual({ ...nothing, ...expected });
  });

  it('compares by what the row would hold: a transform is no change', () => {
    const told = field({ row: 'Open', record: 'OPN', taken: 'Open', base: { row: 'Old', record: 'OLD' } });
    expect(planRow([told], 'ask')).toEqual({ ...nothing, agreed: [0] });
  });
});

describe('fields that one side decides (R-1614)', () => {
  it.each<[Direction, RowValue, RowValue, Partial<RowPlan>]>([
    [Direction.Inbound, 'b', 'j', { toRow: [0] }],
    [Direction.Inbound, 'c', 'b', { agreed: [0] }],
    [Direction.Inbound, 'c', 'j', { toRow: [0] }],
    [Direction.Outbound, 'c', 'b', { toRecord: [0] }],
    [Direction.Outbound, 'b', 'j', { agreed: [0] }],
    [Direction.Outbound, 'c', 'j', { toRecord: [0] }],
  ])('direction %i, row %s, record %s', (direction, row, record, expected) => {
    expect(planRow([field({ direction, row, record, base })], 'ask')).toEqual({ ...nothing, ...expected });
  });

  it('never writes a key', () => {
    expect(planRow([field({ isKey: true, row: 'a', record: 'c', base })], 'dynamics')).toEqual(nothing);
  });
});

const value = fc.constantFrom<RowValue>(null, 'a', 'b', 'c');
const facts = fc.record({
  direction: fc.constantFrom(Direction.Both, Direction.Inbound, Direction.Outbound),
  row: value,
  record: value,
  base: fc.option(fc.record({ row: value, record: value })),
});

describe('whatever the values are (R-1608)', () => {
  it('rests after it was applied: a round that follows plans nothing (no ping-pong)', () => {
    fc.assert(
      fc.property(facts, fc.constantFrom<RowPolicy>('dynamics', 'service'), (given, policy) => {
        const before = field({ ...given, taken: given.record });
        const { toRow, toRecord } = planRow([before], policy);
        const row = toRow.length > 0 ? before.record : before.row;
        const record = toRecord.length > 0 ? before.row : before.record;
        expect(
          isSettled(planRow([field({ ...given, row, record, taken: record, base: { row, record } })], policy)),
        ).toBe(true);
      }),
    );
  });

  it('comes to the same after a crash between a write and the base that follows it', () => {
    fc.assert(
      fc.property(facts, fc.constantFrom<RowPolicy>('ask', 'dynamics', 'service'), (given, policy) => {
        const before = field({ ...given, taken: given.record });
        const { toRecord, conflicts } = planRow([before], policy);
        if (toRecord.length === 0 || conflicts.length > 0) return;
        // The record was written, the base was not.
        const again = planRow([field({ ...before, record: before.row, taken: before.row })], policy);
        expect(again.toRow.length + again.toRecord.length + again.conflicts.length).toBe(0);
      }),
    );
  });

  it('loses no value that somebody entered on both sides without a conflict that names it (R-1614)', () => {
    fc.assert(
      fc.property(value, value, value, value, (row, record, baseRow, baseRecord) => {
        fc.pre(row !== baseRow && record !== baseRecord && row !== record);
        const plan = planRow([field({ row, record, base: { row: baseRow, record: baseRecord } })], 'ask');
        expect(plan).toEqual({ ...nothing, conflicts: [0] });
      }),
    );
  });
});
