import * as React from 'react';
import type { FormControl } from '../../contract';
import type { FormSession } from '../form/form-session';
import { useModel } from '../use-session';
import { word } from '../words';
import { Grid } from './grid';

export interface SubGridProps {
  readonly control: FormControl;
  readonly label: string;
  readonly session: FormSession;
}

/** Rows that belong to the record; read when the form opens and whenever the record has changed. */
export function SubGrid({ control, label, session }: SubGridProps) {
  const { etag, currency } = useModel(session.model);
  const grid = session.grids.get(control.id);
  React.useEffect(() => grid?.refresh(), [grid, etag, currency]);
  if (!grid) return <p role="alert">{word(session.parts.language, 'gridUnknown', { name: control.id })}</p>;
  return (
    <Grid
      grid={grid}
      label={label}
      viewSelector={control.subGrid?.viewSelector ?? false}
      onGo={session.parts.pageNavigator.go}
    />
  );
}
