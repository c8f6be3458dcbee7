import * as React from 'react';
import { ControlStore, type Words, hostFacts, mayDo, openNewestLog, words } from '@crmjira/form-data';
import { LiveProject } from '../live-project';
import type { IInputs, IOutputs } from '../manifest-types';
import type { StringKey } from '../string-keys';

/** Lifecycle of the control: hands context facts to the component and keeps nothing but the store's place. */
export class JiraProject implements ComponentFramework.ReactControl<IInputs, IOutputs> {
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
    const host = hostFacts(context, context.parameters.projectKey);
    return React.createElement(LiveProject, {
      store: host.readable ? this.stores.for(host.recordId, context.webAPI, this.isOffline) : null,
      host,
      permissions: {
        mayCommand: mayDo(context.utils, 'crmjira_command', 'create'),
        mayReadLog: mayDo(context.utils, 'crmjira_integration_log', 'read'),
      },
      say: this.say,
      onOpenLog: this.openLog,
    });
  }

  getOutputs(): IOutputs {
    return {};
  }

  destroy(): void {
    this.context = null;
  }

  private readonly isOffline = (): boolean => this.context?.client?.isOffline?.() ?? false;

  private readonly openLog = (mappingId: string): void => {
    if (this.context) void openNewestLog(this.context.webAPI, this.context.navigation, mappingId);
  };
}
