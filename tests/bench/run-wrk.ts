import { type ChildProcess, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpuSeconds, onCore, OTHERS_CORE } from './bundled-process';

export const wrkExists = (): boolean => spawnSync('wrk', ['-v']).error === undefined;

export interface WrkResult {
  readonly perSecond: number;
  /** Requests per second of CPU of the process that was asked: what one core carries, whoever else takes time from it. */
  readonly perCpuSecond: number;
  /** Milliseconds, when as many requests as possible are asked. */
  readonly p99: number;
  readonly requests: number;
  /** Answers but 2xx and 3xx, of which wrk does not say more. */
  readonly refused: number;
}

const unit: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1_000 };

function number(output: string, pattern: RegExp): number {
  const match = pattern.exec(output);
  if (match === null) throw new Error(`wrk: not understood: ${output}`);
  return Number(match[1]) * (unit[match[2] ?? ''] ?? 1);
}

/** As many requests as `connections` can ask, for some seconds. @throws when a connection failed */
export async function runWrk(
  asked: ChildProcess,
  url: string,
  options: { readonly connections: number; readonly seconds: number; readonly header: string },
): Promise<WrkResult> {
  const { connections, seconds, header } = options;
  const before = cpuSeconds(asked);
  const wrk = onCore(
    OTHERS_CORE,
    'wrk',
    ['-t1', '--timeout', '20s', `-c${connections}`, `-d${seconds}s`, '--latency', '-H', header, url],
    'pipe',
  );
  let output = '';
  wrk.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await once(wrk, 'close');
  const used = cpuSeconds(asked) - before;
  if (output.includes('Socket errors')) throw new Error(`wrk: ${output}`);
  const requests = number(output, /(\d+) requests in/);
  return {
    requests,
    refused: output.includes('Non-2xx') ? number(output, /Non-2xx or 3xx responses: (\d+)/) : 0,
    perSecond: number(output, /Requests\/sec:\s+([\d.]+)/),
    perCpuSecond: requests / used,
    p99: number(output, /99%\s+([\d.]+)(us|ms|s)/),
  };
}
