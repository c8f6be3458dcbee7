import type { CapabilityName } from '@crmjira/domain';
import type { ApiOperation } from './api-operation';
import type { CommandHandler } from './commands';
import type { JobHandler } from './job-handler';
import type { SyncModule } from './sync-module';
import type { Triggers } from './triggers';

/** A module of any kind of record. */
export type AnyModule = SyncModule<unknown, unknown>;

/** What a capability does, once it has the parts of the process that it works with. */
export interface CapabilityWork {
  /** One for each kind of record that it keeps in agreement. */
  readonly modules: readonly AnyModule[];
  /** Of keys that stand for other jobs. */
  readonly handlers: readonly JobHandler[];
  /** Of commands that are answered in their own row. */
  readonly commands: readonly CommandHandler[];
}

/** What an administrator switches on as a whole. */
export interface Capability<Parts> {
  readonly name: CapabilityName;
  /** What names its jobs. */
  readonly triggers: Triggers;
  /** What other clients may ask of it in a person's name, where the API is switched on; left out: nothing. */
  readonly api?: readonly ApiOperation<Parts>[];
  open(parts: Parts): CapabilityWork;
}
