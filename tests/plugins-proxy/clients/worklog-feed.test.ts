import { changedSince, wasDeleted } from '../../../plugins-proxy/src/clients/jira/worklogs/worklogs';
import type { JiraSite } from '../../../plugins-proxy/src/clients/jira/jira-site';

interface Page {
  readonly ids: readonly string[];
  readonly until: number;
  readonly lastPage?: boolean;
}

/** A site whose feeds answer these pages by the moment that is asked for. */
function siteOf(pages: Readonly<Record<number, Page>>) {
  const asked: number[] = [];
  const http = {
    call: async ({ query }: { readonly query: { readonly since: number } }) => {
      asked.push(query.since);
      const { ids, until, lastPage = false } = pages[query.since] ?? { ids: [], until: query.since, lastPage: true };
      return { values: ids.map((worklogId) => ({ worklogId, updatedTime: until })), until, lastPage };
    },
  };
  return { asked, site: { http, profile: { api: '/rest/api/3' } } as unknown as JiraSite };
}

test('R-1829 the next page of changed worklogs begins where the last one ended, and no millisecond is left out', async () => {
  const { asked, site } = siteOf({
    100: { ids: ['1', '2'], until: 200 },
    200: { ids: ['2', '3'], until: 300, lastPage: true },
  });
  expect(await changedSince(site, 100, 5)).toEqual({ unmarked: ['1', '2', '3'], until: 300, isAll: true });
  expect(asked).toEqual([100, 200]);
});

test('R-1829 a look reads some pages of a long feed, and the next one goes on there', async () => {
  const { site } = siteOf({ 100: { ids: ['1'], until: 200 }, 200: { ids: ['2'], until: 300 } });
  expect(await changedSince(site, 100, 2)).toEqual({ unmarked: ['1', '2'], until: 300, isAll: false });
});

test('R-1829 a page that comes again ends no look and no search: one passes over it, the other is tried again', async () => {
  const pages = { 100: { ids: ['1'], until: 100 }, 101: { ids: ['2'], until: 200, lastPage: true } };
  const { site } = siteOf(pages);
  expect(await changedSince(site, 100, 5)).toEqual({ unmarked: ['1', '2'], until: 200, isAll: true });
  const search = siteOf(pages);
  await expect(wasDeleted(search.site, '2', 100)).rejects.toMatchObject({ errorClass: 'transient' });
  expect(search.asked).toEqual([100]);
});
