import type * as React from 'react';
import { PRIVILEGE, FORECAST_RAMP, type Words, h, hostFacts, mayDo, storeOf, words } from '@crmjira/form-data';
import { LiveBurn } from '../live-burn';
import { WORK_TABLE } from '../work/read-work';
import type { IInputs, IOutputs } from '../manifest-types';
import type { StringKey } from '../generated/string-keys';

/** Lifecycle of the control: hands context facts to the component and keeps nothing but its texts. */
export class BudgetBurn implements ComponentFramework.ReactControl<IInputs, IOutputs> {
  private say!: Words<StringKey>; // by init, which the platform calls first

  init(context: ComponentFramework.Context<IInputs>): void {
    this.say = words<StringKey>((key) => context.resources.getString(key));
    context.mode.trackContainerResize(true);
  }

  updateView(context: ComponentFramework.Context<IInputs>): React.ReactElement {
    const { projectBudget } = context.parameters;
    const host = hostFacts(context, projectBudget, FORECAST_RAMP);
    return h(LiveBurn, {
      store: host.readable ? storeOf('opportunity', host.recordId, context) : null,
      host,
      mayCommand:
        (projectBudget.security?.editable ?? true) && mayDo(context.utils, 'crmjira_command', PRIVILEGE.create),
      maySeePersons: mayDo(context.utils, WORK_TABLE, PRIVILEGE.read),
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
