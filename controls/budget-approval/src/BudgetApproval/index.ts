import * as React from 'react';
import { type WebApi, type Words, hostFacts, mayDo, storeOf, words } from '@crmjira/form-data';
import { LiveApproval } from '../live-approval';
import type { IInputs, IOutputs } from '../manifest-types';
import type { StringKey } from '../string-keys';

/** Lifecycle of the control: hands context facts to the component and keeps nothing but its texts and the newest context. */
export class BudgetApproval implements ComponentFramework.ReactControl<IInputs, IOutputs> {
  private webApi: WebApi | null = null;
  private say: Words<StringKey> = (key) => key;

  init(context: ComponentFramework.Context<IInputs>): void {
    this.say = words<StringKey>((key) => context.resources.getString(key));
    context.mode.trackContainerResize(true);
  }

  updateView(context: ComponentFramework.Context<IInputs>): React.ReactElement {
    this.webApi = context.webAPI;
    const host = hostFacts(context, context.parameters.approvalStatus);
    return React.createElement(LiveApproval, {
      store: host.readable ? storeOf(host.recordId, context) : null,
      host,
      person: {
        id: context.userSettings.userId.replace(/[{}]/g, '').toLowerCase(),
        mayAsk: mayDo(context.utils, 'crmjira_budget_approval', 'create'),
        mayDecide: mayDo(context.utils, 'crmjira_budget_decision', 'create'),
      },
      server: this.server,
      say: this.say,
    });
  }

  getOutputs(): IOutputs {
    return {};
  }

  destroy(): void {
    this.webApi = null;
  }

  private readonly server = (): WebApi | null => this.webApi;
}
