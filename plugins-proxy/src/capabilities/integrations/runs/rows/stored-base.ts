import { z } from 'zod';
import type { RowBase } from './row-store';

const side = z.string().nullable();
const document = z.record(
  z.string(),
  z
    .strictObject({ row: side, record: side, conflict: z.string() })
    .partial()
    .transform(({ row, record, conflict = null }) => ({
      agreed: row === undefined || record === undefined ? null : { row, record },
      conflict,
    })),
);

/** Reads `crmjira_base`; what is no document of ours says nothing. */
export function readBase(text: string | null): RowBase {
  try {
    return document.safeParse(JSON.parse(text ?? '{}')).data ?? {};
  } catch {
    return {};
  }
}

/** As `crmjira_base` holds it. Pure. */
export const writeBase = (base: RowBase): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(base).map(([name, { agreed, conflict }]) => [
        name,
        { ...agreed, ...(conflict === null ? {} : { conflict }) },
      ]),
    ),
  );
