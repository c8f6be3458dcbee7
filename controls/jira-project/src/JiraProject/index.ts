import * as React from 'react';
import { type Words, hostFacts, mayDo, storeOf, openNewestLog, words } from '@crmjira/form-data';
import { LiveProject } from '../live-project';
import type { IInputs, IOutputs } from '../manifest-types';
import type { StringKey } from '../string-keys';

/** Lifecycle of the control: hands context facts to the component and keeps nothing but its texts and the newest context. */
export class JiraProject implements ComponentFramework.ReactControl<IInputs, IOutputs> {
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
      store: host.readable ? storeOf(host.recordId, context) : null,
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

  private readonly openLog = (mappingId: string): void => {
    if (this.context) void openNewestLog(this.context.webAPI, this.context.navigation, mappingId);
  };
}
