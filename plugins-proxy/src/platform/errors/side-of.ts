import { faultTable, type Side } from '@crmjira/domain';

/** By code alone, as the queue keeps no status: whatever may end one of its rows. */
const endings: ReadonlyMap<string, readonly Side[]> = new Map(
  faultTable.map(({ code }) => [
    code,
    [...new Set(faultTable.flatMap((row) => (row.code === code ? row.endsWith : [])))],
  ]),
);

/** Whose recovery may end a failure of this code; none for what is wrong with one record. Pure. */
export const sidesOf = (code: string): readonly Side[] => endings.get(code) ?? [];

/** A limit that a side has set: it has said when it may be asked again. Pure. */
export const isLimit = (code: string): boolean => /-(rate-limit|limit)$/.test(code);
