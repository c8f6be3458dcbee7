import * as React from 'react';

/** Something that tells its listeners when it has changed. */
interface Watched {
  readonly subscribe: (listener: () => void) => () => void;
}

/** Draws again whenever the record, or the grid, changes. */
export function useModel<T extends Watched>(model: T): T {
  const [, draw] = React.useState(0);
  React.useEffect(() => model.subscribe(() => draw((count) => count + 1)), [model]);
  return model;
}
