import { on } from '@fluentui/react';
import { onSaved } from './saved-records';

export interface PageListener {
  /** a person works somewhere on the page: pointer, key, focus */
  readonly used: () => void;
  /** the page was shown or hidden */
  readonly shown: () => void;
  /** @param saved key of the record: see saved-records.ts */
  readonly saved: (key: unknown) => void;
}

/** Listens to the page around the controls. Returns the way to stop. */
export function watchPage({ used, shown, saved }: PageListener): () => void {
  const leave = [
    ...['pointerdown', 'keydown', 'focusin'].map((type) => on(document, type, used, true)),
    // A panel or page in a frame takes the focus along.
    ...['focus', 'blur'].map((type) => on(window, type, used)),
    on(document, 'visibilitychange', shown),
    onSaved(saved),
  ];
  return () => leave.forEach((stop) => stop());
}
