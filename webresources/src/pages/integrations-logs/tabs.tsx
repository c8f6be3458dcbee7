import * as React from 'react';

/** One stop for Tab; the arrow keys go from one to the next (ARIA's authoring practices, "Tabs"). */
export function Tabs<T extends string>(props: {
  readonly name: string;
  readonly chosen: T;
  readonly tabs: readonly (readonly [T, string])[];
  /** id of what they show */
  readonly panel: string;
  readonly onChoose: (tab: T) => void;
}): React.ReactElement {
  const { name, chosen, tabs, panel, onChoose } = props;
  const list = React.useRef<HTMLDivElement>(null);
  const move = (event: React.KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const at = tabs.findIndex(([key]) => key === chosen);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    onChoose(next[0]);
    list.current?.querySelector<HTMLElement>(`#tab-${next[0]}`)?.focus();
  };
  return (
    <div ref={list} role="tablist" aria-label={name} className="logs-tabs" onKeyDown={move}>
      {tabs.map(([key, text]) => (
        <button
          key={key}
          id={`tab-${key}`}
          type="button"
          role="tab"
          aria-selected={key === chosen}
          aria-controls={panel}
          tabIndex={key === chosen ? 0 : -1}
          onClick={() => onChoose(key)}
        >
          {text}
        </button>
      ))}
    </div>
  );
}
