import * as React from 'react';
import type { FormControl } from '../../contract';
import type { FormSession } from '../form/form-session';
import type { HostTheme } from '../pcf/design-language';
import { ListCommandBar } from '../ribbon/list-command-bar';
import { listedRows } from '../ribbon/listed-rows';
import { useModel } from '../use-session';
import { word } from '../words';
import { Grid } from './grid';
import type { GridModel } from './grid-model';

export interface SubGridProps {
  readonly control: FormControl;
  readonly label: string;
  readonly session: FormSession;
  readonly theme: HostTheme;
}

/** Rows that belong to the record; read when the form opens and whenever the record has changed. */
export function SubGrid({ control, label, session, theme }: SubGridProps) {
  const { etag, currency } = useModel(session.model);
  const grid = session.grids.get(control.id);
  React.useEffect(() => grid?.refresh(), [grid, etag, currency]);
  if (session.model.isNew) return <p className="small sub">{word(session.parts.language, 'gridOfNewRow')}</p>;
  if (!grid) return <p role="alert">{word(session.parts.language, 'gridUnknown', { name: control.id })}</p>;
  return (
    <>
      <SubGridCommands grid={grid} label={label} control={control.id} session={session} theme={theme} />
      <Grid
        grid={grid}
        label={label}
        viewSelector={control.subGrid?.viewSelector ?? false}
        onGo={session.parts.pageNavigator.go}
      />
    </>
  );
}

interface SubGridCommandsProps extends Omit<SubGridProps, 'control'> {
  readonly grid: GridModel;
  /** name of the sub-grid's control */
  readonly control: string;
}

/** Buttons above the sub-grid; page-level refreshes of the ribbon leave them as they are. */
function SubGridCommands({ grid: model, label, control, session, theme }: SubGridCommandsProps) {
  const grid = useModel(model);
  const { persona, language } = session.parts;
  return (
    <ListCommandBar
      buttons={grid.table.ribbon.subGrid}
      persona={persona}
      language={language}
      theme={theme}
      listName={label}
      context={{ ...session.ribbonContext, list: listedRows(grid, session.formContext.getControl(control)) }}
      version={`${session.model.etag} ${grid.ribbonVersion}`}
    />
  );
}
