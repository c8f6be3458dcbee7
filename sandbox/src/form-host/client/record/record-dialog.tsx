import * as React from 'react';
import type { Language } from '../language';
import { word } from '../words';
import { givesUpEdits } from '../xrm/message-dialog';
import { type DialogOptions, placeDialog } from '../xrm/web-resource-dialog';

export interface RecordDialogProps {
  readonly language: Language;
  readonly options: DialogOptions;
  /** Whether closing would lose edits. */
  readonly hasEdits: React.MutableRefObject<() => boolean>;
  readonly onClose: () => void;
  readonly children: React.ReactNode;
}

/** A form in a modal dialog, as `navigateTo` opens it with target 2. */
export function RecordDialog({ language, options, hasEdits, onClose, children }: RecordDialogProps) {
  const dialog = React.useRef<HTMLDialogElement>(null);
  React.useLayoutEffect(() => {
    const element = dialog.current;
    if (!element) return undefined;
    element.setAttribute('aria-label', word(language, 'record'));
    placeDialog(element, options);
    element.showModal();
    return () => element.close();
  }, [language, options]);
  const leave = async () => {
    if (!hasEdits.current() || (await givesUpEdits(language))) onClose();
  };
  return (
    <dialog
      ref={dialog}
      className="page-dialog record-dialog"
      onCancel={(event) => {
        // Escape closes as the button does, with the same question.
        event.preventDefault();
        void leave();
      }}
    >
      <button type="button" className="button" aria-label={word(language, 'close')} onClick={() => void leave()}>
        ×
      </button>
      <div className="dialog-body">{children}</div>
    </dialog>
  );
}
