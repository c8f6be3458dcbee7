/** @jsx h */
import { h } from '@crmjira/form-data';
import { DefaultButton, PrimaryButton } from '@fluentui/react';
import * as React from 'react';

export interface RemoveDialogProps {
  readonly id: string;
  readonly question: readonly [title: string, text: string];
  readonly remove: string;
  readonly keep: string;
  readonly onAnswer: (isRemoved: boolean) => void;
}

/** The browser's own dialog: it holds the focus, Escape keeps what is there. */
export function RemoveDialog({ id, question, remove, keep, onAnswer }: RemoveDialogProps): React.ReactElement {
  const box = React.useRef<HTMLDialogElement>(null);
  const [title, text] = question;
  React.useEffect(() => {
    box.current?.showModal();
    // The safe choice, which comes last.
    [...(box.current?.querySelectorAll('button') ?? [])].pop()?.focus();
  }, []);
  return (
    <dialog
      ref={box}
      aria-labelledby={`${id}-ask`}
      aria-describedby={`${id}-what`}
      onKeyDown={({ key }) => key === 'Escape' && onAnswer(false)}
    >
      <h3 id={`${id}-ask`}>{title}</h3>
      <p id={`${id}-what`}>{text}</p>
      <div className="crmjira-actions">
        <PrimaryButton text={remove} onClick={() => onAnswer(true)} />
        <DefaultButton text={keep} onClick={() => onAnswer(false)} />
      </div>
    </dialog>
  );
}
