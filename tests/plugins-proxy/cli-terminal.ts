import { runCli } from '../../plugins-proxy/src/cli/program';

/** What a command printed and how it ended. */
export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly statuses: readonly string[];
}

/** Runs one command line in this process. */
export async function crmjira(
  environment: Readonly<Record<string, string | undefined>>,
  args: readonly string[],
  now: () => Date = () => new Date(),
  sleep?: (ms: number) => Promise<unknown>,
): Promise<Run> {
  const out: string[] = [];
  const err: string[] = [];
  const statuses: string[] = [];
  const code = await runCli(args, {
    environment,
    now,
    ...(sleep === undefined ? {} : { sleep }),
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    status: (text) => void statuses.push(text),
  });
  return { code, out: out.join('\n'), err: err.join('\n'), statuses };
}

/** The document that `--json` printed. */
export function jsonOf(run: Run): Record<string, unknown> {
  // JSON.parse gives any; what is in it is the test's to say.
  return JSON.parse(run.out) as Record<string, unknown>;
}
