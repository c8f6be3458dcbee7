import * as React from 'react';
import type { Language } from '../language';
import { Icon } from '../platform/icons';
import { word } from '../words';

export interface SidePanelProps {
  readonly title: string;
  readonly language: Language;
  readonly onClose: () => void;
  readonly children: React.ReactNode;
}

/** A pane beside the form, not over it: one sees the figures follow. Escape closes it. */
export function SidePanel({ title, language, onClose, children }: SidePanelProps) {
  const heading = React.useRef<HTMLHeadingElement>(null);
  React.useEffect(() => heading.current?.focus(), []);
  return (
    <aside className="side-panel" aria-label={title} onKeyDown={(event) => event.key === 'Escape' && onClose()}>
      <div className="side-panel-head">
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" className="icon-button" aria-label={word(language, 'close')} onClick={onClose}>
          <Icon name="Cancel" />
        </button>
      </div>
      {children}
    </aside>
  );
}
