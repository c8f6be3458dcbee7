import * as React from 'react';

/** A value as it is once it has not changed for some milliseconds: what is typed is asked for once. */
export function useSettled<T>(value: T, milliseconds: number): T {
  const [settled, settle] = React.useState(value);
  React.useEffect(() => {
    const timer = setTimeout(() => settle(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
