import * as React from 'react';

/** Milliseconds within which a window that can be closed from inside has gone. */
const GONE_WITHIN = 500;

/**
 * Closes the dialog that the page stands in. Dynamics documents no way for a page to do so (navigateTo, client API reference; asked
 * and answered in MicrosoftDocs/powerapps-docs#791); `window.close()` is reported to work.
 * @returns whether the page is still there although it was closed, so that the person has to be told; and the way to close it
 */
export function useClose(): readonly [boolean, () => void] {
  const [stays, setStays] = React.useState(false);
  const timer = React.useRef<ReturnType<typeof setTimeout>>();
  React.useEffect(() => () => clearTimeout(timer.current), []);
  const close = React.useCallback(() => {
    window.close();
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setStays(true), GONE_WITHIN);
  }, []);
  return [stays, close];
}
