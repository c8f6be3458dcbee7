import type { CapabilityWork } from '../../../reconciler/capability';
import { backfillCommand } from './backfill-command';
import { removeWorklogCommand, syncTimeCommand } from './time-commands';
import type { TimeParts } from './time-parts';
import { timeRecordModule } from './time-record-module';
import { timeResolvers } from './time-triggers';

export type { TimeParts } from './time-parts';
export { timeTriggers } from './time-triggers';

/** Time records and their worklogs. */
export const timeRecordWork = (parts: TimeParts): CapabilityWork => ({
  modules: [timeRecordModule(parts)],
  handlers: timeResolvers(parts),
  commands: [syncTimeCommand(parts), removeWorklogCommand(parts), backfillCommand(parts)],
});
