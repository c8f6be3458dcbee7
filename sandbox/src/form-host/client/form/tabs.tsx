import * as React from 'react';

export interface TabItem {
  readonly id: string;
  readonly label: string;
}

export interface TabsProps {
  readonly label: string;
  readonly items: readonly TabItem[];
  readonly selected: string;
  readonly onSelect: (id: string) => void;
}

/** Tab list: one tab stop, arrows move and select, Home and End go to the ends. */
export function Tabs({ label, items, selected, onSelect }: TabsProps) {
  const buttons = React.useRef(new Map<string, HTMLButtonElement>());
  const choose = (item: TabItem | undefined) => {
    if (!item) return;
    onSelect(item.id);
    buttons.current.get(item.id)?.focus();
  };
  const onKey = (event: React.KeyboardEvent, index: number) => {
    const last = items.length - 1;
    const next: Readonly<Record<string, number>> = {
      ArrowRight: index === last ? 0 : index + 1,
      ArrowLeft: index === 0 ? last : index - 1,
      Home: 0,
      End: last,
    };
    const target = next[event.key];
    if (target === undefined) return;
    event.preventDefault();
    choose(items[target]);
  };
  return (
    <div role="tablist" aria-label={label} className="tabs">
      {items.map((item, index) => (
        <button
          key={item.id}
          id={`tab-${item.id}`}
          ref={(element) => {
            if (element) buttons.current.set(item.id, element);
          }}
          type="button"
          role="tab"
          aria-selected={item.id === selected}
          aria-controls={item.id === selected ? `panel-${item.id}` : undefined}
          tabIndex={item.id === selected ? 0 : -1}
          className="tab"
          onClick={() => onSelect(item.id)}
          onKeyDown={(event) => onKey(event, index)}
        >
          {item.label}
        </button>
      ))}
    </div>
  );
}
