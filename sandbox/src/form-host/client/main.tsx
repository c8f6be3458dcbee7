import * as React from 'react';
import * as ReactDOM from 'react-dom';
import type { HostDefinition } from '../contract';
import { App } from './app';
import { callHost } from './panels/host-api';
import { installComponentFramework } from './pcf/registry';
import { registerPageIcons } from './platform/icons';
import './page.css';

async function main(): Promise<void> {
  // Virtual controls find Fluent under the name of the version that their manifest asks for.
  Object.assign(window, { FluentUIReactv81211: Reflect.get(window, 'FluentUIReact') });
  registerPageIcons();
  installComponentFramework();
  const root = document.getElementById('app');
  // The page and its server are one build: the answer is this type.
  const definition = (await callHost('/host/definition.json')) as HostDefinition;
  ReactDOM.render(<App definition={definition} />, root);
}

main().catch((error: unknown) => {
  const message = document.createElement('p');
  message.setAttribute('role', 'alert');
  message.textContent = `The sandbox did not start: ${error instanceof Error ? error.message : String(error)}`;
  document.getElementById('app')?.replaceChildren(message);
});
