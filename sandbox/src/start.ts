import { rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryRoot } from './form-host/index';
import { budgetSourceOf } from './run/budget-source-of';
import { buildStale } from './run/build-stale';
import { connectPeople } from './run/connect-people';
import { packedSolutions } from './run/packed-solutions';
import { basePortOf, portsFrom, requireFreePorts } from './run/ports';
import { seedWithIntegrations } from './run/seed-integrations';
import { serviceProtectionOf } from './run/protection-window-of';
import { createSandbox } from './sandbox';

/** Milliseconds that the proxy has to register and to be ready. */
const readyWithin = 60_000;

const portOf = (url: string): string => new URL(url).port;

/** `npm start`: the whole product on this machine, with people, opportunities and a Jira to try it with. */
async function main(): Promise<void> {
  // Told by start.cjs, which has bundled this before.
  const began = Number(process.env['SANDBOX_BEGAN'] ?? Date.now());
  const { values } = parseArgs({ options: { reset: { type: 'boolean', default: false } } });
  const basePort = basePortOf(process.env['SANDBOX_PORT']);
  // Another folder lets two sandboxes run side by side, on ports of their own.
  const stateDir = resolve(repositoryRoot, process.env['SANDBOX_STATE'] ?? '.sandbox');
  const budgetSource = budgetSourceOf(process.env['SANDBOX_BUDGET_SOURCE']);
  const serviceProtection = serviceProtectionOf(process.env['SANDBOX_PROTECTION_WINDOW']);
  await requireFreePorts(portsFrom(basePort));
  if (values.reset) rmSync(stateDir, { recursive: true, force: true });

  await buildStale(repositoryRoot, (line) => console.log(line));
  console.log('Importing the solutions, starting Dataverse, Jira, the form and the proxy …');
  const sandbox = await createSandbox({
    basePort,
    stateDir,
    packages: packedSolutions(repositoryRoot),
    proxy: 'child',
    proxyFrom: 'bundle',
    budgetSource,
    seed: seedWithIntegrations,
    serviceProtection,
    report: (message) => console.error(message),
  });

  let stopping = false;
  const stop = (code: number) => {
    if (stopping) return;
    stopping = true;
    console.log('\nStopping …');
    sandbox.close().then(
      () => process.exit(code),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(0));
  // start.cjs is gone, and with it whoever could stop this.
  process.on('disconnect', () => stop(0));

  try {
    await sandbox.ready(readyWithin);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    stop(1);
    return;
  }
  // Nobody waits for it: the service has the work of its own start to do meanwhile.
  if (sandbox.isNew)
    connectPeople(sandbox).catch((error: unknown) => {
      if (!stopping) console.error(error instanceof Error ? error.message : error);
    });
  const fromHere = (name: string): string => relative(process.cwd(), join(stateDir, name));
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.log(
    [
      '',
      `  ${sandbox.urls.formHost}`,
      '',
      '  1. Open "Digital Transformation Project - Acme Corp", set Budget Amount to 250,000, save: Jira project and budget appear.',
      '  2. Request approval, become Paul Martin (initials, top right), approve; then "Log work in Jira": the burn follows.',
      '  3. Log past 80 %: one alert, one task, one e-mail (Outbox), and the process moves to the budget review.',
      '  4. Become Samira Haddad, open a case from "Cases" and follow one of its issues into Jira: below "By hand" it moves on, and the case follows.',
      '  5. Become Paul Martin, open "My Time": a week to sync into Jira. "People and tokens" in Jira takes his token away again.',
      '',
      `  What cloud flows can call is described on port ${portOf(sandbox.urls.proxy)} under /api; the data gateway before it is on port ${portOf(sandbox.urls.gateway)}.`,
      `  A second Jira, Data Center, is on port ${portOf(sandbox.urls.dataCenter)}: connected as "Plant Jira". How to sign in is in /endpoints.json.`,
      `  A REST inventory and SOAP work orders, to change by hand, are on port ${portOf(sandbox.urls.services)}: integrations with both are there, inactive.`,
      `  Sentry is on port ${portOf(sandbox.urls.sentry)}: there an error can be made to come back, or be resolved.`,
      `  The proxy writes its log to ${fromHere('proxy.log')}. Its command line:`,
      `  npx crmjira doctor --env-file ${fromHere('proxy.env')}`,
      `  Ready after ${seconds} s. Ctrl+C stops everything; npm start -- --reset starts from scratch.`,
    ].join('\n'),
  );
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
