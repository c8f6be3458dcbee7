import { isDeepStrictEqual } from 'node:util';
import type { Logger } from 'pino';
import { classifyError } from '../platform/errors/classify-error';
import type { IntegrationError } from '../platform/errors/integration-error';

/** A connection as its row was when it was opened. */
export interface Opened<Row, Connection> {
  readonly row: Row;
  /** null: it cannot be used, and why */
  readonly connection: Connection | null;
  readonly error: IntegrationError | null;
}

/** Connections of rows: opened anew when their row has changed, closed when it is gone. */
export interface OpenedConnections<Row, Connection> {
  all(): readonly Opened<Row, Connection>[];
  /** @param id in lower case */
  get(id: string): Opened<Row, Connection> | undefined;
  /** Makes them those of these rows. */
  replace(rows: readonly Row[]): Promise<void>;
  /** Closes one that nobody is given any more: its last calls end first. */
  retire(connection: Connection): void;
  close(): Promise<void>;
}

/**
 * @param open makes the connection of a row; nothing is called yet
 * @param brokenBy words for why a connection cannot be used
 */
export function openedConnections<
  Row extends { readonly id: string },
  Connection extends { readonly id: string; close(): Promise<void> },
>(
  open: (row: Row) => Promise<Connection>,
  brokenBy: (row: Row, error: IntegrationError) => IntegrationError,
  logger: Pick<Logger, 'warn'>,
): OpenedConnections<Row, Connection> {
  let opened: ReadonlyMap<string, Opened<Row, Connection>> = new Map();
  const closing = new Set<Promise<void>>();

  function retire(connection: Connection): void {
    const closed = connection
      .close()
      .catch((error: unknown) =>
        logger.warn({ connection: connection.id, reason: classifyError(error).message }, 'connection not closed'),
      )
      .finally(() => closing.delete(closed));
    closing.add(closed);
  }
  async function tried(row: Row): Promise<Opened<Row, Connection>> {
    try {
      return { row, connection: await open(row), error: null };
    } catch (thrown) {
      return { row, connection: null, error: brokenBy(row, classifyError(thrown)) };
    }
  }

  return {
    all: () => [...opened.values()],
    get: (id) => opened.get(id),
    replace: async (rows) => {
      const all = await Promise.all(
        rows.map((row) => {
          const before = opened.get(row.id);
          // What could not be used is tried again: its secret may be there now.
          return before?.connection != null && isDeepStrictEqual(before.row, row) ? before : tried(row);
        }),
      );
      const now = new Map(all.map((one) => [one.row.id, one]));
      for (const [id, { connection }] of opened)
        if (connection !== null && now.get(id)?.connection !== connection) retire(connection);
      opened = now;
    },
    retire,
    close: async () => {
      await Promise.all([...closing, ...[...opened.values()].map(({ connection }) => connection?.close())]);
    },
  };
}
