import * as React from 'react';

/** A grid that scrolls inside of its card where it is wider. */
export const ScrollTable = (props: {
  readonly name: string;
  readonly className?: string;
  readonly children: React.ReactNode;
}): React.ReactElement => (
  <div className="page-grid" role="region" aria-label={props.name} tabIndex={0}>
    <table className={`page-table ${props.className ?? ''}`.trim()} aria-label={props.name}>
      {props.children}
    </table>
  </div>
);
