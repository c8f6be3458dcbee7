import type { DataverseClient } from '../../plugins-proxy/src/clients/dataverse/dataverse-client';
import type { PlainWrite } from '../../plugins-proxy/src/clients/dataverse/plain-write';
import { IntegrationError } from '../../plugins-proxy/src/platform/errors/integration-error';

const precondition = (): IntegrationError =>
  new IntegrationError('A row has changed.', { code: 'dataverse-precondition', errorClass: 'transient', status: 412 });

/**
 * Just enough of a Dataverse to test writes against: rows by id with a version, change sets that fail as a whole. Reading by query
 * finds rows by the id in the filter.
 */
export function fakeDataverse(): DataverseClient & {
  rows: Map<string, { columns: Record<string, unknown>; version: number }>;
  committed: PlainWrite[][];
  attempts: number;
  actions: string[];
} {
  const rows = new Map<string, { columns: Record<string, unknown>; version: number }>();
  const committed: PlainWrite[][] = [];
  const actions: string[] = [];
  return {
    rows,
    committed,
    actions,
    attempts: 0,
    async changeSet(writes) {
      this.attempts += 1;
      for (const write of writes) {
        const row = rows.get(write.id);
        if (write.op === 'create' && row !== undefined) throw precondition();
        if (write.op === 'update' && row === undefined)
          throw new IntegrationError('gone', { code: 'dataverse-not-found', errorClass: 'permanent', status: 404 });
        if (write.ifMatch !== undefined && write.ifMatch !== `W/"${row?.version}"`) throw precondition();
      }
      for (const write of writes) {
        const row = rows.get(write.id);
        rows.set(write.id, {
          columns: { ...row?.columns, ...write.columns },
          version: (row?.version ?? 0) + 1,
        });
      }
      committed.push([...writes]);
    },
    async one(_collection, id, _select, schema) {
      const row = rows.get(id);
      return row === undefined ? null : schema.parse(row.columns);
    },
    async many(_collection, query, schema) {
      const found = [...rows.entries()].filter(([id]) => query.filter?.includes(id));
      return found.map(([, row]) => schema.parse(row.columns));
    },
    rights: async () => new Set(['ReadAccess', 'WriteAccess']),
    holds: async () => true,
    get batched() {
      return this;
    },
    changes: async () => ({ rows: [], deltaLink: '' }),
    remove: async (_collection, id) => void rows.delete(id),
    action: async (_collection, id, name) => void actions.push(`${name} ${id}`),
    unboundAction: async (name) => void actions.push(name),
    whoAmI: async () => ({ organizationId: 'o', userId: 'u' }),
    currentOrganization: async () => ({ geography: null }),
    choices: async () => [],
    tableFacts: async () => null,
  };
}
