import type * as React from 'react';
import { LINK_RAMP, PRIVILEGE, type Words, h, hostFacts, mayDo, openMyConnection, words } from '@crmjira/form-data';
import type { StringKey } from '../generated/string-keys';
import { LiveWeek } from '../live-week';
import type { IInputs, IOutputs } from '../manifest-types';

/** Lifecycle of the control: hands context facts to the component and keeps nothing but its texts and the newest context. */
export class TimeRecords implements ComponentFramework.ReactControl<IInputs, IOutputs> {
  private context: ComponentFramework.Context<IInputs> | null = null;
  private say: Words<StringKey> = (key) => key;

  init(context: ComponentFramework.Context<IInputs>): void {
    this.say = words<StringKey>((key) => context.resources.getString(key));
  }

  updateView(context: ComponentFramework.Context<IInputs>): React.ReactElement {
    this.context = context;
    return h(LiveWeek, {
      dataset: context.parameters.records,
      webApi: context.webAPI,
      host: hostFacts(context, undefined, LINK_RAMP),
      mayCommand: mayDo(context.utils, 'crmjira_command', PRIVILEGE.create),
      say: this.say,
      onSetUp: this.setUp,
      onOpen: this.openRecord,
    });
  }

  getOutputs(): IOutputs {
    return {};
  }

  destroy(): void {
    this.context = null;
  }

  /** @param id null: a new one, that begins then */
  private readonly openRecord = (id: string | null, timeIn?: string): void => {
    const entityName = 'crmjira_time_record';
    const { navigation } = this.context ?? {};
    void (id
      ? navigation?.openForm({ entityName, entityId: id })
      : navigation?.openForm({ entityName }, timeIn ? { crmjira_time_in: timeIn } : {}));
  };

  private readonly setUp = (): void => openMyConnection(this.context);
}
