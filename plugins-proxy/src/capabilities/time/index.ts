import type { Capability } from '../../reconciler/capability';
import { removeWorklogCommand, syncTimeCommand } from './commands/time-commands';
import { timeRecordModule } from './record/time-record-module';
import type { TimeParts } from './record/time-parts';
import { timeResolvers, timeTriggers } from './triggers';

export type { TimeParts } from './record/time-parts';

/** Time that people log once: time records and their worklogs. */
export const time: Capability<TimeParts> = {
  name: 'time',
  triggers: timeTriggers,
  open: (parts) => ({
    modules: [timeRecordModule(parts)],
    handlers: timeResolvers(parts),
    commands: [syncTimeCommand(parts), removeWorklogCommand(parts)],
  }),
};
