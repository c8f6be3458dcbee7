import * as React from 'react';
import { labelIn } from '../language';
import type { Place } from '../navigation';
import { Grid } from './grid';
import type { GridModel } from './grid-model';

export interface AssociatedGridProps {
  readonly grid: GridModel;
  readonly onGo: (place: Place) => void;
}

/** Every row that belongs to the record, in the place of a tab: where `openRelatedGrid` leads. */
export function AssociatedGrid({ grid, onGo }: AssociatedGridProps) {
  React.useEffect(() => grid.refresh(), [grid]);
  const { parts, table } = grid;
  return (
    <div className="card section">
      <Grid grid={grid} label={labelIn(parts.language, table.collectionLabel)} viewSelector onGo={onGo} />
    </div>
  );
}
