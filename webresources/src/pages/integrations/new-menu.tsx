import * as React from 'react';
import { openPage } from '../platform/open-page';
import { PageIcon } from '../platform/page-icon';
import { OFFERED, PROVIDER_WORDS } from './integration';
import type { IntegrationsSay } from './run-words';

/** What can be connected anew, each with what it brings (R-1601). A menu as ARIA's authoring practices have it. */
export function NewMenu({ say }: { readonly say: IntegrationsSay }): React.ReactElement {
  const [isOpen, open] = React.useState(false);
  const button = React.useRef<HTMLButtonElement>(null);
  const list = React.useRef<HTMLDivElement>(null);
  const items = (): readonly HTMLElement[] => [
    ...(list.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? []),
  ];
  React.useEffect(() => {
    if (isOpen) list.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
  }, [isOpen]);
  const close = (): void => {
    open(false);
    button.current?.focus();
  };
  const move = (event: React.KeyboardEvent): void => {
    const all = items();
    const at = all.findIndex((one) => one === document.activeElement);
    const next: Readonly<Record<string, number>> = {
      ArrowDown: (at + 1) % all.length,
      ArrowUp: (at - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    };
    if (event.key === 'Escape') close();
    else if (event.key === 'Tab') open(false);
    if (event.key === 'Escape' || next[event.key] !== undefined) event.preventDefault();
    all[next[event.key] ?? -1]?.focus();
  };
  return (
    <div
      className="new-menu"
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node) || !currentTarget.contains(relatedTarget)) open(false);
      }}
    >
      <button
        ref={button}
        type="button"
        className="ms-Button page-command"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => open(!isOpen)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          open(true);
        }}
      >
        <PageIcon name="Add" />
        {say('newIntegration')}
        <PageIcon name="ChevronDown" />
      </button>
      {isOpen && (
        <div ref={list} role="menu" aria-label={say('newIntegration')} onKeyDown={move}>
          {OFFERED.map((code) => {
            const { name, about, page, icon } = PROVIDER_WORDS[code];
            return (
              <button key={code} type="button" role="menuitem" tabIndex={-1} onClick={() => openPage(page)}>
                <PageIcon name={icon} />
                <span>
                  {say(name)}
                  <small>{say(about)}</small>
                </span>
              </button>
            );
          })}
        </div>
      )}
    </div>
  );
}
