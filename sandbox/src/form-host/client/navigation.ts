import * as React from 'react';

export type Place =
  | { readonly page: 'list' }
  | { readonly page: 'portfolio' }
  | { readonly page: 'form'; readonly id: string }
  /** An HTML web resource, by its name in the tenant; on a record when it is given one. */
  | { readonly page: 'web-resource'; readonly name: string; readonly id: string | null };

const GUID = /^[0-9a-f-]{36}$/;
/** Pages of the product only: nothing else may be put into the frame. */
const WEB_RESOURCE = /^crmjira_\/pages\/[a-z-]+\.html$/;

/**
 * Addresses as a model-driven app has them: `main.aspx?pagetype=entityrecord&etn=opportunity&id=…` and
 * `main.aspx?pagetype=webresource&webresourceName=…` (Microsoft, "Open forms, views, dialogs, and reports with a URL").
 */
export function placeOf(address: URL): Place {
  const id = address.searchParams.get('id')?.replace(/[{}]/g, '').toLowerCase();
  if (address.searchParams.get('pagetype') === 'entityrecord' && id && GUID.test(id)) return { page: 'form', id };
  if (address.searchParams.get('pagetype') === 'entitylist') return { page: 'portfolio' };
  const name = address.searchParams.get('webresourceName') ?? '';
  if (address.searchParams.get('pagetype') === 'webresource' && WEB_RESOURCE.test(name))
    return { page: 'web-resource', name, id: id && GUID.test(id) ? id : null };
  return { page: 'list' };
}

export function addressOf(place: Place): string {
  if (place.page === 'web-resource')
    return `/main.aspx?pagetype=webresource&webresourceName=${encodeURIComponent(place.name)}${place.id ? `&id=${place.id}` : ''}`;
  if (place.page === 'portfolio') return '/main.aspx?pagetype=entitylist&etn=crmjira_budget_mapping';
  return place.page === 'form' ? `/main.aspx?pagetype=entityrecord&etn=opportunity&id=${place.id}` : '/';
}

/** Where the person is, and the way to go elsewhere with the browser's own history. */
export function useNavigation(): readonly [Place, (place: Place) => void] {
  const [place, set] = React.useState(() => placeOf(new URL(location.href)));
  React.useEffect(() => {
    const follow = () => set(placeOf(new URL(location.href)));
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, []);
  const go = React.useCallback((to: Place) => {
    history.pushState(null, '', addressOf(to));
    set(to);
    window.scrollTo(0, 0);
  }, []);
  return [place, go];
}
