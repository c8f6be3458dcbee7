import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../../sandbox/src/form-host/index';
import { packedSolutions } from '../../sandbox/src/run/packed-solutions';
import { portsFrom, requireFreePorts } from '../../sandbox/src/run/ports';
import { readSecrets } from '../../sandbox/src/run/secrets';
import { type Sandbox, type SandboxOptions, createSandbox } from '../../sandbox/src/sandbox';
import { keepLog, keepSecrets } from '../log-scan/kept-logs';

/** Milliseconds that the proxy has to register its steps and to be ready. */
const READY_WITHIN = 60_000;

export interface SandboxUnderTest extends Sandbox {
  readonly stateDir: string;
}

/** The whole sandbox as `npm start` runs it, from the packed managed solutions, the proxy as its built bundle, in a folder that goes away with it. */
export async function startSandbox(basePort: number, options: Partial<SandboxOptions> = {}): Promise<SandboxUnderTest> {
  // Before anything is opened: a port in use is then a sentence, not a process that never ends.
  await requireFreePorts(portsFrom(basePort));
  const stateDir = mkdtempSync(join(tmpdir(), 'crmjira-e2e-'));
  const sandbox = await createSandbox({
    basePort,
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
