import * as React from 'react';
import type { NavigationEntry } from '../../contract';
import { labelIn } from '../language';
import { type Place, addressOf, listPlace, webResourcePlace } from '../navigation';
import { maySee } from '../security/entity-privilege';
import { word } from '../words';
import type { RailProps } from './rail';

const placeOf = ({ kind, name, viewId }: NavigationEntry): Place | null =>
  kind === 'web-resource' ? webResourcePlace(name) : listPlace(name, viewId);

/** Entries in their order, put together by what `labelOf` calls them. */
function grouped<Item>(
  items: readonly Item[],
  labelOf: (item: Item) => string,
): readonly (readonly [string, Item[]])[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(labelOf(item), [...(groups.get(labelOf(item)) ?? []), item]);
  return [...groups];
}

/** Areas and groups of the app's site map, with all that the person may see. */
export function SiteMap({ navigation, persona, language, onGo }: Omit<RailProps, 'place'>) {
  const title = word(language, 'navigation');
  React.useEffect(() => {
    document.title = `${title} - ${word(language, 'app')}`;
  }, [language, title]);
  const label = (labels: NavigationEntry['title']): string =>
    labels ? labelIn(language, labels) : word(language, 'opportunities');
  const seen = navigation.flatMap((entry) => {
    const place = maySee(persona, entry) ? placeOf(entry) : null;
    return place ? [{ ...entry, place }] : [];
  });
  return (
    <div className="card section site-map">
      <h1>{title}</h1>
      {grouped(seen, ({ area }) => label(area)).map(([area, entries]) => (
        <section key={area}>
          <h2>{area}</h2>
          <div className="site-map-groups">
            {grouped(entries, ({ group }) => label(group)).map(([group, items]) => (
              <div key={group}>
                <h3>{group}</h3>
                <ul>
                  {items.map((item) => (
                    <li key={`${item.kind} ${item.name} ${item.viewId ?? ''}`}>
                      <a
                        href={addressOf(item.place)}
                        onClick={(event) => {
                          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                          event.preventDefault();
                          onGo(item.place);
                        }}
                      >
                        {label(item.title)}
                      </a>
                    </li>
                  ))}
                </ul>
              </div>
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}
