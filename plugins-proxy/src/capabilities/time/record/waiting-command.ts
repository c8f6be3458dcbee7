import type { Guid } from '@crmjira/domain';
import type { TimeParts } from './time-parts';

type Waiting = Pick<TimeParts, 'store'>;

const nameOf = (recordId: Guid): string => `time-waits:${recordId}`;
/** Greater than any id as text. */
const afterAnyId = '~';

/** Has the run that ends a record wake the command that waits for it, on whichever replica it runs. */
export const awaitRecord = async ({ store }: Waiting, recordId: Guid, commandId: Guid): Promise<void> =>
  store.writeCursor?.(nameOf(recordId), commandId);

/** The command that waits for a record; null: none does. */
export const waitingCommand = async ({ store }: Waiting, recordId: Guid): Promise<Guid | null> =>
  (await store.readCursor?.(nameOf(recordId))) ?? null;

export const stopWaiting = async ({ store }: Waiting, recordId: Guid): Promise<void> =>
  store.dropCursors?.(nameOf(recordId), afterAnyId);
