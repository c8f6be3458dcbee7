import * as React from 'react';

/**
 * Reads when `key` is another one, and keeps the answer unless it is late: with another key, or without the control.
 * @param read never rejects
 */
export function useReading<Answer>(key: string, read: () => Promise<Answer>, keep: (answer: Answer) => void): void {
  React.useEffect(() => {
    let current = true;
    if (key !== '') void read().then((answer) => current && keep(answer));
    return () => {
      current = false;
    };
    // The key says what is read.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);
}
