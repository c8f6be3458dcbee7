import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openArchive } from '../../../plugins-proxy/src/operations/retention/archive/open-archive';
import { openSqliteStore } from '../../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';

const folder = mkdtempSync(join(tmpdir(), 'crmjira-modes-'));
const usual = process.umask(0o022);
afterAll(() => {
  process.umask(usual);
  rmSync(folder, { recursive: true });
});

test('F-313 store, archive, their journals and locks are for their owner alone, also where a file was there before', async () => {
  const [storeFile, archiveFile] = [join(folder, 'new', 'proxy.sqlite'), join(folder, 'old.sqlite')];
  writeFileSync(archiveFile, '');
  chmodSync(archiveFile, 0o644);
  const store = openSqliteStore(storeFile);
  await store.writeCursor('a', 'b');
  const archive = await openArchive({ kind: 'sqlite', file: archiveFile });
  await archive.record({ kind: 'access', id: 'a', at: 0, content: {} });
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.sqlite'));
  expect(files.length).toBeGreaterThan(3);
  for (const name of files)
    expect({ name, mode: (statSync(join(folder, name)).mode & 0o777).toString(8) }).toEqual({ name, mode: '600' });
  await archive.close();
  await store.close();
});
