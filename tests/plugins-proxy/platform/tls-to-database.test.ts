import { Pool } from 'pg';
import { openPostgresStore } from '../../../plugins-proxy/src/queue/store/postgres/open-postgres-store';
import { certificateFolder } from '../certificates';
import { createPrivateCluster, findPostgres, type PrivateCluster } from '../service/faults/private-cluster';

const bin = findPostgres();
if (bin === null) console.warn('TLS to PostgreSQL is not tested: the binaries postgres and initdb are not here');
const describeWithPostgres = bin === null ? describe.skip : describe;

describeWithPostgres('R-1214 the store in PostgreSQL', () => {
  const { at, pem, authority, certificate, remove } = certificateFolder();
  const clusters: PrivateCluster[] = [];
  afterEach(async () => {
    for (const cluster of clusters.splice(0)) await cluster.remove();
  });
  afterAll(remove);
  beforeAll(() => {
    authority('internal-ca');
    authority('stranger-ca');
    certificate('database', 'internal-ca');
  });

  async function start(tls: Parameters<typeof createPrivateCluster>[1]): Promise<string> {
    const cluster = await createPrivateCluster(bin ?? '', tls);
    clusters.push(cluster);
    await cluster.start();
    return cluster.url;
  }
  const proven = (url: string, by: string): string =>
    `${url}?sslmode=verify-full&sslrootcert=${encodeURIComponent(at(by))}`;

  test('is spoken to in TLS 1.3, and not at all where another authority answers for it', async () => {
    const url = await start({ certificate: pem('database.pem'), key: pem('database.key') });
    const store = await openPostgresStore(proven(url, 'internal-ca.pem'));
    const pool = new Pool({ connectionString: url });
    const { rows } = await pool.query(
      `select ssl, version from pg_stat_ssl join pg_stat_activity using (pid) where application_name = 'crmjira-proxy'`,
    );
    await pool.end();
    await store.close();
    expect(rows).toEqual([{ ssl: true, version: 'TLSv1.3' }]);
    await expect(openPostgresStore(proven(url, 'stranger-ca.pem'))).rejects.toThrow(/certificate/);
  });

  test('is not spoken to in the clear where it has no TLS', async () => {
    const url = await start(null);
    await expect(openPostgresStore(proven(url, 'internal-ca.pem'))).rejects.toThrow(/does not support SSL/);
  });
});
