import type * as React from 'react';
import {
  LINK_RAMP,
  PRIVILEGE,
  type Words,
  h,
  hostFacts,
  mayDo,
  openMyConnection,
  plainId,
  recordTable,
  storeOf,
  words,
} from '@crmjira/form-data';
import type { StringKey } from '../generated/string-keys';
import { LiveWorklog } from '../live-worklog';
import type { IInputs, IOutputs } from '../manifest-types';

/** Lifecycle of the control: hands context facts to the component and keeps nothing but its texts and the newest context. */
export class WorklogSync implements ComponentFramework.ReactControl<IInputs, IOutputs> {
  private context: ComponentFramework.Context<IInputs> | null = null;
  private say: Words<StringKey> = (key) => key;

  init(context: ComponentFramework.Context<IInputs>): void {
    this.say = words<StringKey>((key) => context.resources.getString(key));
    context.mode.trackContainerResize(true);
  }

  updateView(context: ComponentFramework.Context<IInputs>): React.ReactElement {
    this.context = context;
    const { worklogId, issueKey, timeIn, timeOut, notes } = context.parameters;
    const host = hostFacts(context, worklogId, LINK_RAMP);
    return h(LiveWorklog, {
      store: host.readable ? storeOf(recordTable(context.mode), host.recordId, context) : null,
      host,
      typed: [issueKey, timeIn, timeOut, notes].map((property) => property?.raw ?? '').join('\n'),
      person: plainId(context.userSettings.userId),
      mayCommand: mayDo(context.utils, 'crmjira_command', PRIVILEGE.create),
      say: this.say,
      onSetUp: this.setUp,
    });
  }

  getOutputs(): IOutputs {
    return {};
  }

  destroy(): void {
    this.context = null;
  }

  private readonly setUp = (): void => openMyConnection(this.context);
}
