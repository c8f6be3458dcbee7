import { ConflictState, derivedId, type FieldFacts, planRow, type RowPlan, type RowValue } from '@crmjira/domain';
import type { FieldMap, SeenRecord } from './field-map';
import type { FieldBase, FieldConflict, MappedRow, RowBase, RowStore, Settled } from './row-store';

const unknown: FieldBase = { agreed: null, conflict: null };

/** Id of a conflict: of the values that it shows. Pure. */
export const conflictId = (
  integrationId: string,
  rowId: string,
  field: string,
  row: RowValue,
  record: RowValue,
): string => derivedId(integrationId, 'conflict', rowId, field, JSON.stringify([row, record]));

function factsOf({ fields, taken }: FieldMap, row: MappedRow, record: SeenRecord, base: RowBase): FieldFacts[] {
  return fields.map(({ direction, isKey, sourceField }, mapping) => {
    const { agreed } = base[sourceField] ?? unknown;
    const now = record.values[mapping] ?? null;
    const held = record.taken[mapping] ?? null;
    // What the service has only written another way is nobody's change.
    const isSame = agreed !== null && now !== agreed.record && softly(() => taken(mapping, agreed.record)) === held;
    return {
      mapping,
      direction,
      isKey,
      row: row.values[sourceField] ?? null,
      record: isSame ? agreed.record : now,
      taken: held,
      base: agreed,
    };
  });
}

/** A value that was once taken; what does not fit any more is like no other. */
function softly(take: () => RowValue): RowValue | undefined {
  try {
    return take();
  } catch {
    return undefined;
  }
}

/** What a row and its record are to do, and what is known of them after it. */
export interface Meeting {
  readonly plan: RowPlan;
  readonly facts: readonly FieldFacts[];
  /** null: all of it is known already. */
  readonly settled: Settled | null;
}

/**
 * Plans a row and its record. Both sides changed: a conflict, until they agree, or somebody has decided for the values that it shows (SYNC).
 * @param known identifier of the record that the row is known to belong to
 */
export async function meetPair(
  map: FieldMap,
  store: Pick<RowStore, 'conflicts'>,
  integrationId: string,
  {
    row,
    record,
    base,
    known,
    skip,
  }: {
    readonly row: MappedRow;
    readonly record: SeenRecord;
    readonly base: RowBase;
    readonly known: string | null;
    /** Places of mappings of whose records nothing is known now. */
    readonly skip: ReadonlySet<number>;
  },
): Promise<Meeting> {
  const facts = factsOf(map, row, record, base);
  const first = planRow(
    facts.filter(({ mapping }) => !skip.has(mapping)),
    'ask',
  );
  const nameAt = (place: number): string => map.fields[place]?.sourceField ?? '';
  const told = new Map(
    first.conflicts.map((place): [number, FieldConflict] => {
      const [field, fact] = [nameAt(place), facts[place]];
      const [here, there] = [fact?.row ?? null, fact?.record ?? null];
      const id = conflictId(integrationId, row.id, field, here, there);
      return [place, { id, field, base: fact?.base?.row ?? null, row: here, record: there }];
    }),
  );
  const before = map.fields.flatMap(({ sourceField }) => (base[sourceField] ?? unknown).conflict ?? []);
  const asked = [...before, ...[...told.values()].map(({ id }) => id)];
  const shown = new Map((asked.length === 0 ? [] : await store.conflicts(asked)).map((one) => [one.id, one.state]));
  const keptAs = (state: ConflictState) => [...told].filter(([, { id }]) => shown.get(id) === state).map(([at]) => at);

  const isDecided = (state: ConflictState | undefined): boolean =>
    state === ConflictState.KeptCrm || state === ConflictState.KeptJira;
  const plan: RowPlan = {
    toRow: [...first.toRow, ...keptAs(ConflictState.KeptJira)],
    toRecord: [...first.toRecord, ...keptAs(ConflictState.KeptCrm)],
    agreed: first.agreed,
    conflicts: [...told].filter(([, { id }]) => !isDecided(shown.get(id))).map(([at]) => at),
  };
  const next: Record<string, FieldBase> = { ...base };
  for (const place of [...plan.toRow, ...plan.toRecord, ...plan.agreed]) {
    const fact = facts[place];
    if (fact === undefined) continue;
    // What was written stands as it was sent, until the next run has read what the service made of it.
    const sent = map.sent(place, fact.row);
    const agreed = plan.toRow.includes(place)
      ? { row: fact.taken, record: fact.record }
      : { row: fact.row, record: plan.toRecord.includes(place) ? (sent === null ? null : String(sent)) : fact.record };
    next[nameAt(place)] = { agreed, conflict: null };
  }
  const waiting = plan.conflicts.flatMap((place) => told.get(place) ?? []);
  for (const { id, field } of waiting) next[field] = { agreed: base[field]?.agreed ?? null, conflict: id };
  const open = new Set(waiting.map(({ id }) => id));
  for (const [name, field] of Object.entries(next))
    if (field.conflict !== null && !open.has(field.conflict)) next[name] = { ...field, conflict: null };
  const over = before.filter((id) => !open.has(id) && shown.get(id) === ConflictState.Open);
  const fresh = waiting.filter(({ id }) => shown.get(id) !== ConflictState.Open);
  const isKnown =
    known === record.id &&
    plan.toRow.length + plan.toRecord.length + plan.agreed.length + fresh.length + over.length === 0 &&
    before.every((id) => open.has(id));
  const changes = Object.fromEntries(plan.toRow.map((place) => [nameAt(place), facts[place]?.taken ?? null]));
  return {
    plan: { ...plan, conflicts: plan.conflicts.filter((place) => fresh.some(({ id }) => id === told.get(place)?.id)) },
    facts,
    settled: isKnown ? null : { externalId: record.id, base: next, changes, conflicts: fresh, over },
  };
}
