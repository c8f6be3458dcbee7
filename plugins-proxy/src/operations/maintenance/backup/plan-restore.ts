import { type Backup, backupTables } from './backup';

type Value = string | number | boolean | null;

/** One row that a restore would write, with what would change. */
export interface RestoreStep {
  readonly entitySet: string;
  readonly id: string;
  readonly op: 'create' | 'update';
  /** Column → value before and after; a new row has all its columns. */
  readonly columns: Readonly<Record<string, { readonly from: Value; readonly to: Value }>>;
}

/** What a restore would do. */
export interface RestorePlan {
  readonly rows: readonly RestoreStep[];
  /** Variables to be set. */
  readonly variables: readonly { readonly name: string; readonly from: string | null; readonly to: string }[];
}

/**
 * What has to be written so that the configuration is again as it was. Rows and values that came since are left: a restore brings
 * back, it deletes nothing. Pure.
 */
export function planRestore(backup: Backup, current: Backup): RestorePlan {
  const rows = backupTables.flatMap(({ entitySet }) => {
    const standing = new Map((current.tables[entitySet] ?? []).map((row) => [row.id, row.columns]));
    return (backup.tables[entitySet] ?? []).flatMap(({ id, columns }): RestoreStep[] => {
      const now = standing.get(id);
      const changed = Object.entries(columns).filter(([name, to]) => (now?.[name] ?? null) !== to);
      if (changed.length === 0 && now !== undefined) return [];
      return [
        {
          entitySet,
          id,
          op: now === undefined ? 'create' : 'update',
          columns: Object.fromEntries(changed.map(([name, to]) => [name, { from: now?.[name] ?? null, to }])),
        },
      ];
    });
  });
  const variables = Object.entries(backup.environmentVariables).flatMap(([name, to]) => {
    const from = current.environmentVariables[name] ?? null;
    return from === to ? [] : [{ name, from, to }];
  });
  return { rows, variables };
}
