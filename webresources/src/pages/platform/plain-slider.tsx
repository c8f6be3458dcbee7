import * as React from 'react';

interface SliderProps {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number;
  readonly valueFormat: (value: number) => string;
  readonly ariaValueText: (value: number) => string;
  readonly onChange: (value: number) => void;
}

/** Stand in for Fluent's slider in pages: the browser's own, with its keyboard. */
export function Slider(props: SliderProps): React.ReactElement {
  const { label, value, onChange, valueFormat, ariaValueText, ...range } = props;
  return (
    <label className="crmjira-slider">
      <span>{label}</span>
      <input
        type="range"
        {...range}
        value={value}
        aria-valuetext={ariaValueText(value)}
        onChange={(event) => onChange(Number(event.target.value))}
      />
      <span aria-hidden="true">{valueFormat(value)}</span>
    </label>
  );
}
