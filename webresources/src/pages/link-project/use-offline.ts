import * as React from 'react';

/** Whether the browser has no connection, kept up to date. */
export function useOffline(): boolean {
  const [offline, setOffline] = React.useState(!navigator.onLine);
  React.useEffect(() => {
    const look = (): void => setOffline(!navigator.onLine);
    window.addEventListener('online', look);
    window.addEventListener('offline', look);
    return () => {
      window.removeEventListener('online', look);
      window.removeEventListener('offline', look);
    };
  }, []);
  return offline;
}
