/** @jsx h */
import { Icon, type Words, h } from '@crmjira/form-data';
import type * as React from 'react';
import type { StringKey } from './generated/string-keys';

/** Empties the column, whether an issue or a wrong key stands in it. */
export function ClearButton(props: {
  readonly say: Words<StringKey>;
  readonly onClick: () => void;
}): React.ReactElement {
  const name = props.say('p.clear');
  return (
    <button type="button" className="crmjira-tool" aria-label={name} title={name} onClick={props.onClick}>
      <Icon name="Cancel" />
    </button>
  );
}
