/** @jsx h */
import type * as React from 'react';
import { h } from '@crmjira/form-data';
import { Slider } from '@fluentui/react';
import type { WhatIf } from '@crmjira/domain';
import type { WhatIfView } from '../view/burn-view';

/** One slider for each thing that can be assumed about the rest; folded away until a person asks for it. */
export function whatIfSliders(
  { title, sliders }: WhatIfView,
  onChange: (change: Partial<WhatIf>) => void,
): React.ReactElement {
  return (
    <details className="crmjira-whatif">
      <summary>{title}</summary>
      {sliders.map(({ name, label, value, text }) => {
        const format = (): string => text;
        return (
          <Slider
            key={name}
            label={label}
            min={-50}
            max={100}
            step={5}
            value={value}
            valueFormat={format}
            ariaValueText={format}
            onChange={(changed) => onChange({ [name]: changed })}
          />
        );
      })}
    </details>
  );
}
