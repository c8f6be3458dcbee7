import * as React from 'react';

/** Words that lead somewhere inside the app. */
export const LinkButton = (props: {
  readonly text: string;
  readonly label?: string;
  readonly strong?: boolean;
  readonly onClick: () => void;
}): React.ReactElement => (
  <button
    type="button"
    className={`crmjira-linkbutton${props.strong ? ' crmjira-strong' : ''}`}
    aria-label={props.label}
    onClick={props.onClick}
  >
    {props.text}
  </button>
);
