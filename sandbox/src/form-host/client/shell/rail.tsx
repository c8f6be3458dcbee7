import * as React from 'react';
import type { Language } from '../language';
import { type Place, addressOf } from '../navigation';
import { Icon } from '../platform/icons';
import { type Word, word } from '../words';

interface Entry {
  readonly place: Place;
  readonly icon: string;
  readonly text: Word;
}

const page = (name: string): Place => ({ page: 'web-resource', name: `crmjira_/pages/${name}.html`, id: null });

const entries: readonly Entry[] = [
  { place: { page: 'list' }, icon: 'Money', text: 'opportunities' },
  { place: { page: 'portfolio' }, icon: 'LineChart', text: 'portfolio' },
  { place: page('integration-health'), icon: 'Health', text: 'integrationHealth' },
  { place: page('connection-guide'), icon: 'Link', text: 'connectionGuide' },
];

export interface RailProps {
  readonly language: Language;
  readonly place: Place;
  readonly onGo: (place: Place) => void;
}

/** The app's site map: the table and the pages of the integration. */
export function Rail({ language, place, onGo }: RailProps) {
  return (
    <nav className="rail" aria-label={word(language, 'navigation')}>
      {entries.map((entry) => {
        const here = isHere(entry.place, place);
        return (
          <a
            key={entry.text}
            href={addressOf(entry.place)}
            className={here ? 'rail-item selected' : 'rail-item'}
            aria-current={here ? 'page' : undefined}
            aria-label={word(language, entry.text)}
            title={word(language, entry.text)}
            onClick={(event) => {
              if (event.ctrlKey || event.metaKey || event.shiftKey) return;
              event.preventDefault();
              onGo(entry.place);
            }}
          >
            <Icon name={entry.icon} />
          </a>
        );
      })}
    </nav>
  );
}

/** A form belongs to its table's entry. */
function isHere(entry: Place, place: Place): boolean {
  if (entry.page === 'web-resource') return place.page === 'web-resource' && place.name === entry.name;
  return entry.page === (place.page === 'form' ? 'list' : place.page);
}
