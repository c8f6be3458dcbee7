/** @jsx h */
import { Icon, type Words, h } from '@crmjira/form-data';
import type * as React from 'react';
import type { StringKey } from './generated/string-keys';

/** Opens in place, under the title; Escape closes it. */
export function Panel(props: {
  readonly title: string;
  readonly say: Words<StringKey>;
  readonly onClose: () => void;
  readonly children: React.ReactNode;
}): React.ReactElement {
  const { title, say, onClose } = props;
  return (
    <div
      className="crmjira-panel"
      role="group"
      aria-label={title}
      onKeyDown={({ key }) => key === 'Escape' && onClose()}
    >
      <div className="crmjira-heading">
        <h4>{title}</h4>
        <span className="crmjira-spring" />
        <button type="button" className="crmjira-linkbutton" aria-label={say('close')} onClick={onClose}>
          <Icon name="Cancel" />
        </button>
      </div>
      {props.children}
    </div>
  );
}
