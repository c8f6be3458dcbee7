/** @jsx h */
import type * as React from 'react';
import { h } from './h';
import type { Look } from './theme';

/** Frame of a control: colours of the theme and a name for assistive technology. */
export function ControlRoot(props: {
  readonly look: Look;
  readonly labelledBy: string;
  readonly narrow: boolean;
  readonly busy: boolean;
  readonly children: React.ReactNode;
}): React.ReactElement {
  const { look, narrow } = props;
  return (
    <section
      className={`crmjira${look.dark ? ' crmjira-dark' : ''}${narrow ? ' crmjira-narrow' : ''}`}
      style={look.colours}
      aria-labelledby={props.labelledBy}
      aria-busy={props.busy}
    >
      {props.children}
    </section>
  );
}
