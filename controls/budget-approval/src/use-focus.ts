import * as React from 'react';

/**
 * Puts the focus where the answer to the person's own action stands: on the message after a refusal, else on the heading. The
 * buttons that had it are gone by then. A focus that is elsewhere on the page is left there.
 */
export function useFocus(id: string, state: string, acted: boolean): void {
  React.useEffect(() => {
    const heading = document.getElementById(id);
    const { activeElement, body } = document;
    if (!acted || !heading || (activeElement !== body && !heading.closest('section')?.contains(activeElement))) return;
    const refused = 'conflict refused'.includes(state);
    const target = (refused && document.getElementById(`${id}-message`)) || heading;
    target.tabIndex = -1;
    target.focus();
    // Only the state that an action led to moves the focus.
  }, [id, state]); // eslint-disable-line react-hooks/exhaustive-deps
}
