import * as React from 'react';
import type { ViewDefinition } from '../../contract';
import { type Language, labelIn } from '../language';
import { word } from '../words';

export interface ViewSelectorProps {
  readonly views: readonly Pick<ViewDefinition, 'id' | 'name'>[];
  /** id of the view that is shown */
  readonly selected: string | undefined;
  readonly language: Language;
  readonly onChoose: (viewId: string) => void;
}

/** The views of a list, to choose from. */
export function ViewSelector({ views, selected, language, onChoose }: ViewSelectorProps) {
  return (
    <label>
      <span className="visually-hidden">{word(language, 'view')}</span>
      <select value={selected} onChange={(event) => onChoose(event.target.value)}>
        {views.map(({ id, name }) => (
          <option key={id} value={id}>
            {labelIn(language, name)}
          </option>
        ))}
      </select>
    </label>
  );
}
