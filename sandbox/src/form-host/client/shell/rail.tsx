import * as React from 'react';
import type { Language } from '../language';
import { Icon } from '../platform/icons';
import { word } from '../words';

/** The app's site map: one area with one table. */
export function Rail({ language, onList }: { readonly language: Language; readonly onList: () => void }) {
  return (
    <nav className="rail" aria-label={word(language, 'navigation')}>
      <a
        href="/"
        className="rail-item selected"
        aria-label={word(language, 'opportunities')}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          onList();
        }}
      >
        <Icon name="Money" />
      </a>
    </nav>
  );
}
