import * as React from 'react';

interface ButtonProps {
  readonly text: string;
  readonly disabled?: boolean;
  readonly onClick?: () => void;
  readonly onRenderIcon?: () => React.ReactElement;
}

/**
 * Stand in for Fluent's buttons in pages: Fluent comes from the platform in a control, while a page would carry all of it, and its
 * style sheets made at run time need a policy that pages have no use for.
 */
function button(className: string) {
  return function PlainButton({ text, disabled, onClick, onRenderIcon }: ButtonProps): React.ReactElement {
    return (
      <button
        type="button"
        className={`${className}${disabled ? ' is-disabled' : ''}`}
        aria-disabled={disabled}
        onClick={disabled ? undefined : onClick}
      >
        {onRenderIcon?.()}
        {text}
      </button>
    );
  };
}

export const DefaultButton = button('ms-Button');
export const PrimaryButton = button('ms-Button ms-Button--primary');
