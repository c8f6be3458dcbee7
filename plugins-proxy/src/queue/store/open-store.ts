import type { Config } from '../../platform/config/read-config';
import { openPostgresStore } from './postgres/open-postgres-store';
import { openSqliteStore } from './sqlite/open-sqlite-store';
import type { Store } from './store';

/** The store that the configuration asks for: PostgreSQL with DATABASE_URL, else the embedded file. */
export async function openStore(config: Config['store']): Promise<Store> {
  return config.kind === 'postgres'
    ? openPostgresStore(config.databaseUrl)
    : openSqliteStore(config.file, config.maximumBytes);
}
