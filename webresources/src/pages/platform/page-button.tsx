import * as React from 'react';
import { PageIcon, type PageIconName } from './page-icon';

export interface PageButtonProps {
  readonly text: string;
  /** what it is called where its words alone do not tell of what it is about */
  readonly label?: string;
  readonly icon?: PageIconName;
  /** command: of a command bar; small: in a row; ghost: without a frame */
  readonly look?: 'command' | 'primary' | 'small' | 'small primary' | 'small ghost';
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

/** One that cannot be pressed keeps its place and stays within reach of Tab, so that the focus is not lost. */
export function PageButton(props: PageButtonProps): React.ReactElement {
  const { text, label, icon, look = '', disabled, onClick } = props;
  const classes = look.split(' ').map((one) => (one === 'primary' ? 'ms-Button--primary' : `page-${one}`));
  return (
    <button
      type="button"
      className={['ms-Button', ...(look === '' ? [] : classes), ...(disabled ? ['is-disabled'] : [])].join(' ')}
      aria-label={label}
      aria-disabled={disabled}
      onClick={disabled ? undefined : onClick}
    >
      {icon && <PageIcon name={icon} />}
      {text}
    </button>
  );
}
