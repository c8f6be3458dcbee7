import type * as React from 'react';
import { PRIVILEGE, type Words, h, hostFacts, mayDo, plainId, storeOf, words } from '@crmjira/form-data';
import { LiveApproval } from '../live-approval';
import type { IInputs, IOutputs } from '../manifest-types';
import type { StringKey } from '../generated/string-keys';

/** Lifecycle of the control: hands context facts to the component and keeps nothing but its texts. */
export class BudgetApproval implements ComponentFramework.ReactControl<IInputs, IOutputs> {
  private say!: Words<StringKey>; // by init, which the platform calls first

  init(context: ComponentFramework.Context<IInputs>): void {
    this.say = words<StringKey>((key) => context.resources.getString(key));
    context.mode.trackContainerResize(true);
  }

  updateView(context: ComponentFramework.Context<IInputs>): React.ReactElement {
    const host = hostFacts(context, context.parameters.approvalStatus);
    const { budgetAmount } = context.parameters;
    return h(LiveApproval, {
      store: host.readable ? storeOf('opportunity', host.recordId, context) : null,
      host,
      // Undefined where the form does not hand it over; null where the field is empty.
      typed: budgetAmount?.attributes && budgetAmount.raw,
      person: {
        id: plainId(context.userSettings.userId),
        mayAsk: mayDo(context.utils, 'crmjira_budget_approval', PRIVILEGE.create),
        mayDecide: mayDo(context.utils, 'crmjira_budget_decision', PRIVILEGE.create),
      },
      say: this.say,
    });
  }

  getOutputs(): IOutputs {
    return {};
  }

  destroy(): void {
    // The component leaves the shared reader when React takes it off the form; nothing else is held.
  }
}
