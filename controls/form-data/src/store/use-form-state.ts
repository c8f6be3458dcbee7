import * as React from 'react';
import type { FormState } from './form-state';
import type { FormStore } from './form-store';

/** The shared store's state as React state; null without a store (record not saved). */
export function useFormState(store: FormStore | null): FormState | null {
  const [state, setState] = React.useState<FormState | null>(store?.state() ?? null);
  React.useEffect(() => {
    if (store === null) {
      setState(null);
      return undefined;
    }
    const leave = store.subscribe(() => setState(store.state()));
    setState(store.state());
    return leave;
  }, [store]);
  return state;
}

/** The newest value, but the earlier object while both say the same: nothing below is drawn again for a mere reading. */
export function useUnchanged<Value>(value: Value): Value {
  const last = React.useRef(value);
  if (last.current !== value && JSON.stringify(last.current) !== JSON.stringify(value)) last.current = value;
  return last.current;
}
