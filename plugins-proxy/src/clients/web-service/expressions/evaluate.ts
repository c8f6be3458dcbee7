import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ServiceError } from '../service-error';
import type { ExpressionFault, ExpressionResult, ExpressionTask } from './expression-task';

/** Reads answers of services by expressions, one after the other, in a process that can be ended. */
export interface Evaluator {
  /** @throws ServiceError where an expression or the answer is wrong, or either takes more than it may */
  evaluate(task: ExpressionTask): Promise<ExpressionResult>;
  close(): Promise<void>;
}

export interface EvaluatorOptions {
  /** Milliseconds of one answer; left out: a second. */
  readonly timeoutMs?: number;
  /** Left out: 128, which one answer of the longest kind needs. */
  readonly memoryMb?: number;
}

interface Failed {
  readonly fault: ExpressionFault;
  readonly expression: string;
  readonly why: string;
}
type Message = { readonly isReady: true } | { readonly result: ExpressionResult } | Failed;
type Answer = Exclude<Message, { isReady: true }>;

/** Bundled beside what uses it, in the image as `.cjs`; in tests it stands as it was written. */
const processFile = (): string =>
  ['expression-process.cjs', 'expression-process.js', 'expression-process.ts']
    .map((name) => join(__dirname, name))
    .find(existsSync) ?? '';

const faultOf = ({ fault, expression, why }: Failed): ServiceError =>
  new ServiceError(fault, { expression: expression.slice(0, 200), why });

const outOfMemory: Failed = { fault: 'service-expression-memory', expression: '', why: '' };
const tooSlow: Failed = { fault: 'service-expression-slow', expression: '', why: '' };

/** What reads answers; its process starts with the first one. */
export function createEvaluator({ timeoutMs = 1_000, memoryMb = 128 }: EvaluatorOptions = {}): Evaluator {
  let reader: Promise<ChildProcess> | null = null;
  let last: Promise<unknown> = Promise.resolve();
  /** Told of what comes, while somebody waits for it. */
  let hear: (message: Answer) => void = () => undefined;

  const start = (): Promise<ChildProcess> =>
    new Promise((ready, failed) => {
      const child = fork(processFile(), [], {
        // Nothing of this process is to be found there, should a library let an expression out.
        env: {},
        execArgv: [`--max-old-space-size=${memoryMb}`, '--no-warnings', '--permission', '--allow-fs-read=*'],
        serialization: 'advanced',
        // The last words of a process without memory are a page long.
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      });
      const ended = (error?: unknown): void => {
        reader = null;
        hear(outOfMemory);
        failed(error instanceof Error ? error : new Error('The process that reads answers has ended.'));
      };
      child.on('message', (message: Message) => ('isReady' in message ? ready(child) : hear(message)));
      child.once('error', ended);
      child.once('exit', ended);
      // It lives as long as this service, and does not keep it alive.
      child.unref();
      child.channel?.unref();
    });

  async function run(task: ExpressionTask): Promise<ExpressionResult> {
    reader ??= start();
    const child = await reader;
    let timer: NodeJS.Timeout | undefined;
    const message = await new Promise<Answer>((resolve) => {
      timer = setTimeout(() => resolve(tooSlow), timeoutMs);
      hear = resolve;
      child.send(task, (error) => error !== null && resolve(outOfMemory));
    });
    clearTimeout(timer);
    hear = () => undefined;
    if ('result' in message) return message.result;
    if (message === tooSlow) {
      reader = null;
      child.removeAllListeners().kill('SIGKILL');
    }
    throw faultOf(message);
  }

  return {
    evaluate: (task) => {
      const turn = last.then(() => run(task));
      last = turn.catch(() => undefined);
      return turn;
    },
    close: async () => {
      await last;
      const open = reader;
      reader = null;
      (await open?.catch(() => null))?.kill('SIGKILL');
    },
  };
}
