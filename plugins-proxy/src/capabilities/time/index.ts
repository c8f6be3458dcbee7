import type { Capability } from '../../reconciler/capability';
import { timeApi, type TimeApiParts } from './api';
import { connectionCommands } from './connections';
import type { ConnectionCommandParts } from './connections/connection-command';
import { inboundHandlers } from './inbound';
import { type TimeParts as RecordParts, timeRecordWork, timeTriggers } from './record';

export { moveOldConflicts } from './record/move-old-conflicts';

/** What the capability needs of the running service. */
export type TimeParts = RecordParts &
  TimeApiParts &
  Omit<ConnectionCommandParts, 'store'> & {
    /** A process that only reads the queue answers no commands about connections. */
    readonly store: Partial<ConnectionCommandParts['store']>;
  };

/** Time that people log once: time records and their worklogs, by connections of their own. */
export const time: Capability<TimeParts> = {
  name: 'time',
  triggers: timeTriggers,
  api: timeApi,
  open: (parts) => {
    const work = timeRecordWork(parts);
    const { receive } = parts.store;
    const ofConnections = receive === undefined ? [] : connectionCommands({ ...parts, store: { receive } });
    return {
      ...work,
      handlers: [...work.handlers, ...inboundHandlers(parts)],
      commands: [...work.commands, ...ofConnections],
    };
  },
};
