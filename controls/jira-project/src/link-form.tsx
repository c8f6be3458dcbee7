import * as React from 'react';
import { DefaultButton, PrimaryButton } from '@fluentui/react';
import type { ProjectView } from './project-view';

/** Asks for the key of a project that exists already; the integration checks it, the browser only its outer form. */
export function LinkForm(props: {
  readonly texts: NonNullable<ProjectView['linkForm']>;
  readonly onSend: (key: string) => void;
  readonly onCancel: () => void;
}): React.ReactElement {
  const [key, setKey] = React.useState('');
  const input = React.useRef<HTMLInputElement>(null);
  // The person has just asked for this field: the focus follows the button that made way for it.
  React.useEffect(() => input.current?.focus(), []);
  const trimmed = key.trim();
  return (
    <form
      className="crmjira-linkform"
      onSubmit={(event) => {
        event.preventDefault();
        if (trimmed !== '') props.onSend(trimmed);
      }}
    >
      <label>
        {props.texts.label}
        <input ref={input} value={key} maxLength={50} onChange={(event) => setKey(event.target.value)} />
      </label>
      <PrimaryButton type="submit" text={props.texts.send} disabled={trimmed === ''} />
      <DefaultButton text={props.texts.cancel} onClick={props.onCancel} />
    </form>
  );
}
