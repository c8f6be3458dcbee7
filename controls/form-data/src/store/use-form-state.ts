import * as React from 'react';
import { type FormOf, formOf } from './form-state';
import type { FormStore } from './form-store';
import type { Part } from './part';

/**
 * The shared store's state, drawn again when it changes; null without a store (record not saved).
 * @param parts a constant: with another one the control would leave and come back
 */
export function useFormState<Parts extends readonly Part[]>(
  store: FormStore | null,
  parts: Parts,
): FormOf<Parts> | null {
  const [, redraw] = React.useReducer((count: number) => count + 1, 0);
  React.useEffect(() => store?.subscribe(redraw, parts), [store, parts]);
  return store && formOf(store.state(), parts);
}

/** The newest value, but the earlier object while both say the same: nothing below is drawn again for a mere reading. */
export function useUnchanged<Value>(value: Value): Value {
  const [kept, keep] = React.useState(value);
  if (kept === value || JSON.stringify(kept) === JSON.stringify(value)) return kept;
  keep(value);
  return value;
}

/** What to announce when the state changes while the control is shown; nothing for the first one that is read. */
export function useAnnouncement(state: string, text: string): string {
  const [told, tell] = React.useState({ state, text: '' });
  if (told.state !== state) tell({ state, text: told.state === 'loading' ? '' : text });
  return told.text;
}
