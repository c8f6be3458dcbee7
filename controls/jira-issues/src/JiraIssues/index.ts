import * as React from 'react';
import {
  type IssueTable,
  LINK_RAMP,
  PRIVILEGE,
  type Words,
  hostFacts,
  mayDo,
  recordTable,
  storeOf,
  words,
} from '@crmjira/form-data';
import type { StringKey } from '../generated/string-keys';
import { LiveIssues } from '../live-issues';
import type { IInputs, IOutputs } from '../manifest-types';

/** Lifecycle of the control: hands context facts to the component and keeps nothing but its texts and the newest context. */
export class JiraIssues implements ComponentFramework.ReactControl<IInputs, IOutputs> {
  private context: ComponentFramework.Context<IInputs> | null = null;
  private say: Words<StringKey> = (key) => key;

  init(context: ComponentFramework.Context<IInputs>): void {
    this.say = words<StringKey>((key) => context.resources.getString(key));
    context.mode.trackContainerResize(true);
  }

  updateView(context: ComponentFramework.Context<IInputs>): React.ReactElement {
    this.context = context;
    const host = hostFacts(context, context.parameters.record, LINK_RAMP);
    const table = recordTable(context.mode) as IssueTable;
    return React.createElement(LiveIssues, {
      store: host.readable ? storeOf(table, host.recordId, context) : null,
      host,
      table,
      mayCommand: mayDo(context.utils, 'crmjira_command', PRIVILEGE.create),
      say: this.say,
      onOpportunity: this.openOpportunity,
    });
  }

  getOutputs(): IOutputs {
    return {};
  }

  destroy(): void {
    this.context = null;
  }

  private readonly openOpportunity = (entityId: string): void =>
    void this.context?.navigation.openForm({ entityName: 'opportunity', entityId });
}
