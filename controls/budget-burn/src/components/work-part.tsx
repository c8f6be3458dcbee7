/** @jsx h */
import * as React from 'react';
import { h } from '@crmjira/form-data';
import type { WorkView } from '../view/burn-view';
import { tablePart } from './figures';

/** Folded away until a person asks for it; what is on screen no longer is no longer asked for. */
export function WorkPart(props: WorkView & { readonly onAsk: (isAsked: boolean) => void }): React.ReactElement {
  const { title, text, table, onAsk } = props;
  React.useEffect(() => () => onAsk(false), [onAsk]);
  return (
    <details className="crmjira-whatif" onToggle={({ currentTarget }) => onAsk(currentTarget.hasAttribute('open'))}>
      <summary>{title}</summary>
      {text && <p className="crmjira-sub">{text}</p>}
      {table && tablePart(table)}
    </details>
  );
}
