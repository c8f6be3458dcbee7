import * as React from 'react';
import {
  PRIVILEGE,
  LINK_RAMP,
  type NavigateTo,
  type OfMapping,
  type Words,
  hostFacts,
  linkDialog,
  mayDo,
  openNewest,
  storeOf,
  words,
} from '@crmjira/form-data';
import { LiveProject } from '../live-project';
import type { IInputs, IOutputs } from '../manifest-types';
import type { StringKey } from '../generated/string-keys';

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
    const host = hostFacts(context, context.parameters.projectKey, LINK_RAMP);
    return React.createElement(LiveProject, {
      store: host.readable ? storeOf('opportunity', host.recordId, context) : null,
      host,
      permissions: {
        mayCommand: mayDo(context.utils, 'crmjira_command', PRIVILEGE.create),
        // Among the roles of the integration its administrator alone creates mappings; the service has the last word.
        mayRelease: mayDo(context.utils, 'crmjira_budget_mapping', PRIVILEGE.create),
        mayReadLog: mayDo(context.utils, 'crmjira_integration_log', PRIVILEGE.read),
        mayReadReport: mayDo(context.utils, 'crmjira_final_report', PRIVILEGE.read),
        mayLink: !!navigateTo(context),
      },
      say: this.say,
      onOpen: this.open,
      onLink: this.link,
    });
  }

  getOutputs(): IOutputs {
    return {};
  }

  destroy(): void {
    this.context = null;
  }

  private readonly open = async (table: OfMapping, mappingId: string): Promise<boolean> =>
    !!this.context && openNewest(this.context.webAPI, this.context.navigation, table, mappingId);

  private readonly link = async (): Promise<void> => {
    const id = this.context && hostFacts(this.context, this.context.parameters.projectKey).recordId;
    if (this.context && id) await navigateTo(this.context)?.(...linkDialog(id));
  };
}

/**
 * A dialog stands in no reference of a component's navigation, although model-driven apps give components the one of their forms: it
 * is offered where it is there. Where it is not, the command bar has the same command.
 */
function navigateTo({ navigation }: ComponentFramework.Context<IInputs>): NavigateTo | undefined {
  const found: Partial<{ readonly navigateTo: NavigateTo }> = navigation as object;
  return found.navigateTo?.bind(navigation);
}
