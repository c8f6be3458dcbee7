import * as React from 'react';

export type Place = { readonly page: 'list' } | { readonly page: 'form'; readonly id: string };

/** Addresses as a model-driven app has them: `main.aspx?pagetype=entityrecord&etn=opportunity&id=…`. */
export function placeOf(address: URL): Place {
  const id = address.searchParams.get('id')?.replace(/[{}]/g, '').toLowerCase();
  if (address.searchParams.get('pagetype') === 'entityrecord' && id && /^[0-9a-f-]{36}$/.test(id))
    return { page: 'form', id };
  return { page: 'list' };
}

export function addressOf(place: Place): string {
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
