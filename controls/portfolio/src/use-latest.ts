import * as React from 'react';

/** The newest value for handlers and effects that are made once. */
export function useLatest<Value>(value: Value): React.MutableRefObject<Value> {
  const latest = React.useRef(value);
  React.useLayoutEffect(() => {
    latest.current = value;
  });
  return latest;
}
