import * as React from 'react';
import { ControlStore, type Words, hostFacts, mayDo, words } from '@crmjira/form-data';
import { LiveBurn } from '../live-burn';
import type { IInputs, IOutputs } from '../manifest-types';
import type { StringKey } from '../string-keys';

/** Lifecycle of the control: hands context facts to the component and keeps nothing but the store's place. */
export class BudgetBurn implements ComponentFramework.ReactControl<IInputs, IOutputs> {
  private readonly stores = new ControlStore();
  private context: ComponentFramework.Context<IInputs> | null = null;
  private say: Words<StringKey> = (key) => key;

  init(context: ComponentFramework.Context<IInputs>): void {
    this.context = context;
    this.say = words<StringKey>((key) => context.resources.getString(key));
    context.mode.trackContainerResize(true);
  }

  updateView(context: ComponentFramework.Context<IInputs>): React.ReactElement {
    this.context = context;
    const host = hostFacts(context, context.parameters.projectBudget);
    return React.createElement(LiveBurn, {
      store: host.readable ? this.stores.for(host.recordId, context.webAPI, this.isOffline) : null,
      host,
      mayCommand: mayDo(context.utils, 'crmjira_command', 'create'),
      say: this.say,
    });
  }

  getOutputs(): IOutputs {
    return {};
  }

  destroy(): void {
    this.context = null;
  }

  private readonly isOffline = (): boolean => this.context?.client?.isOffline?.() ?? false;
}
