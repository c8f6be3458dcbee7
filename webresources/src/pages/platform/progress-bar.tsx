import * as React from 'react';

/** How much of something is done. */
export function ProgressBar(props: {
  readonly name: string;
  readonly done: number;
  readonly of: number;
}): React.ReactElement {
  const { name, done, of } = props;
  return (
    <div
      className="page-progress"
      role="progressbar"
      aria-label={name}
      aria-valuemin={0}
      aria-valuenow={done}
      aria-valuemax={of}
    >
      <i style={{ width: `${(done / of) * 100}%` }} />
    </div>
  );
}
