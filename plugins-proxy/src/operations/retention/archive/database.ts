import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { Pool } from 'pg';
import { privateFile } from '../../../queue/store/sqlite/private-file';

/** Values of a statement, in the order of its $1, $2, … */
export type Parameters = readonly (string | number | null)[];

/** The little that both databases have in common. */
export interface Database {
  run(sql: string, parameters?: Parameters): Promise<readonly unknown[]>;
  /** How a whole number of 64 bits is read as a number. */
  readonly number: (column: string) => string;
  close(): Promise<void>;
}

/** Milliseconds to wait for another process that is writing: the service and a command may work at the same time. */
const lockTimeoutMs = 5_000;
const poolSize = 2;

/** @param file path of the database, made when it isn't there; `:memory:` for tests */
export function openSqlite(file: string, schema: string): Database {
  const database = new DatabaseSync(file === ':memory:' ? file : privateFile(file));
  database.exec(`pragma busy_timeout = ${lockTimeoutMs}`);
  database.exec('pragma journal_mode = wal');
  database.exec('pragma synchronous = full');
  database.exec(schema);
  return {
    run: async (sql, parameters = []) => {
      // It works in this thread: what has come in since the last statement has its turn first (F-506).
      await setImmediate();
      return database.prepare(sql).all(Object.fromEntries(parameters.map((value, n) => [`$${n + 1}`, value])));
    },
    number: (column) => column,
    close: async () => database.close(),
  };
}

/** @param databaseUrl the service's own database; the tables lie in the schema `crmjira_archive` */
export async function openPostgres(databaseUrl: string, schema: string): Promise<Database> {
  const pool = new Pool({ connectionString: databaseUrl, max: poolSize, application_name: 'crmjira-archive' });
  // An idle connection that breaks is replaced by the pool at the next query; without a listener it would end the process.
  pool.on('error', () => undefined);
  try {
    // The lock lets several replicas start at the same moment.
    await pool.query(`begin; select pg_advisory_xact_lock(7246502); create schema if not exists crmjira_archive;
      set local search_path to crmjira_archive; ${schema}; commit;`);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    run: async (sql, parameters = []) => {
      const { rows } = await pool.query(sql.replace(/\b(archived_row|record)\b(?=[ (])/g, 'crmjira_archive.$1'), [
        ...parameters,
      ]);
      return rows as unknown[];
    },
    number: (column) => `${column}::float8 as ${column}`,
    close: () => pool.end(),
  };
}
