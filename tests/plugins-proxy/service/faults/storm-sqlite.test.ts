import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgeStorm, smallStorm } from './judge-storm';
import { runStorm } from './storm';

const folder = mkdtempSync(join(tmpdir(), 'crmjira-storm-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('R-1305 R-703 R-704 a storm of repeated, shuffled deliveries and kill -9 on the embedded store ends at what Jira says, each consequence once', async () => {
  const result = await runStorm({ ...smallStorm, replicas: 1, store: { STORE_FILE: join(folder, 'proxy.sqlite') } });
  judgeStorm(result, smallStorm.projects);
  expect(result.kills).toBe(smallStorm.kills);
}, 300_000);
