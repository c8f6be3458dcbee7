import * as React from 'react';
import { type Words, hostFacts, mayDo, words } from '@crmjira/form-data';
import { ALLOCATION } from '../details/read-allocation';
import { LivePortfolio } from '../live-portfolio';
import type { IInputs, IOutputs } from '../manifest-types';
import { COLUMNS, PAGE_SIZE } from '../rows/columns';
import type { StringKey } from '../string-keys';

const MINUTE = 60_000;

/** Lifecycle of the control: asks the data set for the columns it needs and hands it to the component. */
export class Portfolio implements ComponentFramework.ReactControl<IInputs, IOutputs> {
  private say: Words<StringKey> = (key) => key;
  private prepared = false;

  init(context: ComponentFramework.Context<IInputs>): void {
    this.say = words<StringKey>((key) => context.resources.getString(key));
    context.mode.trackContainerResize(true);
  }

  updateView(context: ComponentFramework.Context<IInputs>): React.ReactElement {
    const { mappings } = context.parameters;
    this.prepare(mappings);
    return React.createElement(LivePortfolio, {
      dataset: mappings,
      host: hostFacts(context, undefined),
      webApi: context.webAPI,
      navigation: context.navigation,
      mayCommand: mayDo(context.utils, 'crmjira_command', 'create'),
      maySeePersons: mayDo(context.utils, ALLOCATION, 'read'),
      formatting: context.formatting,
      now: new Date(Math.floor(Date.now() / MINUTE) * MINUTE).toISOString(),
      say: this.say,
    });
  }

  /** A view need not show what the control draws: missing columns are read with it. Once, as each refresh is a reading. */
  private prepare(dataset: ComponentFramework.PropertyTypes.DataSet): void {
    if (this.prepared || dataset.loading) return;
    this.prepared = true;
    const present = new Set(dataset.columns.map(({ name }) => name));
    const lacking = COLUMNS.filter((name) => !present.has(name));
    for (const name of lacking) dataset.addColumn?.(name);
    const resized = dataset.paging.pageSize !== PAGE_SIZE;
    if (resized) dataset.paging.setPageSize(PAGE_SIZE);
    if (lacking.length > 0 || resized) dataset.refresh();
  }

  getOutputs(): IOutputs {
    return {};
  }

  destroy(): void {
    // The component stops its own reading when React takes it off the page; nothing else is held.
  }
}
