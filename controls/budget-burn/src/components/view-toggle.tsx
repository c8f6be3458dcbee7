/** @jsx h */
import type * as React from 'react';
import { type IconName, Icon, h } from '@crmjira/form-data';
import type { ViewTexts } from '../view/burn-view';

export type ViewName = 'chart' | 'table';

/** One radio group: the arrows of the keyboard change the view, as in any group of radio buttons. */
export function viewToggle(
  name: string,
  texts: ViewTexts,
  shown: ViewName,
  show: (value: ViewName) => void,
): React.ReactElement {
  const option = (value: ViewName, text: string, icon: IconName): React.ReactElement => (
    <label className={shown === value ? 'crmjira-chosen' : undefined} title={text}>
      <input
        type="radio"
        className="crmjira-hidden"
        name={name}
        checked={shown === value}
        onChange={() => show(value)}
      />
      <Icon name={icon} />
      <span>{text}</span>
    </label>
  );
  return (
    <div className="crmjira-toggle" role="radiogroup" aria-label={texts.group}>
      {option('chart', texts.chart, 'LineChart')}
      {option('table', texts.table, 'Table')}
    </div>
  );
}
