import * as React from 'react';
import type { HostDefinition, Persona } from '../../contract';
import { type Language, labelIn } from '../language';
import type { HostTheme } from '../pcf/design-language';
import type { ShownGrid } from '../sub-grid/grid-model';
import { homepageGridApi } from '../xrm/grid-api';
import type { PageNavigator } from '../xrm/navigation-api';
import { createXrm } from '../xrm/xrm-global';
import { ListCommandBar, useRibbonScripts } from './list-command-bar';
import { listedRows } from './listed-rows';

export interface HomepageCommandsProps {
  readonly definition: HostDefinition;
  readonly persona: Persona;
  readonly language: Language;
  readonly theme: HostTheme;
  readonly pageNavigator: PageNavigator;
  readonly grid: ShownGrid;
  /** Another one whenever the rules are to be asked anew. */
  readonly version: string;
}

/** The command bar above a table's own list, whose scripts find the client API on the page's global object. */
export function HomepageCommands({ grid, definition, pageNavigator, ...props }: HomepageCommandsProps) {
  const { persona, language } = props;
  const buttons = grid.table.ribbon.homepageGrid;
  React.useLayoutEffect(() => {
    if (buttons.length > 0) Object.assign(window, { Xrm: createXrm({ definition, persona, language, pageNavigator }) });
  }, [buttons, definition, persona, language, pageNavigator]);
  const areLoaded = useRibbonScripts(buttons);
  if (!areLoaded) return null;
  const control = homepageGridApi(grid);
  const list = listedRows(grid, control);
  return (
    <ListCommandBar
      {...props}
      buttons={buttons}
      listName={labelIn(language, grid.table.collectionLabel)}
      context={{
        primaryControl: control,
        primaryTable: grid.table.name,
        primaryIds: list.all.map(({ id }) => id),
        list,
        language,
      }}
    />
  );
}
