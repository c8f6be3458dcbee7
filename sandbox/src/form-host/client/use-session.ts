import * as React from 'react';
import type { FormModel } from './form/form-model';

/** Draws again whenever the record changes. */
export function useModel(model: FormModel): FormModel {
  const [, draw] = React.useState(0);
  React.useEffect(() => model.subscribe(() => draw((count) => count + 1)), [model]);
  return model;
}
