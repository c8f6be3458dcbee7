import { type ChildProcess, fork } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/** Milliseconds without work after which the process is let go: it holds some hundred megabytes. */
const IDLE = 1_000;

const answerSchema = z.object({ succeeded: z.boolean(), output: z.string() });

/** What became of one control, and what pcf-scripts said. */
export type PcfAnswer = z.infer<typeof answerSchema>;

let child: ChildProcess | null = null;
let waiting: Promise<unknown> = Promise.resolve();
let idle: ReturnType<typeof setTimeout> | undefined;

/**
 * Builds a control by pcf-scripts in a process that is kept for the next one: the first control costs what loading webpack, babel and
 * TypeScript costs, each further one a fourth of it. One control at a time; whoever asks meanwhile waits.
 *
 * @param folder absolute path of the control's project
 */
export function buildByPcfScripts(folder: string): Promise<PcfAnswer> {
  const answer = waiting.then(() => ask(folder));
  waiting = answer.catch(() => undefined);
  return answer;
}

async function ask(folder: string): Promise<PcfAnswer> {
  clearTimeout(idle);
  const running = (child ??= start());
  running.ref();
  running.channel?.ref();
  try {
    return await new Promise<PcfAnswer>((resolve, reject) => {
      const ended = (code: number | null, signal: string | null): void => {
        child = null;
        resolve({
          succeeded: false,
          output: `The process of pcf-scripts ended by ${signal ?? `code ${code ?? 'unknown'}`}.`,
        });
      };
      running.once('exit', ended);
      running.once('error', reject);
      running.once('message', (message) => {
        running.off('exit', ended);
        running.off('error', reject);
        resolve(answerSchema.parse(message));
      });
      running.send({ folder });
    });
  } finally {
    // Neither the process nor the wait for its end keeps this one alive.
    running.unref();
    running.channel?.unref();
    idle = setTimeout(() => {
      if (child?.connected) child.disconnect();
      child = null;
    }, IDLE).unref();
  }
}

function start(): ChildProcess {
  return fork(join(__dirname, 'build-controls.cjs'), {
    // Without a HOME the tool would keep its settings in a folder named `undefined` of the control.
    env: { HOME: homedir(), ...process.env, PP_TOOLS_TELEMETRY_OPTOUT: '1' },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}
