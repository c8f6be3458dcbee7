import { runCli } from './cli/program';

/** The command line as a process; everything it does is in cli/. */
async function main(): Promise<void> {
  process.exitCode = await runCli(process.argv.slice(2), {
    environment: process.env,
    now: () => new Date(),
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
    status: process.stderr.isTTY ? (text) => process.stderr.write(`\r\u001b[2K${text}`) : null,
  });
}

void main();
