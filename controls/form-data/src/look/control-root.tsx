/** @jsx h */
import type * as React from 'react';
import { h } from './h';
import type { Look } from './theme';

/** Frame of a control: colours of the theme, name for assistive technology, and use of it by a person. */
export function ControlRoot(props: {
  readonly look: Look;
  readonly labelledBy: string;
  readonly narrow: boolean;
  readonly busy: boolean;
  readonly onUse: () => void;
  readonly children: React.ReactNode;
}): React.ReactElement {
  const { look, narrow } = props;
  return (
    <section
      className={`crmjira${look.dark ? ' crmjira-dark' : ''}${narrow ? ' crmjira-narrow' : ''}`}
      style={look.colours}
      aria-labelledby={props.labelledBy}
      aria-busy={props.busy}
      onPointerDown={props.onUse}
      onKeyDown={props.onUse}
    >
      {props.children}
    </section>
  );
}
