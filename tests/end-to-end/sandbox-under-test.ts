import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../../sandbox/src/form-host/index';
import { packedSolutions } from '../../sandbox/src/run/packed-solutions';
import { readSecrets } from '../../sandbox/src/run/secrets';
import { type Sandbox, type SandboxOptions, createSandbox } from '../../sandbox/src/sandbox';
import { freeBasePort } from '../free-port';
import { keepLog, keepSecrets } from '../log-scan/kept-logs';

/** Milliseconds that the proxy has to register its steps and to be ready. */
const READY_WITHIN = 180_000;

export interface SandboxUnderTest extends Sandbox {
  readonly stateDir: string;
}

/** The whole sandbox as `npm start` runs it, from the packed managed solutions, the proxy as its built bundle, in a folder that goes away with it. */
export async function startSandbox(options: Partial<SandboxOptions> = {}): Promise<SandboxUnderTest> {
  const stateDir = mkdtempSync(join(tmpdir(), 'crmjira-e2e-'));
  const sandbox = await createSandbox({
    basePort: await freeBasePort(),
    stateDir,
    packages: packedSolutions(repositoryRoot),
    proxy: 'child',
    proxyFrom: 'bundle',
    report: () => undefined,
    ...options,
  });
  await sandbox.ready(READY_WITHIN);
  return {
    ...sandbox,
    stateDir,
    close: async () => {
      await sandbox.close();
      keepSecrets(Object.values(readSecrets(join(stateDir, 'secrets.json'))));
      const log = join(stateDir, 'proxy.log');
      if (existsSync(log)) keepLog()(readFileSync(log, 'utf8'));
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}
