import * as React from 'react';
import { PRIVILEGE, type Words, hostFacts, mayDo, plainId, storeOf, words } from '@crmjira/form-data';
import { LiveStatus } from '../live-status';
import type { IInputs, IOutputs } from '../manifest-types';
import type { StringKey } from '../generated/string-keys';

/** Lifecycle of the control: hands context facts to the component and keeps nothing but its texts. */
export class BudgetStatus implements ComponentFramework.ReactControl<IInputs, IOutputs> {
  private say: Words<StringKey> = (key) => key;

  init(context: ComponentFramework.Context<IInputs>): void {
    this.say = words<StringKey>((key) => context.resources.getString(key));
    context.mode.trackContainerResize(true);
  }

  updateView(context: ComponentFramework.Context<IInputs>): React.ReactElement {
    const host = hostFacts(context, context.parameters.budgetStatus);
    return React.createElement(LiveStatus, {
      store: host.readable ? storeOf('opportunity', host.recordId, context) : null,
      host,
      reviewer: {
        webApi: context.webAPI,
        id: plainId(context.userSettings.userId),
        mayComplete: mayDo(context.utils, 'task', PRIVILEGE.write),
      },
      say: this.say,
    });
  }

  getOutputs(): IOutputs {
    return {};
  }

  destroy(): void {}
}
