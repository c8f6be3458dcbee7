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
  incident: { place: { page: 'table', table: 'incident', viewId: null }, icon: 'Headset' },
  product: { place: { page: 'table', table: 'product', viewId: null }, icon: 'Product' },
  account: { place: { page: 'table', table: 'account', viewId: null }, icon: 'CityNext' },
  crmjira_budget_mapping: {
    place: { page: 'table', table: 'crmjira_budget_mapping', viewId: null },
    icon: 'LineChart',
  },
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

/** My Approvals beside them; everything else stands on the page of the site map. */
function entryOf({ kind, name, viewId }: NavigationEntry): Entry | null {
  if (kind !== 'view') return shown[name] ?? null;
  const place = name === 'crmjira_budget_approval' ? listPlace(name, viewId) : null;
  return place && { place, icon: 'Accept' };
}

/** What is used most of the app's site map, and the way to all of it. */
export function Rail({ navigation, persona, language, place, onGo }: RailProps) {
  return (
    <nav className="rail" aria-label={word(language, 'navigation')}>
      <Item
        text={word(language, 'navigation')}
        entry={{ place: { page: 'site-map' }, icon: 'GlobalNavButton' }}
        here={place.page === 'site-map'}
        onGo={onGo}
      />
      {navigation.map((item) => {
        const { kind, name, title } = item;
        const entry = entryOf(item);
        if (!entry || !maySee(persona, item)) return null;
        const text = title ? labelIn(language, title) : word(language, 'opportunities');
        const here = isHere(entry.place, place);
        return <Item key={`${kind} ${name}`} text={text} entry={entry} here={here} onGo={onGo} />;
      })}
    </nav>
  );
}

interface ItemProps extends Pick<RailProps, 'onGo'> {
  readonly text: string;
  readonly entry: Entry;
  readonly here: boolean;
}

function Item({ text, entry, here, onGo }: ItemProps) {
  return (
    <a
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
}

/** A form belongs to its table's entry. */
function isHere(entry: Place, place: Place): boolean {
  if (entry.page === 'web-resource') return place.page === 'web-resource' && place.name === entry.name;
  const shown = place.page === 'form' || place.page === 'record' ? parentOf(place) : place;
  if (entry.page === 'table') return shown.page === 'table' && addressOf(shown) === addressOf(entry);
  return entry.page === shown.page;
}
