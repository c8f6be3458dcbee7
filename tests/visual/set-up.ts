import { type SandboxUnderTest, startSandbox } from '../end-to-end/sandbox-under-test';
import setUpLogs from '../log-scan/set-up';
import { formHostVariable } from './form-host';
import { NOW } from './open-scene';

/** On the process: its end is asked by another module of the run (tear-down.ts). */
const kept: { visualSandbox?: SandboxUnderTest } = globalThis as object;

/** Before the looks: one sandbox for all of them. They only read, and without the proxy nothing else changes its seeded rows. */
export default async function setUp(): Promise<void> {
  setUpLogs();
  kept.visualSandbox = await startSandbox({ proxy: 'none', clock: () => NOW });
  process.env[formHostVariable] = kept.visualSandbox.urls.formHost;
}

/** Ends what was started. */
export async function end(): Promise<void> {
  await kept.visualSandbox?.close();
}
