import { isForbidden } from '@crmjira/form-data';
import * as React from 'react';
import { NOTHING_READ, type Reading, afterReading } from './reading';

/**
 * Reads at once, then every so often while the page is seen, and again when it is seen anew.
 * @param read must keep its identity between renders
 * @param every milliseconds between the end of one reading and the next
 */
export function useReading<T>(read: () => Promise<T>, every: number): readonly [Reading<T>, () => void] {
  const [reading, setReading] = React.useState<Reading<T>>(NOTHING_READ);
  const again = React.useRef<() => void>(() => undefined);
  React.useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let left = false;
    let busy = false;
    /** asked for during a reading, which may have begun too early to show what happened since */
    let anew = false;
    const run = async (): Promise<void> => {
      clearTimeout(timer);
      if (left) return;
      if (busy) {
        anew = true;
        return;
      }
      busy = true;
      const result = await read().then(
        (value) => ({ ok: true as const, value, at: new Date().toISOString() }),
        (error: unknown) => {
          console.error('The page could not be read.', error);
          const kind = !navigator.onLine ? 'offline' : isForbidden(error) ? 'forbidden' : 'unreachable';
          return { ok: false as const, kind, at: new Date().toISOString() } as const;
        },
      );
      busy = false;
      if (left) return;
      setReading((before) => afterReading(before, result));
      if (anew) {
        anew = false;
        return run();
      }
      if (!document.hidden) timer = setTimeout(() => void run(), every);
    };
    const seen = () => {
      if (!document.hidden) void run();
    };
    again.current = () => void run();
    document.addEventListener('visibilitychange', seen);
    void run();
    return () => {
      left = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [read, every]);
  return [reading, React.useCallback(() => again.current(), [])];
}
