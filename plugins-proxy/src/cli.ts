import { createInterface } from 'node:readline/promises';
import { runCli } from './cli/program';

/** On standard error, as standard output is the command's result. */
async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}

/** The command line as a process; everything it does is in cli/. */
async function main(): Promise<void> {
  // Whoever reads may have seen enough, as in `crmjira drift | head`. The work goes on, and the exit code tells how it ended.
  const readerLeft = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE') throw error;
  };
  process.stdout.on('error', readerLeft);
  process.stderr.on('error', readerLeft);
  process.exitCode = await runCli(process.argv.slice(2), {
    environment: process.env,
    now: () => new Date(),
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
    ask: process.stdin.isTTY && process.stderr.isTTY ? ask : null,
    onInterrupt: (stop) => {
      process.once('SIGINT', stop);
      return () => process.off('SIGINT', stop);
    },
    status: process.stderr.isTTY ? (text) => process.stderr.write(`\r\u001b[2K${text}`) : null,
  });
}

void main();
