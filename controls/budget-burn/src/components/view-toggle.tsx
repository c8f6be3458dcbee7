/** @jsx h */
import type * as React from 'react';
import { type IconName, Icon, h } from '@crmjira/form-data';

export type ViewName = 'chart' | 'table';

/** One radio group: the arrows of the keyboard change the view, as in any group of radio buttons. */
export function ViewToggle(props: {
  readonly id: string;
  readonly texts: { readonly group: string; readonly chart: string; readonly table: string };
  readonly value: ViewName;
  readonly onChange: (value: ViewName) => void;
}): React.ReactElement {
  const option = (value: ViewName, text: string, icon: IconName): React.ReactElement => (
    <label className={props.value === value ? 'crmjira-chosen' : undefined} title={text}>
      <input
        type="radio"
        className="crmjira-hidden"
        name={props.id}
        checked={props.value === value}
        onChange={() => props.onChange(value)}
      />
      <Icon name={icon} />
      <span className="crmjira-toggletext">{text}</span>
    </label>
  );
  return (
    <div className="crmjira-toggle" role="radiogroup" aria-label={props.texts.group}>
      {option('chart', props.texts.chart, 'LineChart')}
      {option('table', props.texts.table, 'Table')}
    </div>
  );
}
