import { randomUUID } from 'node:crypto';
import { timestamp } from '../crud/operation';
import type { Platform } from '../platform';
import { failureOf } from './import-job';

/** `operationtype` of the jobs that solutions have. */
export const importSolutionJob = { operationtype: 203, name: 'Import Solution' } as const;
export const uninstallSolutionJob = { operationtype: 208, name: 'Uninstall Solution' } as const;

const waiting = { statecode: 0, statuscode: 0 } as const;
const inProgress = { statecode: 2, statuscode: 20 } as const;
const succeeded = { statecode: 3, statuscode: 30 } as const;
const failed = { statecode: 3, statuscode: 31 } as const;

/** Signed 32-bit number of a hexadecimal code: `0x8004801d` is -2147188707. */
const signed = (code: string): number => Number(code) | 0;

/**
 * Answers the id of a system job at once and does the work afterwards; its row says how it goes: waiting, in progress, succeeded
 * or failed with the reason.
 */
export async function startSystemJob(
  { seed, clock, solutions }: Platform,
  kind: typeof importSolutionJob | typeof uninstallSolutionJob,
  work: () => Promise<void>,
): Promise<string> {
  const asyncoperationid = randomUUID();
  const say = (row: Readonly<Record<string, unknown>>): Promise<void> =>
    seed([{ table: 'asyncoperation', row: { asyncoperationid, ...kind, ...row } }]);
  await say(waiting);
  const run = async (): Promise<void> => {
    await say({ ...inProgress, startedon: timestamp(clock()) });
    const completedon = (): string => timestamp(clock());
    try {
      await work();
    } catch (error) {
      const { code, message } = failureOf(error);
      await say({ ...failed, completedon: completedon(), errorcode: signed(code), message, friendlymessage: message });
      return;
    }
    await say({ ...succeeded, completedon: completedon() });
  };
  solutions.inBackground(run);
  return asyncoperationid;
}

/** Jobs that the end of the process cut off: nothing of them was kept, and nobody will go on with them. */
export async function failInterruptedJobs({ store, seed, clock }: Platform): Promise<void> {
  const cut = [...store.all('asyncoperation')].filter(({ statecode }) => statecode !== succeeded.statecode);
  await seed(
    cut.map(({ asyncoperationid }) => ({
      table: 'asyncoperation',
      row: {
        asyncoperationid,
        ...failed,
        completedon: timestamp(clock()),
        message: 'The environment stopped before the job was done. Start it again.',
      },
    })),
  );
}
