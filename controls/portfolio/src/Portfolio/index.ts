import * as React from 'react';
import { PRIVILEGE, type Words, mayDo, words } from '@crmjira/form-data';
import { ALLOCATION } from '../details/read-allocation';
import { LivePortfolio } from '../live-portfolio';
import type { IInputs, IOutputs } from '../manifest-types';
import { pageFacts } from '../page-facts';
import { PAGE_SIZE } from '../rows/columns';
import { columnsOfRow } from '../rows/portfolio-row';
import type { StringKey } from '../generated/string-keys';

/** Characters of an instant up to its minute: ages do not make the same rows another view. */
const TO_THE_MINUTE = 16;

/** Lifecycle of the control: asks the data set for the columns it needs and hands it to the component. */
export class Portfolio implements ComponentFramework.ReactControl<IInputs, IOutputs> {
  /** set by `init`, which comes before anything is drawn */
  private say!: Words<StringKey>;
  private prepared = false;

  init(context: ComponentFramework.Context<IInputs>): void {
    this.say = words<StringKey>((key) => context.resources.getString(key));
  }

  updateView(context: ComponentFramework.Context<IInputs>): React.ReactElement {
    const { mappings } = context.parameters;
    this.prepare(mappings);
    return React.createElement(LivePortfolio, {
      dataset: mappings,
      page: pageFacts(context),
      webApi: context.webAPI,
      navigation: context.navigation,
      mayCommand: mayDo(context.utils, 'crmjira_command', PRIVILEGE.create),
      maySeePersons: mayDo(context.utils, ALLOCATION, PRIVILEGE.read),
      formatting: context.formatting,
      now: `${new Date().toISOString().slice(0, TO_THE_MINUTE)}Z`,
      say: this.say,
    });
  }

  /** A view need not show what the control draws: missing columns are read with it. Once, as each refresh is a reading. */
  private prepare(dataset: ComponentFramework.PropertyTypes.DataSet): void {
    if (this.prepared || dataset.loading) return;
    this.prepared = true;
    const present = dataset.columns.map(({ name }) => name);
    const lacking = [...columnsOfRow()].filter((name) => !present.includes(name));
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
