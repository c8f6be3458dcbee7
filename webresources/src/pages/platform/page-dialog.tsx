import * as React from 'react';
import { PageIcon } from './page-icon';

/**
 * A question above the page. The browser keeps the focus inside, closes on Escape and gives the focus back
 * (HTML, "The dialog element").
 */
export function PageDialog(props: {
  readonly title: string;
  /** name of the button that closes it */
  readonly close: string;
  readonly onClose: () => void;
  readonly children: React.ReactNode;
}): React.ReactElement {
  const { title, close, onClose, children } = props;
  const box = React.useRef<HTMLDialogElement>(null);
  const left = React.useRef(onClose);
  left.current = onClose;
  React.useEffect(() => {
    const dialog = box.current;
    if (dialog === null) return undefined;
    const closed = (): void => left.current();
    dialog.addEventListener('close', closed);
    dialog.showModal();
    return () => {
      dialog.removeEventListener('close', closed);
      dialog.close();
    };
  }, []);
  return (
    <dialog ref={box} className="page-dialog" aria-label={title}>
      <div className="page-dialoghead">
        <h2>{title}</h2>
        <button type="button" className="page-close" aria-label={close} onClick={onClose}>
          <PageIcon name="Cancel" />
        </button>
      </div>
      {children}
    </dialog>
  );
}
