import type * as React from 'react';
import { LINK_RAMP, type Words, h, hostFacts, openMyConnection, recordTable, words } from '@crmjira/form-data';
import type { StringKey } from '../generated/string-keys';
import { LivePicker } from '../live-picker';
import type { IInputs, IOutputs } from '../manifest-types';

/** Lifecycle of the control: hands context facts to the component and the chosen key to the form. */
export class IssuePicker implements ComponentFramework.ReactControl<IInputs, IOutputs> {
  private context: ComponentFramework.Context<IInputs> | null = null;
  private say: Words<StringKey> = (key) => key;
  private notify: () => void = () => undefined;
  private issueKey: string | null = null;

  init(context: ComponentFramework.Context<IInputs>, notifyOutputChanged: () => void): void {
    this.say = words<StringKey>((key) => context.resources.getString(key));
    this.notify = notifyOutputChanged;
    context.mode.trackContainerResize(true);
  }

  updateView(context: ComponentFramework.Context<IInputs>): React.ReactElement {
    this.context = context;
    const { issueKey } = context.parameters;
    const host = hostFacts(context, issueKey, LINK_RAMP);
    this.issueKey = issueKey.raw || null;
    return h(LivePicker, {
      host,
      webApi: context.webAPI,
      table: recordTable(context.mode),
      value: this.issueKey,
      isEditable: !host.disabled && issueKey.security?.editable !== false,
      say: this.say,
      onTake: this.take,
      onSetUp: this.setUp,
    });
  }

  getOutputs(): IOutputs {
    // The platform's types know no empty value of a text; without one the column keeps what it had.
    return { issueKey: this.issueKey ?? (null as unknown as string) };
  }

  destroy(): void {
    this.context = null;
  }

  private readonly take = (key: string | null): void => {
    this.issueKey = key;
    this.notify();
  };

  private readonly setUp = (): void => openMyConnection(this.context);
}
