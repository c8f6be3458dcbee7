import * as React from 'react';
import type { NavigationEntry, Persona } from '../../contract';
import { type Language, labelIn } from '../language';
import { type Place, addressOf, listPlace, parentOf } from '../navigation';
import { Icon } from '../platform/icons';
import { maySee } from '../security/entity-privilege';
import { word } from '../words';

interface Entry {
  readonly place: Place;
  readonly icon: string;
}

const page = (name: string): Place => ({ page: 'web-resource', name, id: null, data: null });

/** What this page can show of a site map, by the name of the table or of the web resource. */
const shown: Readonly<Record<string, Entry>> = {
  opportunity: { place: { page: 'list' }, icon: 'Money' },
  crmjira_budget_mapping: { place: { page: 'portfolio', viewId: null }, icon: 'LineChart' },
  'crmjira_/pages/integration-health.html': { place: page('crmjira_/pages/integration-health.html'), icon: 'Health' },
  'crmjira_/pages/connection-guide.html': { place: page('crmjira_/pages/connection-guide.html'), icon: 'Link' },
};

export interface RailProps {
  readonly navigation: readonly NavigationEntry[];
  readonly persona: Persona;
  readonly language: Language;
  readonly place: Place;
  readonly onGo: (place: Place) => void;
}

/** A view that the site map names has a place of its own. */
function entryOf({ kind, name, viewId }: NavigationEntry): Entry | null {
  if (kind !== 'view') return shown[name] ?? null;
  const place = listPlace(name, viewId);
  return place && { place, icon: 'Accept' };
}

/** The app's site map, as far as this page has what it names and the person may see it. */
export function Rail({ navigation, persona, language, place, onGo }: RailProps) {
  return (
    <nav className="rail" aria-label={word(language, 'navigation')}>
      {navigation.map((item) => {
        const { kind, name, title } = item;
        const entry = entryOf(item);
        if (!entry || !maySee(persona, item)) return null;
        const text = title ? labelIn(language, title) : word(language, 'opportunities');
        const here = isHere(entry.place, place);
        return (
          <a
            key={`${kind} ${name}`}
            href={addressOf(entry.place)}
            className={here ? 'rail-item selected' : 'rail-item'}
            aria-current={here ? 'page' : undefined}
            aria-label={text}
            title={text}
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
  const shown = place.page === 'form' || place.page === 'record' ? parentOf(place) : place;
  if (entry.page === 'table')
    return shown.page === 'table' && place.page === 'table' && addressOf(shown) === addressOf(entry);
  return entry.page === shown.page;
}
