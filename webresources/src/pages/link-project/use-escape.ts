import * as React from 'react';

/** Escape leaves the dialog, unless something in it was closed by that press. Within a frame the dialog itself does not hear the key. */
export function useEscape(leave: () => void): void {
  React.useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) leave();
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, [leave]);
}
